import { resource } from '../../../shared/items/resource';
import { create } from './create.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getCurrent } from './getCurrent.operation';
import { update } from './update.operation';

export const user = resource('user', 'User', 'getAll', { create, get, getAll, getCurrent, update });
