import { resource } from '../../../shared/items/resource';
import { complete } from './complete.operation';
import { create } from './create.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';
import { wait } from './wait.operation';

export const task = resource('task', 'Task', 'create', { complete, create, getAll, update, wait });
