/** From tasks that are asked to a parked run: register, look once more, wait. */
import { sleep, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { noteInExecution } from '../../../shared/gate/customData';
import { questionOf } from '../../../shared/gate/edited';
import { outcomeOutput, park } from '../../../shared/gate/parking';
import type { Policy } from '../../../shared/gate/policy';
import { judged, outcomeOf, requestJson, type Request } from '../../../shared/gate/request';
import type { Rule } from '../../../shared/gate/tally';
import type { WaitPlan } from '../../../shared/gate/waitPlan';
import type { WaitedTask } from '../../../shared/gate/waitState';
import { fieldError } from '../../../shared/http/nodeErrors';
import { forEachParallel } from '../../../shared/items/parallel';
import { findTask, type AppmixerApi } from '../../api';
import { registerPatiently } from '../../callback';
import { idOf, toTask, type AppmixerTask } from '../../task';
import type { AskedTask } from './ask';

const LOOKS = 3;
/** Milliseconds: as long as it takes, n8n refuses callbacks to this run. */
const LOOK_TIMEOUT = 10_000;
const AT_ONCE = 5;

/** How a request is waited for. */
export interface Waiting {
	plan: WaitPlan;
	policy: Policy;
	/** `null`: one person is asked. */
	rule: Rule | null;
	url: string;
}

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

/** Registers the callbacks, then looks once more: the answers may have come in between. */
export async function listen(
	api: AppmixerApi,
	asked: AskedTask[],
	waiting: Waiting,
): Promise<INodeExecutionData[][]> {
	const context = api.context as IExecuteFunctions;
	const webhookIds: string[] = [];
	await forAll(asked, async ({ raw }, index) => {
		webhookIds[index] = await registerPatiently(api, idOf(raw), waiting.url);
	});
	const looked = [...asked];
	await forAll(asked, async (one, index) => {
		looked[index] = await lookAgain(api, one, waiting);
	});
	return (
		endedOutput(context, looked, waiting, webhookIds) ??
		(await parked(context, looked, waiting, webhookIds))
	);
}

async function forAll(
	asked: AskedTask[],
	work: (one: AskedTask, index: number) => Promise<void>,
): Promise<void> {
	const failure = await forEachParallel(asked, AT_ONCE, work);
	if (failure) throw failure;
}

/** Only saves time: people are asked and the callbacks registered, so failing it ends nothing. */
async function lookAgain(api: AppmixerApi, one: AskedTask, waiting: Waiting): Promise<AskedTask> {
	const { raw, secret } = one;
	for (let attempt = 1; ; attempt++) {
		try {
			const found = await findTask({ ...api, timeout: LOOK_TIMEOUT }, idOf(raw), secret);
			return found ? asSeen(one, found, waiting) : one;
		} catch (error) {
			if (attempt < LOOKS) {
				await sleep(1000 * attempt);
				continue;
			}
			const { message } = error as Error;
			api.context.logger.warn(
				`Task ${idOf(raw)} could not be looked at once more, waiting for its callback: ${message}`,
			);
			return one;
		}
	}
}

/**
 * Lists of bundle 1.1.0 render the description to HTML, the callback quotes it as it was sent. A task that nobody has
 * saved since is as it was asked, whatever it looks like. Several people's tasks are read by lists again.
 */
function asSeen(one: AskedTask, found: AppmixerTask, { policy, rule }: Waiting): AskedTask {
	const { raw } = one;
	const isSaved = typeof raw.mtime !== 'string' || raw.mtime !== found.mtime;
	if (policy.seesEdits && isSaved) return { ...one, now: found };
	if (rule && !isSaved) return { ...one, raw: found, now: found };
	return { ...one, now: { ...found, description: raw.description } };
}

const requestOfAll = (asked: AskedTask[], { policy, rule }: Waiting): Request => ({
	rule,
	tasks: asked.map(({ raw, now }): WaitedTask => {
		const task = { item: 0, asked: { id: idOf(raw) }, question: questionOf(toTask(raw)) };
		return judged(task, toTask(now), policy);
	}),
});

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
async function parked(
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
