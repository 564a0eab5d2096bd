import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { optionsField, parallelWrites } from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { deleteTag } from '../../api';
import { readId, tagIdField } from '../../fields';

const option: INodePropertyOptions = {
	name: 'Delete',
	value: 'delete',
	description: 'Delete a tag; what it is on stays',
	action: 'Delete a tag',
};

const properties: INodeProperties[] = [tagIdField, optionsField([parallelWrites])];

export const deleteOperation: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['tag'], operation: ['delete'] } },
		properties,
	),
	access: 'write',
	prepare(itemIndex) {
		const tagId = readId(this, 'tagId', 'Tag', itemIndex);
		return async () => {
			await deleteTag(this, tagId);
			return { deleted: true };
		};
	},
};
