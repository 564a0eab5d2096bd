/** What of an answer counts: by the node's own settings, read alike before the run is parked and when it is called. */
import type { IExecuteFunctions, INodeProperties, IWebhookFunctions } from 'n8n-workflow';

import { fieldsOf } from '../items/fields/readFields';
import type { Task } from '../task';
import { whenEditedField } from './lookFields';
import { guarded, isGuarded } from './nodeVersion';
import { ownApprovalField } from './ownApproval';
import { whenDueField } from './waitFields';

export interface Policy {
	/** Whether edits are told, and may matter: not in nodes of version 1. */
	seesEdits: boolean;
	acceptsEdited: boolean;
	requesterMayApprove: boolean;
	/** Whether nobody is waited for any more who lets the date pass. */
	endsWhenDue: boolean;
	isDue(task: Task): boolean;
}

/** Among the options of a request. It takes no expression: when the call comes the item is another one. */
export const editedOption: INodeProperties = guarded({
	...whenEditedField,
	noDataExpression: true,
	description:
		'What to do when title, message, approver or requester are no longer what was asked when the answer comes',
});

/** Of version 1: any answer counts. */
const ANY = { seesEdits: false, acceptsEdited: true, requesterMayApprove: true };

export function policyOf(
	context: IExecuteFunctions | IWebhookFunctions,
	isDue: Policy['isDue'],
): Policy {
	if ('getInputData' in context) {
		const read = fieldsOf(context, 0);
		const endsWhenDue = read.choice(whenDueField) === 'noDecision';
		if (!isGuarded(context.getNode())) return { ...ANY, endsWhenDue, isDue };
		const options = read.options();
		return {
			...{ seesEdits: true, endsWhenDue, isDue },
			acceptsEdited: options.choice(editedOption) === 'accept',
			requesterMayApprove: options.isOn(ownApprovalField),
		};
	}
	const endsWhenDue = context.getNodeParameter(whenDueField.name, 'keepWaiting') === 'noDecision';
	if (!isGuarded(context.getNode())) return { ...ANY, endsWhenDue, isDue };
	const option = (field: INodeProperties): unknown =>
		context.getNodeParameter(`options.${field.name}`, field.default as string);
	return {
		...{ seesEdits: true, endsWhenDue, isDue },
		acceptsEdited: option(editedOption) === 'accept',
		requesterMayApprove: option(ownApprovalField) === true,
	};
}
