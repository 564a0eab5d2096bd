import { resource } from '../../../shared/items/resource';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { wait } from './wait.operation';

export const task = resource('task', 'Task', 'getAll', { get, getAll, wait });
