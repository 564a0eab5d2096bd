import { resource } from '../../../shared/items/resource';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getTasks } from './getTasks.operation';
import { start } from './start.operation';

export const processes = resource('process', 'Process', 'start', { get, getAll, getTasks, start });
