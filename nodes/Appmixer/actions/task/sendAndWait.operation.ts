import {
	updateDisplayOptions,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { fieldError, toInputError, toNodeError } from '../../../shared/http/nodeErrors';
import type { ItemFields } from '../../../shared/items/fields/fieldReader';
import { fieldsOf } from '../../../shared/items/fields/readFields';
import { notice } from '../../../shared/items/fields/makeField';
import { repeatUnknown } from '../../../shared/items/fields/runFields';
import { doneInRun, endRun } from '../../../shared/items/doneInRun';
import { failAll, failItem } from '../../../shared/items/failItem';
import type { RunOperation } from '../../../shared/items/operations';
import { nobodyAsked } from '../../../shared/gate/nobodyAsked';
import { refuseUnreachable, waitUrl } from '../../../shared/gate/parking';
import { waitFields } from '../../../shared/gate/waitFields';
import { readWaitPlan, type WaitPlan } from '../../../shared/gate/waitPlan';
import { createTask, getTask, openApi, serviceUrl } from '../../api';
import { refuseUnanswerable, whyNotHeard } from '../../answerable';
import {
	approverField,
	decisionByField,
	descriptionField,
	readDecisionBy,
	readRequest,
	readSecretField,
	requesterField,
	taskIdField,
	titleField,
} from '../../fields';
import { warnOfCapitals } from '../../capitals';
import { idOf, SECRETS, type AppmixerTask } from '../../task';
import { mayApproveOption, ownApprovalOf, requesterMayApprove } from '../../whoMayApprove';
import { endedOutput, listen, requireVisible } from './listen';

const forSource = (source: 'create' | 'existing', fields: INodeProperties[]) =>
	updateDisplayOptions({ show: { taskSource: [source] } }, fields);

const sourceField: INodeProperties = {
	displayName: 'Task',
	name: 'taskSource',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Create New', value: 'create', description: 'Create the task and wait for it' },
		{ name: 'Use Existing', value: 'existing', description: 'Wait for a task made before' },
	],
	default: 'create',
	description: 'Which task to wait for',
};

const messageField = { ...descriptionField, displayName: 'Message', name: 'message' };

/** What makes it another question: not the date, which may be another in each try. */
const ASKED = [titleField, messageField, requesterField, approverField].map(({ name }) => name);

const existingField = { ...taskIdField, displayName: 'Existing Task' };

export const sendAndWait: RunOperation = {
	name: 'Request Approval and Wait',
	description: 'Ask a person to approve or reject, and wait for the answer',
	action: 'Request approval and wait',
	access: 'run',
	fields: [
		notice(
			'branchNotice',
			'Two of these nodes in parallel branches run one after the other: the second person is asked only after the first has decided. To ask both at once, create both tasks with Create first, then wait for each with Use Existing.',
		),
		sourceField,
		...forSource('create', [
			notice(
				'mailNotice',
				'Appmixer sends no e-mail. If the approver does not watch the Appmixer dashboard: create the task with Include Approval Links, send the links by e-mail, then wait here with Use Existing.',
			),
			titleField,
			messageField,
			requesterField,
			approverField,
			{
				...decisionByField,
				hint: 'Empty: the end of Limit Wait Time',
				description: 'Until when the decision is needed, in the time zone of the workflow',
			},
		]),
		...forSource('existing', [existingField]),
		...waitFields,
	],
	options: [
		{ ...readSecretField, description: 'Reads an existing task that the login cannot see' },
		mayApproveOption,
		repeatUnknown,
	],
	async run() {
		try {
			const output = await requestApproval(this);
			// an answer is for one question: only a try that failed hands its task on
			endRun(this, { succeeded: true });
			return output;
		} catch (error) {
			endRun(this, { succeeded: false });
			const failure = toInputError(this.getNode(), error);
			if (!this.continueOnFail()) throw failure;
			const [, ...others] = failAll(this, failure);
			return [[failItem(toNodeError(this.getNode(), failure, 0), 0), ...others]];
		}
	},
};

async function requestApproval(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	if (context.getInputData().length > 1) {
		throw nobodyAsked(
			context.getNode(),
			`this operation asks one question, but ${context.getInputData().length} items came in`,
			'For many items create the tasks with Create and use the operation Wait for Decisions. Or put a Loop Over Items node with Batch Size 1 before this node, or turn on Execute Once in the Settings tab.',
			1,
		);
	}
	const plan = readWaitPlan(context);
	const read = fieldsOf(context, 0);
	const known = read.choice(sourceField) === 'existing' && readExisting(read);
	const wanted = known ? {} : readNewTask(context, read, plan);
	const mayBeOwn = requesterMayApprove(context.getNode(), read);
	if (!known && !mayBeOwn) refuseOwn(context, wanted);
	if (!known) refuseUnanswerable(context.getNode(), wanted, messageField, 0);
	const url = waitUrl(context);
	refuseUnreachable(context, url, await serviceUrl(context));
	const api = await openApi(context);

	if (known) {
		const task = await getTask(api, known.taskId, known.secret);
		if (!mayBeOwn) refuseOwn(context, task);
		const ended = endedOutput(context, task, plan);
		if (ended) return ended;
		const notHeard = whyNotHeard(context.getNode(), task);
		if (notHeard) throw notHeard;
		return await listen(api, task, plan, url, known.secret);
	}
	const asking = {
		item: 0,
		what: 'ask',
		asked: ASKED,
		secrets: SECRETS,
		once: true,
		ifDone: 'If the task is there, set Task to Use Existing and enter its ID.',
	};
	let isNew = false;
	const create = async () => {
		isNew = true;
		return await createTask(api, wanted);
	};
	const { result: created } = await doneInRun(context, asking, create);
	const { approverSecret } = created;
	try {
		// made by an earlier try it may be decided by now, and a registration made after that is never called
		const now = isNew ? created : await requireVisible(api, idOf(created), approverSecret);
		const ended = isNew ? null : endedOutput(context, now, plan);
		return ended ?? (await listen(api, now, plan, url, approverSecret));
	} catch (error) {
		throw stillAsked(context, idOf(created), error);
	}
}

function refuseOwn(context: IExecuteFunctions, task: AppmixerTask): void {
	const refusal = ownApprovalOf(context.getNode(), task, 0, 'Nobody was asked: the');
	if (refusal) throw refusal;
}

function readExisting(read: ItemFields) {
	const options = read.options();
	const secret = options.ifGiven(readSecretField, options.text);
	return { taskId: read.id(existingField), secret };
}

function readNewTask(context: IExecuteFunctions, read: ItemFields, plan: WaitPlan): IDataObject {
	const request = readRequest(read, messageField);
	warnOfCapitals(context, request.approver);
	if (request.requester.toLowerCase() === request.approver.toLowerCase()) {
		context.addExecutionHints({
			message: 'The requester is also the approver: nobody else looks at this request.',
			type: 'warning',
			location: 'outputPane',
		});
	}
	return { ...request, decisionBy: readDate(read, plan) };
}

function readDate(read: ItemFields, { end }: WaitPlan): string {
	if (!read.has(decisionByField)) {
		if (end) return end.toISOString();
		throw read.error(
			'Decision By is empty',
			'Without Limit Wait Time it is needed: Appmixer makes a task without a date due at once.',
		);
	}
	const instant = readDecisionBy(read);
	if (!end || Date.parse(instant) <= end.getTime()) return instant;
	throw read.error(
		`Decision By ${instant} is later than the end of Limit Wait Time, ${end.toISOString()}`,
		'An answer after the wait would be lost. Make Decision By earlier, or Limit Wait Time longer.',
	);
}

/** A person has been asked by now: repeating the node would ask twice. */
function stillAsked(context: IExecuteFunctions, taskId: string, error: unknown) {
	const { message, description } = error as IDataObject & Error;
	return fieldError(
		context.getNode(),
		`Task ${taskId} was created, but nothing waits for its answer: ${message}`,
		`${description ?? ''} To go on without asking twice, set Task to Use Existing and enter ${taskId}.`.trim(),
		0,
	);
}
