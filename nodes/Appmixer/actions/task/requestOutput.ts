/** What a request gives: its outcome where there is one, else what is parked. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { noteInExecution } from '../../../shared/gate/customData';
import { questionOf } from '../../../shared/gate/edited';
import { outcomeOutput, park } from '../../../shared/gate/parking';
import type { Policy } from '../../../shared/gate/policy';
import {
	judged,
	oneVoteEach,
	outcomeOf,
	requestJson,
	type Request,
} from '../../../shared/gate/request';
import type { Rule } from '../../../shared/gate/tally';
import type { WaitPlan } from '../../../shared/gate/waitPlan';
import type { WaitedTask } from '../../../shared/gate/waitState';
import { idOf, toTask } from '../../task';
import type { AskedTask } from './ask';

/** How a request is waited for. */
export interface Waiting {
	plan: WaitPlan;
	policy: Policy;
	/** `null`: one person is asked. */
	rule: Rule | null;
	url: string;
}

function requestOfAll(asked: AskedTask[], { policy, rule }: Waiting): Request {
	const tasks = asked.map(({ raw, now }): WaitedTask => {
		const task = { item: 0, asked: { id: idOf(raw) }, question: questionOf(toTask(raw)) };
		return judged(task, toTask(now), policy);
	});
	return { rule, tasks: oneVoteEach(tasks) };
}

/** The node's output when there is nothing to wait for; a task that is due is not announced again. */
export function endedOutput(
	context: IExecuteFunctions,
	asked: AskedTask[],
	waiting: Waiting,
	webhookIds: string[] = [],
): INodeExecutionData[][] | null {
	const request = requestOfAll(asked, waiting);
	const outcome = outcomeOf(request);
	if (!outcome) return null;
	noteAsked(context, asked, outcome);
	const json = requestJson(request, outcome, webhookIds);
	const binary = context.getInputData()[0]?.binary;
	return outcomeOutput(json, outcome, waiting.plan.outputs, binary);
}

/** What is parked says what was asked, to be compared with what is decided. */
export async function parked(
	context: IExecuteFunctions,
	asked: AskedTask[],
	waiting: Waiting,
	webhookIds: string[],
): Promise<INodeExecutionData[][]> {
	const asAsked = asked.map((one) => {
		const { title, description, approver, requester } = one.raw;
		const words = waiting.policy.seesEdits ? { title, description, approver, requester } : {};
		return { ...one, now: { ...one.now, ...words } };
	});
	const request = requestOfAll(asAsked, waiting);
	noteAsked(context, asked, 'timedOut');
	return await park(context, requestJson(request, 'timedOut', webhookIds), waiting.plan);
}

const noteAsked = (context: IExecuteFunctions, asked: AskedTask[], outcome: string) =>
	noteInExecution(context, {
		taskId: asked.map(({ raw }) => idOf(raw)).join(', '),
		approver: asked.map(({ raw }) => raw.approver ?? '').join(', '),
		outcome,
	});
