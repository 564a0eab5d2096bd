import { simplify } from '../../../shared/items/fields/commonFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { taskSite, updateRecord } from '../../api';
import {
	activityIdField,
	customFieldsField,
	optional,
	readId,
	statusField,
	textField,
} from '../../fields';
import { activityOutput, rawOutput, readSimple } from '../../output';
import { readChanges } from '../../readFields';

export const update: ItemOperation = {
	name: 'Update',
	description: 'Change fields of an activity; the others stay as they are',
	action: 'Update an activity',
	access: 'write',
	fields: [
		activityIdField,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [customFieldsField, statusField, textField].map(optional),
		},
		simplify,
	],
	prepare(read) {
		const { itemIndex } = read;
		const activityId = readId(this, 'activityId', 'Activity', itemIndex);
		const simple = readSimple(this, itemIndex);
		const changes = readChanges(this, itemIndex);
		return async () => {
			const raw = await updateRecord(this, 'activity', activityId, changes);
			if (!simple) return rawOutput(raw);
			return activityOutput({ _id: activityId, ...changes, ...raw }, simple, await taskSite(this));
		};
	},
};
