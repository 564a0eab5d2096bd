import { resource } from '../../../shared/items/resource';
import { approve } from './approve.operation';
import { completeDataContainer } from './completeDataContainer.operation';
import { completeForm } from './completeForm.operation';
import { decide } from './decide.operation';
import { getAll } from './getAll.operation';
import { getApprovalOptions } from './getApprovalOptions.operation';
import { reassign } from './reassign.operation';
import { reject } from './reject.operation';
import { wait } from './wait.operation';

export const task = resource('task', 'Task', 'getAll', {
	approve,
	completeDataContainer,
	completeForm,
	decide,
	getAll,
	getApprovalOptions,
	reassign,
	reject,
	wait,
});
