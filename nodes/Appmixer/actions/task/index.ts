import { resource } from '../../../shared/items/resource';
import { approve } from './approve.operation';
import { count } from './count.operation';
import { create } from './create.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { reject } from './reject.operation';
import { sendAndWait } from './sendAndWait.operation';
import { update } from './update.operation';
import { wait } from './wait.operation';
import { withdraw } from './withdraw.operation';

export const task = resource('task', 'Task', 'sendAndWait', {
	approve,
	count,
	create,
	get,
	getAll,
	reject,
	sendAndWait,
	update,
	wait,
	withdraw,
});
