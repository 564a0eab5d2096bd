/** Waits that look again, each for the votes of many on one question, with what can be counted behind each of their outputs. */
import { itemsOf } from '../e2e/itemsOf';
import { forEach, mustCome, range } from './patience';
import type { RowDesk } from './rowDesk';
import type { Question } from './votes';

/** People who vote on one wait, and how many of them must approve. */
export const APPROVERS = 20;
const NEEDED = 11;

export async function publishAgain(desk: RowDesk, taskIds: string[]) {
	const gate = desk.ask(
		'',
		{
			...{ operation: 'wait', resumeAmount: 30, resumeUnit: 'days' },
			taskId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			...{ grouping: 'all', rule: 'number', approvalsNeeded: NEEDED, oneRejectionRejects: false },
		},
		{ name: 'Gate' },
	);
	const subject = '$json.votes[0].task';
	const after = [
		desk.effect('Approved', 'approved', subject),
		desk.effect('Rejected', 'rejected', subject),
		desk.effect('No decision', 'none', subject),
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

export interface AgainGate extends Question {
	workflowId: string;
	/** By task, the address that wakes the run up. */
	urls: Map<string, string>;
}

/** That many waits, all parked; one workflow each. */
export async function openAgain(desk: RowDesk, waits: number): Promise<AgainGate[]> {
	const { appmixer } = desk.sandbox;
	const asked = range(waits).map(() =>
		range(APPROVERS).map(
			(n) => appmixer.createTask({ approver: `approver-${n}@example.com` }).taskId,
		),
	);
	const gates: AgainGate[] = [];
	await forEach(asked, 4, async (taskIds, place) => {
		const { id: workflowId, begin } = await publishAgain(desk, taskIds);
		await begin();
		const isParked = () => desk.statuses(workflowId).waiting === 1;
		await mustCome('a run waits', isParked, 120_000);
		const urls = new Map(appmixer.webhooks.map(({ taskId, url }) => [taskId, url]));
		const runs = () => desk.runs(workflowId);
		gates[place] = { ...{ workflowId, taskIds, urls, runs }, needed: NEEDED };
	});
	return gates;
}
