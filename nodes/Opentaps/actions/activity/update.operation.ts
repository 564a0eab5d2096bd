import { updateFieldsCollection } from '../../../shared/items/fields/makeField';
import type { ItemOperation } from '../../../shared/items/operations';
import { customFieldsField, statusField, textField } from '../../fields';
import { readChanges } from '../../recordFields';
import { change } from '../change';

const updateFields = updateFieldsCollection([customFieldsField, statusField, textField]);

export const update: ItemOperation = {
	name: 'Update',
	description: 'Change fields of an activity; the others stay as they are',
	action: 'Update an activity',
	...change('activity', 'update', [updateFields], (read) =>
		readChanges(read.within('updateFields')),
	),
};
