import type { ItemOperation } from '../../../shared/items/operations';
import { COMPLETED } from '../../task';
import { change } from '../change';

export const complete: ItemOperation = {
	name: 'Complete',
	description: 'Set the status of a task to COMPLETED',
	action: 'Complete a task',
	...change('task', 'complete', [], () => ({ status: COMPLETED })),
};
