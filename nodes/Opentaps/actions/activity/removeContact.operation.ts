import type { ItemOperation } from '../../../shared/items/operations';
import { contact } from './contact';

export const removeContact: ItemOperation = {
	name: 'Remove Contact',
	description: 'Unlink a contact from an activity',
	action: 'Remove a contact from an activity',
	...contact('remove'),
};
