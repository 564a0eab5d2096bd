import type { ItemOperation } from '../../../shared/items/operations';
import { completionDateField } from '../../fields';
import { setStatus } from './setStatus';

export const complete: ItemOperation = {
	name: 'Complete',
	description: 'Mark a task as done. Nobody approves anything by it.',
	action: 'Complete a task',
	...setStatus('complete', 'COMPLETED'),
	options: [completionDateField],
};
