import { updateDisplayOptions, type INodePropertyOptions } from 'n8n-workflow';

import type { ItemOperation } from '../../../shared/items/operations';
import { contactProperties, prepareContact } from './contact';

const option: INodePropertyOptions = {
	name: 'Add Contact',
	value: 'addContact',
	description: 'Link a contact to an activity',
	action: 'Add a contact to an activity',
};

export const addContact: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['activity'], operation: ['addContact'] } },
		contactProperties,
	),
	access: 'write',
	prepare(itemIndex) {
		return prepareContact(this, itemIndex, 'add');
	},
};
