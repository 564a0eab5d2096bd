/** What a workflow does after the decision: it asks a server that answers, refuses, or does not answer at all. */
import { server as createServer, type Request, type ResponseToolkit } from '@hapi/hapi';
import { sleep } from 'n8n-workflow';

import type { NodeSketch } from './workflowOf';

const LOOK_AGAIN_MS = 50;
const PATIENCE_MS = 60_000;

/** Starts the server; every step works until it is told otherwise. */
export async function startNextStep() {
	const how = new Map<string, 'fails' | 'hangs'>();
	const reached = new Set<string>();
	const server = createServer({ host: '127.0.0.1' });
	server.route({
		method: 'GET',
		path: '/step/{name}',
		async handler({ params }: Request, toolkit: ResponseToolkit) {
			const name = String(params.name);
			reached.add(name);
			if (how.get(name) === 'fails') return toolkit.response({ taken: false }).code(500);
			while (how.get(name) === 'hangs') await sleep(LOOK_AGAIN_MS);
			return { taken: true };
		},
	});
	await server.start();
	return {
		/** The node Step, which takes the step of this name. */
		node: (name: string): NodeSketch => ({
			name: 'Step',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				url: `http://127.0.0.1:${server.info.port}/step/${encodeURIComponent(name)}`,
				options: {},
			},
		}),
		/** From now on this step is refused. */
		fails: (name: string) => void how.set(name, 'fails'),
		/** From now on this step gets no answer before `works`. */
		hangs: (name: string) => void how.set(name, 'hangs'),
		/** From now on all steps work. */
		works: () => how.clear(),
		/** Waits until a run takes this step. @throws Error that names it, after a minute */
		async reached(name: string): Promise<void> {
			const deadline = Date.now() + PATIENCE_MS;
			while (!reached.has(name)) {
				if (Date.now() > deadline) throw new Error(`No run has reached the step "${name}"`);
				await sleep(LOOK_AGAIN_MS);
			}
		},
		async close(): Promise<void> {
			how.clear();
			await server.stop({ timeout: 1_000 });
		},
	};
}

export type NextStep = Awaited<ReturnType<typeof startNextStep>>;
