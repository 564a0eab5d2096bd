import { type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { fieldError } from '../../../shared/http/errors';
import { simplify, updateFieldsCollection } from '../../../shared/items/fields/commonFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { openApi, updateTask } from '../../api';
import {
	approverField,
	approverSecretField,
	checkDecisionBy,
	checkEmail,
	decisionByField,
	descriptionField,
	readSecret,
	readTaskId,
	requesterField,
	taskIdField,
	titleField,
} from '../../fields';
import { readSimple, taskOutput } from '../../output';

export const update: ItemOperation = {
	name: 'Update',
	description: 'Change the text, people or date of a task',
	action: 'Update a task',
	access: 'write',
	fields: [
		taskIdField,
		{
			displayName:
				'Appmixer lets only the approver change a task, and tells nobody of the change. A new approver does not get a new secret: the old one goes on deciding this task.',
			name: 'updateNotice',
			type: 'notice',
			default: '',
		},
		updateFieldsCollection([
			approverField,
			decisionByField,
			descriptionField,
			requesterField,
			titleField,
		]),
		simplify,
	],
	options: [approverSecretField],
	prepare(read) {
		const { itemIndex } = read;
		const taskId = readTaskId(this, itemIndex);
		const secret = readSecret(this, itemIndex);
		const simple = readSimple(this, itemIndex);
		const body = readChanges(this, itemIndex);
		return async () =>
			taskOutput(await updateTask(await openApi(this), taskId, body, secret), simple);
	},
};

/** Only what was filled in. The status is never among it: Appmixer would store it without telling anybody. */
function readChanges(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const given = context.getNodeParameter('updateFields', itemIndex, {}) as IDataObject;
	const changes: IDataObject = {};
	for (const [name, label] of [
		['approver', 'Approver E-Mail'],
		['requester', 'Requester E-Mail'],
	]) {
		if (given[name])
			changes[name] = checkEmail(context, label, String(given[name]).trim(), itemIndex);
	}
	if (given.decisionBy) changes.decisionBy = checkDecisionBy(context, given.decisionBy, itemIndex);
	if (given.description !== undefined) changes.description = String(given.description);
	if (given.title !== undefined) {
		if (String(given.title).trim() === '')
			throw fieldError(
				context.getNode(),
				'Title is empty',
				'Enter a title, or remove the field.',
				itemIndex,
			);
		changes.title = String(given.title).trim();
	}
	if (Object.keys(changes).length > 0) return changes;
	throw fieldError(
		context.getNode(),
		'There is nothing to update',
		'Add at least one field under Update Fields.',
		itemIndex,
	);
}
