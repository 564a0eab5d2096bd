/** Asks for an approval and parks the run: everything is checked before anybody is asked. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { nobodyAsked } from '../../../shared/gate/nobodyAsked';
import { refuseUnreachable, waitUrl } from '../../../shared/gate/parking';
import { policyOf } from '../../../shared/gate/policy';
import { readRule } from '../../../shared/gate/ruleFields';
import { readWaitPlan } from '../../../shared/gate/waitPlan';
import type { ItemFields } from '../../../shared/items/fields/fieldReader';
import { fieldsOf } from '../../../shared/items/fields/readFields';
import { refuseUnanswerable, whyNotHeard } from '../../answerable';
import { getTask, openApi, serviceUrl } from '../../api';
import { refuseUnseen } from '../../approvers';
import { isDue } from '../../callback';
import { warnOfCapitals } from '../../capitals';
import { readSecretField, taskIdField } from '../../fields';
import type { AppmixerTask } from '../../task';
import { ownApprovalOf } from '../../whoMayApprove';
import { askAll, lookAtEarlier, messageField, stillAsked } from './ask';
import { listen } from './listen';
import { readNewTasks } from './readNewTasks';
import { endedOutput } from './requestOutput';

export const sourceField: INodeProperties = {
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

export const existingField = { ...taskIdField, displayName: 'Existing Task' };

export async function requestApproval(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
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
		warnOfCapitals(context, raw.approver);
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
		const looked = await lookAtEarlier(api, asked, waiting);
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
