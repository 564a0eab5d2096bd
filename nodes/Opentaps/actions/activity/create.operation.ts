import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { optionsField, parallelWrites, simplify } from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { createRecord, taskSite } from '../../api';
import { prefixed } from '../../customFields';
import { readCollection, readText, statusField, textField } from '../../fields';
import { activityOutput, rawOutput, readSimple } from '../../output';
import { createOnlyFields, readCreateOnly, readRecordFields } from '../../readFields';

const option: INodePropertyOptions = {
	name: 'Create',
	value: 'create',
	description: 'Create a note, an email or another activity',
	action: 'Create an activity',
};

const activityTypeField: INodeProperties = {
	displayName: 'Activity Type',
	name: 'activityType',
	type: 'resourceLocator',
	default: { mode: 'list', value: 'NOTE' },
	required: true,
	description: 'What the activity is; the domain decides which types there are',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchActivityTypes', searchable: true },
		},
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. FOLLOWUP_EMAIL' },
	],
};

const properties: INodeProperties[] = [
	textField,
	activityTypeField,
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: [...createOnlyFields, statusField].sort((a, b) =>
			a.displayName.localeCompare(b.displayName),
		),
	},
	simplify,
	optionsField([parallelWrites]),
];

export const create: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['activity'], operation: ['create'] } },
		properties,
	),
	access: 'write',
	prepare(itemIndex) {
		const simple = readSimple(this, itemIndex);
		const noteText = readText(this, 'noteText', 'Text', itemIndex);
		const activityType = readText(this, 'activityType', 'Activity Type', itemIndex);
		const given = readCollection(this, 'additionalFields', itemIndex);
		const fields = { ...readRecordFields(this, given, itemIndex), activityType };
		const form = { noteText, ...prefixed(fields), ...readCreateOnly(given) };
		return async () => {
			const raw = await createRecord(this, '/activities', 'activity', form);
			if (!simple) return rawOutput(raw);
			return activityOutput({ ...fields, noteText, ...raw }, simple, await taskSite(this));
		};
	},
};
