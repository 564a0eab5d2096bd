import type { INodeProperties } from 'n8n-workflow';

import { additionalFieldsCollection } from '../../../shared/items/fields/makeField';
import { simplify } from '../../../shared/items/fields/runFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { createRecord } from '../../api';
import { prefixed } from '../../customFields';
import { statusField, textField } from '../../fields';
import { writtenOutput } from '../../output';
import { createOnlyFields, readCreateOnly, readRecordFields } from '../../recordFields';
import { idOf } from '../../task';

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
	once: true,
	madeId: idOf,
	fields: [
		textField,
		activityTypeField,
		additionalFieldsCollection([...createOnlyFields, statusField]),
		simplify,
	],
	prepare(read) {
		const simple = read.simple();
		const noteText = read.text(textField);
		const given = read.within('additionalFields');
		const fields = { ...readRecordFields(given), activityType: read.text(activityTypeField) };
		const form = { noteText, ...prefixed(fields), ...readCreateOnly(given) };
		return async () => {
			const raw = await createRecord(this, '/activities', 'activity', form);
			return await writtenOutput(this, 'activity', simple, { ...fields, noteText }, raw);
		};
	},
};
