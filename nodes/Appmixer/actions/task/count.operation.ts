import type { ItemOperation } from '../../../shared/items/operations';
import { countTasks, openApi } from '../../api';
import { readSecretField } from '../../fields';
import { filtersField, readQuery } from '../../query';

export const count: ItemOperation = {
	name: 'Count',
	description: 'Count the tasks that Get Many would return',
	action: 'Count tasks',
	access: 'read',
	fields: [filtersField],
	options: [readSecretField],
	prepare(read) {
		const options = read.options();
		const secret = options.ifGiven(readSecretField, options.text);
		const query = readQuery(read.within('filters'), secret);
		return async () => ({ count: await countTasks(await openApi(this), query) });
	},
};
