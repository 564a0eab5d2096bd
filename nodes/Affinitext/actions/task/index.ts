import { resource } from '../../../shared/items/resource';
import { get } from './get.operation';
import { getAll } from './getAll.operation';

export const task = resource('task', 'Task', 'getAll', { get, getAll });
