import type { ItemOperation } from '../../../shared/items/operations';
import { decide } from './decide';

export const approve: ItemOperation = {
	name: 'Approve',
	description: 'Approve a task that is pending or due',
	action: 'Approve a task',
	...decide('approve'),
};
