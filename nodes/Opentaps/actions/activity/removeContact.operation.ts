import { updateDisplayOptions, type INodePropertyOptions } from 'n8n-workflow';

import type { ItemOperation } from '../../../shared/items/operations';
import { contactProperties, prepareContact } from './contact';

const option: INodePropertyOptions = {
	name: 'Remove Contact',
	value: 'removeContact',
	description: 'Unlink a contact from an activity',
	action: 'Remove a contact from an activity',
};

export const removeContact: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['activity'], operation: ['removeContact'] } },
		contactProperties,
	),
	access: 'write',
	prepare(itemIndex) {
		return prepareContact(this, itemIndex, 'remove');
	},
};
