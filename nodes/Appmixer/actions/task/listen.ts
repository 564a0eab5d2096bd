/** From tasks that are asked to a parked run: register, look once more, wait. */
import { sleep, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { fieldError } from '../../../shared/http/nodeErrors';
import { forEachParallel } from '../../../shared/items/parallel';
import { findTask, type AppmixerApi } from '../../api';
import { registerPatiently } from '../../callback';
import { idOf, type AppmixerTask } from '../../task';
import { alikeAsked, asSeen } from './asListed';
import type { AskedTask } from './ask';
import { endedOutput, parked, type Waiting } from './requestOutput';

const LOOKS = 3;
/** Milliseconds: as long as it takes, n8n refuses callbacks to this run. */
const LOOK_TIMEOUT = 10_000;
const AT_ONCE = 5;

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
	const seen = [...asked];
	await forAll(asked, async (one, index) => {
		seen[index] = await lookAgain(api, one, waiting);
	});
	const looked = alikeAsked(seen);
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
