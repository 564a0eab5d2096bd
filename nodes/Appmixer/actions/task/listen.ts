/** From a task that is asked to a parked run: register, look once more, wait. */
import { sleep, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { outcomeJson, outcomeOutput, park } from '../../../shared/gate/parking';
import type { WaitPlan } from '../../../shared/gate/waitPlan';
import { fieldError } from '../../../shared/http/nodeErrors';
import { findTask, type AppmixerApi } from '../../api';
import { isDue, registerPatiently } from '../../callback';
import { idOf, toTask, type AppmixerTask } from '../../task';

const LOOKS = 3;
/** Milliseconds: as long as it takes, n8n refuses callbacks to this run. */
const LOOK_TIMEOUT = 10_000;

/** The task that an earlier try made, as it is now: parked without having seen it, a decided one would wait for ever. */
export async function requireVisible(
	api: AppmixerApi,
	taskId: string,
	secret?: string,
): Promise<AppmixerTask> {
	const task = await findTask(api, taskId, secret);
	if (task) return task;
	throw fieldError(
		api.context.getNode(),
		`Task ${taskId} cannot be read, so an answer that came already would not be noticed`,
		'The login is neither its approver nor its requester: enter the Approver or Requester Secret in Options.',
	);
}

/** Registers the callback, then looks once more: the answer may have come in between. */
export async function listen(
	api: AppmixerApi,
	task: AppmixerTask,
	plan: WaitPlan,
	url: string,
	secret?: string,
): Promise<INodeExecutionData[][]> {
	const context = api.context as IExecuteFunctions;
	const webhookId = await registerPatiently(api, idOf(task), url);
	const now = await lookAgain(api, task, secret);
	return (
		endedOutput(context, now, plan, webhookId) ??
		(await park(context, toTask(now), plan, webhookId))
	);
}

/** Only saves time: a person is asked and the callback registered, so failing it ends nothing. */
async function lookAgain(
	api: AppmixerApi,
	task: AppmixerTask,
	secret?: string,
): Promise<AppmixerTask> {
	for (let attempt = 1; ; attempt++) {
		try {
			const found = await findTask({ ...api, timeout: LOOK_TIMEOUT }, idOf(task), secret);
			// lists of bundle 1.1.0 render the description to HTML, the callback quotes it as it was sent
			return found ? { ...found, description: task.description } : task;
		} catch (error) {
			if (attempt < LOOKS) {
				await sleep(1000 * attempt);
				continue;
			}
			const { message } = error as Error;
			api.context.logger.warn(
				`Task ${idOf(task)} could not be looked at once more, waiting for its callback: ${message}`,
			);
			return task;
		}
	}
}

/** The node's output when there is nothing to wait for; a task that is due is not announced again. */
export function endedOutput(
	context: IExecuteFunctions,
	raw: AppmixerTask,
	plan: WaitPlan,
	webhookId?: string,
): INodeExecutionData[][] | null {
	const task = toTask(raw);
	const due = isDue(task) && plan.whenDue === 'noDecision';
	const outcome = task.decision ?? (due ? 'due' : null);
	if (!outcome) return null;
	const binary = context.getInputData()[0]?.binary;
	return outcomeOutput(outcomeJson(task, outcome, webhookId), outcome, plan.outputs, binary);
}
