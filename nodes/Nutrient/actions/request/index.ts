import { resource } from '../../../shared/items/resource';
import { cancel } from './cancel.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getFiles } from './getFiles.operation';
import { getTasks } from './getTasks.operation';
import { wait } from './wait.operation';

export const request = resource('request', 'Request', 'getAll', {
	cancel,
	get,
	getAll,
	getFiles,
	getTasks,
	wait,
});
