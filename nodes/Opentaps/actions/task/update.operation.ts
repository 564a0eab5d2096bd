import { updateFieldsCollection } from '../../../shared/items/fields/makeField';
import type { ItemOperation } from '../../../shared/items/operations';
import {
	assignedContactField,
	customFieldsField,
	responsibleContactField,
	scheduledField,
	statusField,
	textField,
} from '../../fields';
import { readChanges } from '../../recordFields';
import { change } from '../change';

const updateFields = updateFieldsCollection([
	assignedContactField,
	customFieldsField,
	responsibleContactField,
	scheduledField,
	statusField,
	textField,
]);

export const update: ItemOperation = {
	name: 'Update',
	description: 'Change fields of a task; the others stay as they are',
	action: 'Update a task',
	...change('task', 'update', [updateFields], (read) => readChanges(read.within('updateFields'))),
};
