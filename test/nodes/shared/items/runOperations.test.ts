import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { resource } from '../../../../nodes/shared/items/resource';
import { runOperations } from '../../../../nodes/shared/items/runOperations';

const calls: number[] = [];
let stopping = new AbortController();
/** The item in whose call the execution is stopped. */
let stopAt = 1;
let failing = false;
const task = resource('task', 'Task', 'get', {
	get: {
		...{ name: 'Get', description: 'Retrieve a task', action: 'Get a task', access: 'read' },
		fields: [],
		prepare(read) {
			return async () => {
				calls.push(read.itemIndex);
				if (failing) throw new Error('No such task');
				if (read.itemIndex === stopAt) stopping.abort();
				return await Promise.resolve({ id: read.itemIndex });
			};
		},
	},
	create: {
		...{ name: 'Create', description: 'Create a task', action: 'Create a task', access: 'write' },
		fields: [],
		once: true,
		prepare(read) {
			return async () => {
				calls.push(read.itemIndex);
				if (read.itemIndex === stopAt) stopping.abort();
				return await Promise.resolve({ id: read.itemIndex });
			};
		},
	},
});

/** What n8n gives a node that works on four items, one after another. */
const contextOf = (operation: string, memory: IDataObject = {}) => {
	const parameters: IDataObject = { resource: 'task', operation, options: { itemsInParallel: 1 } };
	return {
		getNode: () => ({ id: 'node', parameters }),
		getInputData: () => [1, 2, 3, 4].map((n) => ({ json: { n } })),
		getNodeParameter: (name: string) => parameters[name],
		getContext: () => memory,
		getExecutionId: () => '7',
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		continueOnFail: () => failing,
		getExecutionCancelSignal: () => stopping.signal,
	} as unknown as IExecuteFunctions;
};

it('what fails says of which item it is', async () => {
	failing = true;
	const [output] = await runOperations(contextOf('get'), [task]);
	failing = false;
	expect(output.map(({ pairedItem }) => pairedItem)).toEqual(
		[0, 1, 2, 3].map((item) => ({ item })),
	);
	expect(output[3].error?.message).toBe('No such task');
	calls.splice(0);
});

it('begins no further item once the execution was stopped', async () => {
	const output = await runOperations(contextOf('get'), [task]);
	expect(calls).toEqual([0, 1]);
	expect(output).toEqual([
		[
			{ json: { id: 0 }, pairedItem: { item: 0 } },
			{ json: { id: 1 }, pairedItem: { item: 1 } },
		],
	]);
});

it('F10: does no write again that was done before the execution was stopped', async () => {
	const memory = {};
	for (const [at, done] of [
		[1, [0, 1]],
		[0, []],
		[9, [2, 3]],
	] as Array<[number, number[]]>) {
		stopping = new AbortController();
		stopAt = at;
		// the second time it is stopped before anything is done
		if (at === 0) stopping.abort();
		calls.splice(0);
		await runOperations(contextOf('create', memory), [task]);
		expect(calls).toEqual(done);
	}
	expect(memory).toEqual({});
});

it.each(['gone', 'toString'])('refuses the operation "%s", which there is not', async (name) => {
	const running = runOperations(contextOf(name), [task]);
	await expect(running).rejects.toThrow(`The operation "${name}" does not exist`);
});
