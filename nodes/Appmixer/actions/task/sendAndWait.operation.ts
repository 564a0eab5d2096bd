import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { toInputError, toNodeError } from '../../../shared/http/nodeErrors';
import { notice } from '../../../shared/items/fields/makeField';
import { repeatUnknown } from '../../../shared/items/fields/runFields';
import { endRun } from '../../../shared/items/doneInRun';
import { failAll, failItem } from '../../../shared/items/failItem';
import type { RunOperation } from '../../../shared/items/operations';
import { editedOption } from '../../../shared/gate/policy';
import { ruleFields } from '../../../shared/gate/ruleFields';
import { waitFields } from '../../../shared/gate/waitFields';
import { decisionByField, readSecretField, requesterField, titleField } from '../../fields';
import { approversField } from '../../approvers';
import { mayApproveOption } from '../../whoMayApprove';
import { messageField } from './ask';
import { existingField, requestApproval, sourceField } from './requestApproval';

const forSource = (source: 'create' | 'existing', fields: INodeProperties[]) =>
	updateDisplayOptions({ show: { taskSource: [source] } }, fields);

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
