import { limit, returnAll } from '../../../shared/items/fields/runFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { runReport } from '../../calls/reports';
import { reportField } from '../../locators';
import { reportFilters, readReportFilters } from '../../reportFilters';

export const run: ItemOperation = {
	name: 'Run',
	description: 'Run a report and retrieve its rows',
	action: 'Run a report',
	access: 'read',
	fields: [reportField, returnAll, limit, ...reportFilters],
	prepare(read) {
		const id = read.id(reportField);
		const count = read.limit();
		const filters = readReportFilters(read);
		const query = count === Infinity ? {} : { limit: count };
		return async () => (await runReport(this, id, query, filters)).slice(0, count);
	},
};
