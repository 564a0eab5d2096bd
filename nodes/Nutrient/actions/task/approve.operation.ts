import type { ItemOperation } from '../../../shared/items/operations';
import { verdict } from './decision';

/** The usual labels; processes may have others. */
const WORDS = ['Approve', 'Approved'];

export const approve: ItemOperation = {
	name: 'Approve',
	description: 'Choose the approving option of an approval',
	action: 'Approve a task',
	...verdict(WORDS),
};
