/** What a workflow does behind a gate: each call is counted, by the task it was made for. */
import { server as createServer, type Request } from '@hapi/hapi';

import type { NodeSketch } from './workflowOf';

export async function startEffects() {
	const counts = new Map<string, number>();
	const server = createServer({ host: '127.0.0.1' });
	server.route({
		method: 'GET',
		path: '/{output}/{task}',
		handler({ params }: Request) {
			const { output, task } = params as Record<string, string>;
			const key = `${output} ${task}`;
			counts.set(key, (counts.get(key) ?? 0) + 1);
			return { key };
		},
	});
	await server.start();
	return {
		/** The node of this name, which does it for each item that comes in. */
		node: (name: string, of = '$json.id'): NodeSketch => ({
			name,
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				url: `=http://127.0.0.1:${server.info.port}/${encodeURIComponent(name)}/{{ ${of} }}`,
				options: {},
			},
		}),
		/** How often it was done there for this task. */
		count: (output: string, task: string) => counts.get(`${output} ${task}`) ?? 0,
		/** How often anything was done for the task. */
		total: (task: string) =>
			[...counts].reduce((sum, [key, count]) => (key.endsWith(` ${task}`) ? sum + count : sum), 0),
		close: async () => await server.stop({ timeout: 1000 }),
	};
}
