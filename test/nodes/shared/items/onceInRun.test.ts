import type { IExecuteFunctions } from 'n8n-workflow';

import { askOnce, forgetAsked } from '../../../../nodes/shared/items/askOnce';
import { endRun, onceInRun } from '../../../../nodes/shared/items/onceInRun';

const RUN = { execution: '1', node: 'n', run: 0 };

function runOf(changed: Partial<typeof RUN> = {}, kept = {}): IExecuteFunctions {
	const { execution, node, run } = { ...RUN, ...changed };
	return {
		getExecutionId: () => execution,
		getNode: () => ({ id: node }),
		getWorkflowDataProxy: () => ({ $runIndex: run }),
		getContext: () => kept,
	} as unknown as IExecuteFunctions;
}

let count = 0;
const act = async () => ++count;
const did = async (context: IExecuteFunctions, what = 'ask') => {
	const before = count;
	await onceInRun(context, what, act);
	return count > before;
};

it('does a thing once in a run, and anew in another execution, node or round', async () => {
	expect([await did(runOf()), await did(runOf())]).toEqual([true, false]);
	expect(await did(runOf(), 'more')).toBe(true);
	for (const other of [{ execution: '2' }, { node: 'm' }, { run: 1 }])
		expect([await did(runOf(other)), await did(runOf(other))]).toEqual([true, false]);
	endRun(runOf());
	expect(await did(runOf())).toBe(true);
	expect(await did(runOf({ run: 1 }))).toBe(false);
});

it('remembers nothing where executions have no ID, and 500 runs elsewhere', async () => {
	const nameless = runOf({ execution: '' });
	expect([await did(nameless), await did(nameless)]).toEqual([true, true]);
	for (let id = 0; id < 501; id++) await did(runOf({ execution: `x${id}` }));
	expect(await did(runOf({ execution: 'x1' }))).toBe(false);
	expect(await did(runOf({ execution: 'x0' }))).toBe(true);
});

it('asks one question once in a run, keeping no secret', async () => {
	const kept = {};
	const ask = async (run: number, title: string) => {
		const before = count;
		await askOnce(
			runOf({ run }, kept),
			{ title },
			async () => ({ id: await act(), secret: 'hush' }),
			({ id }) => ({ id, secret: '' }),
		);
		return count > before;
	};
	expect([await ask(0, 'a'), await ask(0, 'a')]).toEqual([true, false]);
	expect(JSON.stringify(kept)).not.toContain('hush');
	expect([await ask(1, 'a'), await ask(1, 'b')]).toEqual([true, true]);
	forgetAsked(runOf({}, kept));
	expect(await ask(1, 'b')).toBe(true);
});
