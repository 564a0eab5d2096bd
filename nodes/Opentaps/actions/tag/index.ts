import { resource } from '../../../shared/items/resource';
import { create } from './create.operation';
import { deleteOperation } from './delete.operation';
import { getActivities } from './getActivities.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const tag = resource('tag', 'Tag', 'getAll', {
	create,
	delete: deleteOperation,
	getActivities,
	getAll,
	update,
});
