import { resource } from '../../../shared/items/resource';
import { create } from './create.operation';
import { deleteOperation } from './delete.operation';

export const webhook = resource('webhook', 'Webhook', 'create', {
	create,
	delete: deleteOperation,
});
