/** @jest-environment ./test/engine/environment.ts */
import type { INodeParameters } from 'n8n-workflow';

import { engine } from '../../engine';
import { DECISIONS } from '../looped';
import { useSandbox } from './sandboxed';

const used = useSandbox();
const to = (...nodes: string[]) => ({
	main: [nodes.map((node) => ({ node, type: 'main' as const, index: 0 }))],
});

/** Two branches lead to the node. By execution order v0 both have brought their item when it is run for the first time. */
async function enteredTwice(
	items: Array<Record<string, string | boolean>>,
	parameters: INodeParameters,
	outputs: string[],
	by: string[][],
) {
	return await engine.openLoop({
		...{ type: 'appmixer', credential: used.ada, node: { typeVersion: 1.1 } },
		parameters: { resource: 'task', ...parameters },
		settings: { executionOrder: 'v0' },
		...{ items, outputs, through: ['One', 'Other'] },
		connections: {
			Start: to('One', 'Other'),
			One: to('Node'),
			Other: to('Node'),
			Node: { main: by.map((names) => to(...names).main[0]) },
		},
	});
}

describe('W29: a gate that the run has entered twice waits for each', () => {
	it('asks again when the first answer is there, whatever the items say', async () => {
		const { appmixer } = used.sandbox;
		const loop = await enteredTwice(
			[{ approved: true, outcome: 'approved' }],
			{
				...{ operation: 'sendAndWait', title: 'Three laptops', outputs: 'single' },
				...{ requester: 'ada@example.com', approver: 'bob@example.com' },
			},
			['None', 'Answer'],
			[['Answer']],
		);
		const answers = () => loop.arrived('Answer').map(({ json }) => json.outcome);
		for (const [asked, decide] of [appmixer.reject, appmixer.approve].entries()) {
			expect([loop.status, appmixer.tasks.length]).toEqual(['waiting', asked + 1]);
			await decide(appmixer.tasks[asked].taskId);
			await loop.settled();
		}
		expect([loop.status, answers()]).toEqual(['success', ['rejected', 'approved']]);
		await loop.close();
	});

	it.each([true, false])(
		'a wait comes back for each (woken by a call: %s)',
		async (wakeUps) => {
			const { taskId } = used.sandbox.appmixer.createTask();
			const loop = await enteredTwice(
				[{ id: taskId }],
				{
					...{ operation: 'wait', options: { wakeUps } },
					taskId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
				},
				DECISIONS,
				[['Node'], ['Approved'], ['Rejected'], []],
			);
			await used.sandbox.appmixer.approve(taskId);
			await loop.settled();
			while (loop.status === 'waiting') await loop.wake();
			expect([loop.status, loop.error]).toEqual(['success', null]);
			expect(loop.arrived('Approved').map(({ json }) => json.id)).toEqual([taskId, taskId]);
			await loop.close();
		},
		30_000,
	);
});
