import type { ItemOperation } from '../../../shared/items/operations';
import { verdict } from './decision';

/** The usual labels; processes may have others. */
const WORDS = ['Deny', 'Denied', 'Reject', 'Rejected'];

export const reject: ItemOperation = {
	name: 'Reject',
	description: 'Choose the denying option of an approval',
	action: 'Reject a task',
	...verdict(WORDS),
};
