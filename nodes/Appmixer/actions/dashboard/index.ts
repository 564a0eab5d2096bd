import { resource } from '../../../shared/items/resource';
import { get } from './get.operation';

export const dashboard = resource('dashboard', 'Dashboard', 'get', { get });
