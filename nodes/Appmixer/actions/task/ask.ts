/** Asks each person once in a run of the node, however often n8n tries (W17), and names whom it has asked when it fails. */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { fieldError, toNodeError } from '../../../shared/http/nodeErrors';
import { doneInRun } from '../../../shared/items/doneInRun';
import { createTask, type AppmixerApi } from '../../api';
import { approversField } from '../../approvers';
import { descriptionField, requesterField, titleField } from '../../fields';
import { idOf, SECRETS, type AppmixerTask } from '../../task';
import { alikeAsked, asSeen } from './asListed';
import { requireVisible } from './listen';
import type { Waiting } from './requestOutput';

export const messageField = { ...descriptionField, displayName: 'Message', name: 'message' };

export interface AskedTask {
	/** As it was asked. */
	raw: AppmixerTask;
	/** As it was last seen. */
	now: AppmixerTask;
	/** Reads it where the login cannot. */
	secret?: string;
	/** What a list shows of its description, where that is what was asked. */
	listed?: AppmixerTask['description'];
	/** Whether this try made it: one of an earlier try may be decided by now. */
	isNew: boolean;
}

/** What makes it another question: not the date, which may be another in each try. */
const ASKED = [titleField, messageField, requesterField].map(({ name }) => name);

/** One after another: after a failure nobody else is asked. */
export async function askAll(
	context: IExecuteFunctions,
	api: AppmixerApi,
	wanted: IDataObject[],
): Promise<AskedTask[]> {
	const asked: AskedTask[] = [];
	for (const one of wanted) {
		try {
			asked.push(await askOne(context, api, one, wanted.length === 1));
		} catch (error) {
			if (asked.length === 0) throw toNodeError(context.getNode(), error, 0);
			const so = asked.length === 1 ? '1 was' : `${asked.length} were`;
			throw halfDone(context, `Of ${wanted.length} approvers ${so} asked`, asked, error);
		}
	}
	return asked;
}

async function askOne(
	context: IExecuteFunctions,
	api: AppmixerApi,
	wanted: IDataObject,
	isAlone: boolean,
): Promise<AskedTask> {
	let isNew = false;
	const doing = {
		...{ item: 0, secrets: SECRETS, once: true },
		// whoever else is asked, the same person is asked the same
		what: isAlone ? 'ask' : `ask ${String(wanted.approver)}`,
		asked: isAlone ? [...ASKED, approversField.name] : ASKED,
		ifDone: isAlone
			? 'If the task is there, set Task to Use Existing and enter its ID.'
			: 'If the task is there, go on with it and the others by the operation Wait for Decisions.',
	};
	const { result } = await doneInRun(context, doing, async () => {
		isNew = true;
		return await createTask(api, wanted);
	});
	// of a try before this one, long texts were not kept
	const raw = { ...wanted, ...result };
	return { raw, now: raw, secret: raw.approverSecret, isNew };
}

/** What an earlier try made may be decided by now, and a registration made after that is never called. */
export async function lookAtEarlier(
	api: AppmixerApi,
	asked: AskedTask[],
	waiting: Pick<Waiting, 'policy' | 'rule'>,
): Promise<AskedTask[]> {
	if (asked.every(({ isNew }) => isNew)) return asked;
	const looked: AskedTask[] = [];
	// new ones, too: what a list shows of them was asked of the others
	for (const one of asked) {
		looked.push(asSeen(one, await requireVisible(api, idOf(one.raw), one.secret), waiting));
	}
	return alikeAsked(looked);
}

/** People have been asked by now: repeating the node in another run would ask twice. */
export function stillAsked(context: IExecuteFunctions, asked: AskedTask[], error: unknown) {
	if (asked.length > 1) {
		return halfDone(context, 'The approvers were asked, but nobody waits for them', asked, error);
	}
	const taskId = idOf(asked[0].raw);
	const { message, description } = error as IDataObject & Error;
	return fieldError(
		context.getNode(),
		`Task ${taskId} was created, but nothing waits for its answer: ${message}`,
		`${description ?? ''} To go on without asking twice, set Task to Use Existing and enter ${taskId}.`.trim(),
		0,
	);
}

function halfDone(context: IExecuteFunctions, what: string, asked: AskedTask[], error: unknown) {
	const { message, description } = error as IDataObject & Error;
	const tasks = asked.map(({ raw }) => `${idOf(raw)} for ${String(raw.approver)}`).join(', ');
	return fieldError(
		context.getNode(),
		`${what} (task ${tasks}): ${message}`,
		`${description ?? ''} To go on without asking twice, retry this execution with Retry On Fail or from the list of executions: whoever was asked is not asked again. Or wait for these tasks by the operation Wait for Decisions.`.trim(),
		0,
	);
}
