import { type INodeProperties } from 'n8n-workflow';

import { simplify } from '../../../shared/items/fields/commonFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { createRecord, taskSite } from '../../api';
import { prefixed } from '../../customFields';
import { readCollection, readText, statusField, textField } from '../../fields';
import { activityOutput, rawOutput, readSimple } from '../../output';
import { createOnlyFields, readCreateOnly, readRecordFields } from '../../readFields';

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

export const create: ItemOperation = {
	name: 'Create',
	description: 'Create a note, an email or another activity',
	action: 'Create an activity',
	access: 'write',
	fields: [
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
	],
	prepare(read) {
		const { itemIndex } = read;
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
