import { resource } from '../../../shared/items/resource';
import { complete } from './complete.operation';
import { create } from './create.operation';
import { deleteOperation } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { reopen } from './reopen.operation';
import { update } from './update.operation';
import { wait } from './wait.operation';

export const task = resource('task', 'Task', 'create', {
	complete,
	create,
	delete: deleteOperation,
	get,
	getAll,
	reopen,
	update,
	wait,
});
