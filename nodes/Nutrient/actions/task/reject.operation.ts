import type { ItemOperation } from '../../../shared/items/operations';
import { USUAL } from '../../decisionWords';
import { verdict } from './decision';

export const reject: ItemOperation = {
	name: 'Reject',
	description: 'Choose the denying option of an approval',
	action: 'Reject a task',
	...verdict(USUAL.rejected),
};
