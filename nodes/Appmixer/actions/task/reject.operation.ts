import type { ItemOperation } from '../../../shared/items/operations';
import { decide } from './decide';

export const reject: ItemOperation = {
	name: 'Reject',
	description: 'Reject a task that is pending or due',
	action: 'Reject a task',
	...decide('reject'),
};
