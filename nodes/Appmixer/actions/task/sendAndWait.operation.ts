import {
	updateDisplayOptions,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { toInputError, toNodeError } from '../../../shared/http/nodeErrors';
import type { ItemFields } from '../../../shared/items/fields/fieldReader';
import { fieldsOf } from '../../../shared/items/fields/readFields';
import { notice } from '../../../shared/items/fields/makeField';
import { repeatUnknown } from '../../../shared/items/fields/runFields';
import { endRun } from '../../../shared/items/doneInRun';
import { failAll, failItem } from '../../../shared/items/failItem';
import type { RunOperation } from '../../../shared/items/operations';
import { nobodyAsked } from '../../../shared/gate/nobodyAsked';
import { refuseUnreachable, waitUrl } from '../../../shared/gate/parking';
import { editedOption, policyOf } from '../../../shared/gate/policy';
import { readRule, ruleFields } from '../../../shared/gate/ruleFields';
import { waitFields } from '../../../shared/gate/waitFields';
import { readWaitPlan } from '../../../shared/gate/waitPlan';
import { getTask, openApi, serviceUrl } from '../../api';
import { refuseUnanswerable, whyNotHeard } from '../../answerable';
import {
	decisionByField,
	readSecretField,
	requesterField,
	taskIdField,
	titleField,
} from '../../fields';
import { approversField, refuseUnseen } from '../../approvers';
import { isDue } from '../../callback';
import type { AppmixerTask } from '../../task';
import { mayApproveOption, ownApprovalOf } from '../../whoMayApprove';
import { askAll, lookAtEarlier, messageField, stillAsked } from './ask';
import { endedOutput, listen } from './listen';
import { readNewTasks } from './readNewTasks';

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

/** Shown when more than one may be asked. The last condition: where an expression gives it, n8n looks at no other. */
const severalFields = [
	...ruleFields,
	notice(
		'severalNotice',
		'Each approver gets a task, and the login of the credential has to be the requester, so that it sees them all. After the verdict the tasks of those who have not answered stay open in Appmixer: Withdraw marks them as over.',
	),
].map((field) => {
	const several = { approver: [{ _cnd: { includes: ',' } }] };
	const show = { taskSource: ['create'], ...field.displayOptions?.show, ...several };
	return { ...field, displayOptions: { show } };
});

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
			approversField,
		]),
		...severalFields,
		...forSource('create', [
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
		editedOption,
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
	const items = context.getInputData().length;
	if (items > 1) {
		throw nobodyAsked(
			context.getNode(),
			`this operation asks one question, but ${items} items came in`,
			'For many items create the tasks with Create and use the operation Wait for Decisions. Or put a Loop Over Items node with Batch Size 1 before this node, or turn on Execute Once in the Settings tab.',
			1,
		);
	}
	const plan = readWaitPlan(context);
	const read = fieldsOf(context, 0);
	const policy = policyOf(context, isDue);
	if (read.choice(sourceField) === 'existing') {
		const known = readExisting(read);
		const { api, url } = await openFor(context);
		const raw = await getTask(api, known.taskId, known.secret);
		if (!policy.requesterMayApprove) refuseOwn(context, raw);
		const asked = [{ raw, now: raw, secret: known.secret, isNew: false }];
		const waiting = { plan, policy, rule: null, url };
		const ended = endedOutput(context, asked, waiting);
		if (ended) return ended;
		const notHeard = whyNotHeard(context.getNode(), raw);
		if (notHeard) throw notHeard;
		return await listen(api, asked, waiting);
	}
	const wanted = readNewTasks(context, read, plan);
	const rule = readRule(read, wanted.length);
	if (!policy.requesterMayApprove) wanted.forEach((one) => refuseOwn(context, one));
	wanted.forEach((one) => refuseUnanswerable(context.getNode(), one, messageField, 0));
	const { api, url } = await openFor(context);
	if (wanted.length > 1) {
		const approvers = wanted.map(({ approver }) => approver);
		await refuseUnseen(api, wanted[0].requester, approvers);
	}
	const waiting = { plan, policy, rule: wanted.length > 1 ? rule : null, url };
	const asked = await askAll(context, api, wanted);
	try {
		const looked = await lookAtEarlier(api, asked);
		const isKnown = looked.every(({ isNew }) => isNew);
		const ended = isKnown ? null : endedOutput(context, looked, waiting);
		return ended ?? (await listen(api, looked, waiting));
	} catch (error) {
		throw stillAsked(context, asked, error);
	}
}

/** Where Appmixer calls back, checked before anybody is asked. */
async function openFor(context: IExecuteFunctions) {
	const url = waitUrl(context);
	refuseUnreachable(context, url, await serviceUrl(context));
	return { api: await openApi(context), url };
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
