import type { IDataObject } from 'n8n-workflow';

import { updateFieldsCollection, notice } from '../../../shared/items/fields/makeField';
import { simplify } from '../../../shared/items/fields/runFields';
import type { ItemFields } from '../../../shared/items/fields/fieldReader';
import { filledChanges } from '../../../shared/items/fields/filled';
import type { ItemOperation } from '../../../shared/items/operations';
import { openApi, updateTask } from '../../api';
import { warnOfCapitals } from '../../capitals';
import {
	approverField,
	approverSecretField,
	decisionByField,
	descriptionField,
	readDecisionBy,
	requesterField,
	taskIdField,
	titleField,
} from '../../fields';
import { taskOutput } from '../../output';

const updateFields = updateFieldsCollection([
	approverField,
	decisionByField,
	descriptionField,
	requesterField,
	titleField,
]);

export const update: ItemOperation = {
	name: 'Update',
	description: 'Change the text, people or date of a task',
	action: 'Update a task',
	access: 'write',
	fields: [
		taskIdField,
		notice(
			'updateNotice',
			'Appmixer lets only the approver change a task, and tells nobody of the change. A new approver does not get a new secret: the old one goes on deciding this task.',
		),
		updateFields,
		simplify,
	],
	options: [approverSecretField],
	prepare(read) {
		const options = read.options();
		const taskId = read.id(taskIdField);
		const secret = options.ifGiven(approverSecretField, options.text);
		const simple = read.simple();
		const body = readChanges(read);
		warnOfCapitals(this, body.approver as string | undefined);
		return async () =>
			taskOutput(await updateTask(await openApi(this), taskId, body, secret), simple);
	},
};

/**
 * Only what was filled in: an empty text is filled in, where an expression gives nothing it is not.
 * The status is never among it: Appmixer would store it without telling anybody.
 */
function readChanges(read: ItemFields): IDataObject {
	const fields = read.within(updateFields.name);
	return filledChanges(fields, {
		approver: fields.ifGiven(approverField, fields.email),
		requester: fields.ifGiven(requesterField, fields.email),
		decisionBy: fields.ifGiven(decisionByField, () => readDecisionBy(fields)),
		description: fields.ifSet(descriptionField, fields.written),
		title: fields.ifSet(titleField, fields.text, 'Enter a title, or remove the field.'),
	});
}
