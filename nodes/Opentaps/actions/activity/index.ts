import { resource } from '../../../shared/items/resource';
import { addContact } from './addContact.operation';
import { create } from './create.operation';
import { deleteOperation } from './delete.operation';
import { getAll } from './getAll.operation';
import { removeContact } from './removeContact.operation';
import { update } from './update.operation';

export const activity = resource('activity', 'Activity', 'create', {
	addContact,
	create,
	delete: deleteOperation,
	getAll,
	removeContact,
	update,
});
