import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { optionsField, parallelWrites, simplify } from '../../../shared/items/fields/common';
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

const option: INodePropertyOptions = {
	name: 'Update',
	value: 'update',
	description: 'Change fields of an activity; the others stay as they are',
	action: 'Update an activity',
};

const properties: INodeProperties[] = [
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
	optionsField([parallelWrites]),
];

export const update: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['activity'], operation: ['update'] } },
		properties,
	),
	access: 'write',
	prepare(itemIndex) {
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
