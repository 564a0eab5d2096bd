import { resource } from '../../../shared/items/resource';
import { getAll } from './getAll.operation';

export const user = resource('user', 'User', 'getAll', { getAll });
