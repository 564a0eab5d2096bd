/** Refuses what Appmixer could not tell the decision of: it quotes title, description and people in its callback. */
import type { IDataObject, INode, NodeOperationError } from 'n8n-workflow';

import { unanswerable } from '../shared/gate/answerable';
import { fieldError } from '../shared/http/nodeErrors';
import type { Field } from '../shared/items/fields/fieldReader';
import { approverField, requesterField, titleField } from './fields';
import { idOf, withoutSecrets, type AppmixerTask } from './task';

/** Before a task is made. `about`: the field its description comes from. */
export function refuseUnanswerable(
	node: INode,
	asked: IDataObject,
	about: Field,
	itemIndex: number,
): void {
	const found = unanswerable(asked, {
		title: titleField.displayName,
		description: about.displayName,
		requester: requesterField.displayName,
		approver: approverField.displayName,
	});
	if (!found) return;
	throw fieldError(
		node,
		`${found.field} is too long: the decision could not be received`,
		`${found.why} Shorten it, or put the text elsewhere and a link to it here.`,
		itemIndex,
	);
}

/** What is wrong with waiting for a task that is there; `null` when nothing is. */
export function whyNotHeard(node: INode, task: AppmixerTask): NodeOperationError | null {
	const found = unanswerable(withoutSecrets(task));
	return (
		found &&
		fieldError(
			node,
			`Task ${idOf(task)} is too large: its decision could not be received`,
			`${found.why} Its approver can shorten it with Update, or the Appmixer People Task Polling Trigger notices the decision.`,
			0,
		)
	);
}
