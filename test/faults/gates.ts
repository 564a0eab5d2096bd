import type { INode, INodeParameters } from 'n8n-workflow';

import type { Run } from '../../scripts/faults/account';
import type { NodeSketch } from '../e2e/workflowOf';
import { decisionsOn, type Decisions } from './decisions';
import { forEach, mustCome, range } from './patience';
import type { RowDesk } from './rowDesk';

export interface GateOptions {
	parameters?: INodeParameters;
	/** More of the node. */
	node?: Partial<INode>;
	/** Instead of the three steps that tell the stand-in. */
	steps?: { none: NodeSketch; approved: NodeSketch; rejected: NodeSketch };
}

/** A workflow that asks, and does what can be counted behind each of the gate's outputs. */
export async function publishGate(desk: RowDesk, options: GateOptions = {}) {
	const { parameters, node, steps } = options;
	const ask = desk.ask(
		"=gate {{ $('Form').item.json.query.n }}",
		{ ...{ outputs: 'perDecision', resumeAmount: 30, resumeUnit: 'days' }, ...parameters },
		node,
	);
	const after = steps ?? {
		none: desk.effect('No decision', 'none'),
		approved: desk.effect('Approved', 'approved'),
		rejected: desk.effect('Rejected', 'rejected'),
	};
	const { none, approved, rejected } = after;
	return await desk.publish(
		[ask, none, approved, rejected],
		[
			['Form', 'Ask'],
			['Ask', none.name, 0],
			['Ask', approved.name, 1],
			['Ask', rejected.name, 2],
		],
	);
}

/** What is left to do about tasks whose run is gone: another workflow waits for them, with Use Existing. */
export async function goOnWithExisting(desk: RowDesk, taskIds: string[]): Promise<void> {
	const taskId = { __rl: true, mode: 'id', value: '={{ $json.query.n }}' };
	const workflow = await publishGate(desk, { parameters: { taskSource: 'existing', taskId } });
	await forEach(taskIds, 4, async (id) => await workflow.begin(id));
	await desk.settled(workflow.id);
}

/** The executions that wait for a task, by the callback URL the task was given. */
export function gateRuns(desk: RowDesk, workflowId: string): () => Map<string, Run[]> {
	return () => {
		const runs = new Map(desk.runs(workflowId).map((run) => [run.id, run]));
		return new Map(
			desk.sandbox.appmixer.webhooks.map(({ taskId, url }) => {
				const run = runs.get(/\/webhook-waiting\/(\d+)/.exec(url)?.[1] ?? '');
				return [taskId, run ? [run] : []];
			}),
		);
	};
}

/** That many runs of one workflow, each waiting for a task of its own. */
export async function openGates(
	desk: RowDesk,
	count: number,
	options: GateOptions = {},
): Promise<Decisions> {
	const workflow = await publishGate(desk, options);
	await forEach(range(count), 8, async (n) => await workflow.begin(String(n)));
	const isParked = () => desk.statuses(workflow.id).waiting === count;
	await mustCome(`${count} runs wait`, isParked, 240_000);
	const taskIds = range(count).map((n) => desk.taskOf(`gate ${n}`).taskId);
	return decisionsOn(desk, workflow.id, taskIds, gateRuns(desk, workflow.id));
}
