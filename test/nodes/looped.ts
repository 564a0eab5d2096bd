import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { engine } from '../engine';

/** The outputs of a wait at a service that knows only what is done. */
export const OUTPUTS = ['Check Again', 'Done', 'No Decision'];

type Sketch = Parameters<typeof engine.openLoop>[0];
export type Loop = Awaited<ReturnType<typeof engine.openLoop>>;

/** Waits for tasks that are there, looking every few minutes; closed after the test. */
export function useLoops(sketch: () => Pick<Sketch, 'type' | 'credential'>) {
	const open: Loop[] = [];
	afterEach(async () => {
		for (const loop of open.splice(0)) await loop.close();
	});
	return async (
		tasks: Array<string | number>,
		parameters: INodeParameters = {},
		more: Partial<Sketch> = {},
	) => {
		const items = tasks.map((id, place): IDataObject => ({ id, line: place + 1 }));
		const loop = await engine.openLoop({
			...sketch(),
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

/** What leaves by an output: which task, its outcome, and the line it is paired with. */
export const leaving = (loop: Loop, output: string) =>
	loop.arrived(output).map(({ json, from }) => {
		const { id, outcome, approved } = json;
		return [id, outcome, approved, (from as IDataObject | null)?.line];
	});

/** Where a look comes at the deadline and not before. */
export const ONE_HOUR: INodeParameters = {
	resumeAmount: 60,
	resumeUnit: 'minutes',
	lookAgain: 'fixed',
	lookMinutes: 600,
};
