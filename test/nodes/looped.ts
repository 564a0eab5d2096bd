import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { engine } from '../engine';

/** The outputs of a wait at a service that knows only what is done, and at one that knows decisions. */
export const DONE = ['Check Again', 'Done', 'No Decision'];
export const DECISIONS = ['Check Again', 'Approved', 'Rejected', 'No Decision'];

type Sketch = Parameters<typeof engine.openLoop>[0];
export type Loop = Awaited<ReturnType<typeof engine.openLoop>>;

/** A wait for the task of each item, by its `id`. */
const TASKS: INodeParameters = {
	resource: 'task',
	operation: 'wait',
	taskId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
};

/**
 * Waits for what is there; closed after the test.
 * @param sketch asked at each wait
 * @param what the parameters that say what is waited for
 */
export function useLoops(
	sketch: () => Pick<Sketch, 'type' | 'credential' | 'outputs'>,
	what: INodeParameters = TASKS,
) {
	const open: Loop[] = [];
	afterEach(async () => {
		for (const loop of open.splice(0)) {
			await loop.close();
			expect(loop.server.thrown).toEqual([]);
		}
	});
	return async (
		entered: Array<string | number | IDataObject>,
		parameters: INodeParameters = {},
		more: Partial<Sketch> = {},
	) => {
		const items = entered.map((one, place): IDataObject => {
			return { ...(typeof one === 'object' ? one : { id: one }), line: place + 1 };
		});
		const loop = await engine.openLoop({
			...sketch(),
			parameters: { ...what, ...parameters },
			items,
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
