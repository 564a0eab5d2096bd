import type { ItemOperation } from '../../../shared/items/operations';
import { USUAL } from '../../decisionWords';
import { verdict } from './decision';

export const approve: ItemOperation = {
	name: 'Approve',
	description: 'Choose the approving option of an approval',
	action: 'Approve a task',
	...verdict(USUAL.approved),
};
