import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { engine } from '../../engine';
import type { Sandboxed } from './sandboxed';

export const OUTPUTS = ['Check Again', 'Approved', 'Rejected', 'No Decision'];

type Sketch = Parameters<typeof engine.openLoop>[0];
export type Loop = Awaited<ReturnType<typeof engine.openLoop>>;

/** What is waited for: a task with its request, or a request. */
export interface Line extends IDataObject {
	id: string;
	request?: string;
}

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
export const FIELDS: Record<'task' | 'request', INodeParameters> = {
	task: { taskId: byId('={{ $json.id }}'), requestId: byId('={{ $json.request }}') },
	request: { requestId: byId('={{ $json.id }}') },
};

/** Waits as Ada, who sees every request; closed after the test. */
export function useLoops(used: Sandboxed, resource: 'task' | 'request') {
	const open: Loop[] = [];
	afterEach(async () => {
		for (const loop of open.splice(0)) {
			expect(loop.server.thrown).toEqual([]);
			await loop.close();
		}
	});
	return async (lines: Line[], parameters: INodeParameters = {}, more: Partial<Sketch> = {}) => {
		const loop = await engine.openLoop({
			type: 'nutrient',
			credential: used.as('ada'),
			parameters: { resource, operation: 'wait', ...FIELDS[resource], ...parameters },
			items: lines.map((line, place) => ({ ...line, line: place + 1 })),
			outputs: OUTPUTS,
			...more,
		});
		open.push(loop);
		return loop;
	};
}

/** What has left, by output: what it is, its outcome, and the line it is paired with. */
export const left = (loop: Loop) => {
	expect([loop.error, loop.status]).toEqual([null, 'success']);
	return OUTPUTS.slice(1).flatMap((output) =>
		loop.arrived(output).map(({ json, from }) => {
			const { id, outcome, approved } = json;
			return [output, id, outcome, approved, (from as IDataObject | null)?.line];
		}),
	);
};

/** One that leaves alone. */
export const only = (loop: Loop): IDataObject => {
	expect(left(loop)).toHaveLength(1);
	return OUTPUTS.slice(1).flatMap((output) => loop.arrived(output))[0].json;
};

/** Where a look comes at the deadline and not before. */
export const ONE_HOUR: INodeParameters = {
	resumeAmount: 60,
	resumeUnit: 'minutes',
	lookAgain: 'fixed',
	lookMinutes: 600,
};
