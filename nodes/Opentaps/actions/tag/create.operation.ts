import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { optionsField, parallelWrites, simplify } from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { createTag } from '../../api';
import { readCollection, readText } from '../../fields';
import { rawOutput, readSimple, tagOutput } from '../../output';
import { readTagFields, tagDetailFields, tagNameField } from './tagFields';

const option: INodePropertyOptions = {
	name: 'Create',
	value: 'create',
	description: 'Create a tag; the name must be new, in upper or lower case',
	action: 'Create a tag',
};

const properties: INodeProperties[] = [
	tagNameField,
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: tagDetailFields,
	},
	simplify,
	optionsField([parallelWrites]),
];

export const create: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['tag'], operation: ['create'] } },
		properties,
	),
	access: 'write',
	prepare(itemIndex) {
		const simple = readSimple(this, itemIndex);
		const tagName = readText(this, 'tagName', 'Name', itemIndex);
		const given = readCollection(this, 'additionalFields', itemIndex);
		const form = { tagName, ...readTagFields(given) };
		return async () => {
			const raw = await createTag(this, form);
			return simple ? tagOutput({ ...form, ...raw }, simple) : rawOutput(raw);
		};
	},
};
