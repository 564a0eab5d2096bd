import { choiceField } from '../../../shared/items/fields/makeField';
import { limit, returnAll, simplify } from '../../../shared/items/fields/runFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { take } from '../../../shared/http/paging';
import { openApi } from '../../api';
import { wrongVersion } from '../../fields';
import { listByStatus, type StatusChoice } from '../../listByStatus';
import { taskOutput } from '../../output';
import { filtersField, statusFilter, toQuery } from '../../query';

const detailsField = choiceField('Details Level', 'detailsLevel', 'BASIC', {
	description: 'How much Mambu tells of each task. API V2 only.',
	choices: { Basic: 'BASIC', Full: 'FULL' },
});

export const getAll: ItemOperation = {
	name: 'Get Many',
	description: 'Retrieve the tasks the login can see, open ones unless a status is chosen',
	action: 'Get many tasks',
	access: 'read',
	fields: [returnAll, limit, filtersField, simplify],
	options: [detailsField],
	async prepare(read) {
		const api = await openApi(this);
		const count = read.limit();
		const simple = read.simple();
		const options = read.options();
		const detailsLevel = options.ifGiven(detailsField, options.choice<string>);
		if (detailsLevel !== undefined && api.version === 'v1') {
			throw wrongVersion(read, 'Details Level', 'V2');
		}
		const filters = read.within('filters');
		const status = filters.choice<StatusChoice>(statusFilter);
		const query = await toQuery(api, filters);
		query.filter.detailsLevel = detailsLevel;
		return async () => {
			const tasks = listByStatus(api, query, status, this.getTimezone(), count);
			return (await take(tasks, count)).map((task) => taskOutput(task, simple));
		};
	},
};
