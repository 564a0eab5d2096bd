import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { engine } from '../../engine';
import type { Sandboxed } from './sandboxed';

export const OUTPUTS = ['Check Again', 'Approved', 'Rejected', 'No Decision'];

type More = Partial<Parameters<typeof engine.openLoop>[0]>;
type Loop = Awaited<ReturnType<typeof engine.openLoop>>;

/** Waits for tasks that are there; closed after the test. */
export function useLoops(used: Sandboxed) {
	const open: Loop[] = [];
	afterEach(async () => {
		for (const loop of open.splice(0)) await loop.close();
	});
	return async (tasks: string[], parameters: INodeParameters = {}, more: More = {}) => {
		const items = tasks.map((id, place): IDataObject => ({ id, line: place + 1 }));
		const loop = await engine.openLoop({
			type: 'appmixer',
			credential: used.ada,
			parameters: {
				resource: 'task',
				operation: 'wait',
				taskId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
				...parameters,
			},
			items,
			outputs: OUTPUTS,
			...more,
		});
		open.push(loop);
		return loop;
	};
}
