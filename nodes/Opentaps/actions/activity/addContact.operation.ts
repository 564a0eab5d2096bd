import type { ItemOperation } from '../../../shared/items/operations';
import { contact } from './contact';

export const addContact: ItemOperation = {
	name: 'Add Contact',
	description: 'Link a contact to an activity',
	action: 'Add a contact to an activity',
	...contact('add'),
	// whether CRM2 links a contact a second time is not known
	once: true,
};
