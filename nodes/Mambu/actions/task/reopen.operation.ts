import type { ItemOperation } from '../../../shared/items/operations';
import { setStatus } from './setStatus';

export const reopen: ItemOperation = {
	name: 'Reopen',
	description: 'Open a completed task again',
	action: 'Reopen a task',
	...setStatus('reopen', 'OPEN'),
};
