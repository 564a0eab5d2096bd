/** Waits that look again, each for tasks of its own, with what can be counted behind each of their outputs. */
import type { INodeParameters } from 'n8n-workflow';

import type { Run } from '../../scripts/faults/account';
import { itemsOf } from '../e2e/itemsOf';
import { decisionsOn, type Decisions } from './decisions';
import { forEach, mustCome, range } from './patience';
import type { RowDesk } from './rowDesk';

/** @param parameters more of the node's */
export async function publishAgain(
	desk: RowDesk,
	taskIds: string[],
	parameters: INodeParameters = {},
) {
	const gate = desk.ask(
		'',
		{
			...{ operation: 'wait', resumeAmount: 30, resumeUnit: 'days' },
			taskId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			...parameters,
		},
		{ name: 'Gate' },
	);
	const after = [
		desk.effect('Approved', 'approved'),
		desk.effect('Rejected', 'rejected'),
		desk.effect('No decision', 'none'),
	];
	return await desk.publish(
		[...itemsOf(taskIds.map((id) => ({ id }))), gate, ...after],
		[
			['Form', 'List'],
			['List', 'Items'],
			['Items', 'Gate'],
			['Gate', 'Gate', 0],
			...after.map(({ name }, place): [string, string, number] => ['Gate', name, place + 1]),
		],
	);
}

/** One wait, and by task the address that wakes it up. */
export type AgainGate = Decisions & { urls: Map<string, string> };

/** That many waits, each for so many tasks, all parked; one workflow each. */
export async function openAgain(
	desk: RowDesk,
	waits: number,
	tasksEach: number,
	parameters: INodeParameters = {},
): Promise<AgainGate[]> {
	const { appmixer } = desk.sandbox;
	const gates = range(waits).map(() =>
		range(tasksEach).map(
			(n) => appmixer.createTask({ approver: `approver-${n}@example.com` }).taskId,
		),
	);
	return await forEachOf(gates, 4, async (taskIds) => {
		const workflow = await publishAgain(desk, taskIds, parameters);
		await workflow.begin();
		const isParked = () => desk.statuses(workflow.id).waiting === 1;
		await mustCome('a run waits', isParked, 120_000);
		const urls = new Map(appmixer.webhooks.map(({ taskId, url }) => [taskId, url]));
		const runs = (): Map<string, Run[]> => {
			const all = desk.runs(workflow.id);
			// a run that was retried has gone on as another one
			return new Map(taskIds.map((id) => [id, all]));
		};
		return { ...decisionsOn(desk, workflow.id, taskIds, runs), urls };
	});
}

async function forEachOf<T, R>(entries: T[], width: number, make: (entry: T) => Promise<R>) {
	const made: R[] = [];
	await forEach(entries, width, async (entry, place) => void (made[place] = await make(entry)));
	return made;
}
