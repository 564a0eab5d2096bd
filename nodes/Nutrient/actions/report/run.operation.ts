import { type IDataObject } from 'n8n-workflow';

import { limit, returnAll } from '../../../shared/items/fields/commonFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { runReport } from '../../api';
import { readId, readLimit } from '../../fields';
import { reportField } from '../../locators';
import { reportFilters, readReportFilters } from '../../reportFilters';

export const run: ItemOperation = {
	name: 'Run',
	description: 'Run a report and retrieve its rows',
	action: 'Run a report',
	access: 'read',
	fields: [reportField, returnAll, limit, ...reportFilters],
	prepare(read) {
		const { itemIndex } = read;
		const id = readId(this, 'reportId', 'Report', itemIndex);
		const count = readLimit(this, itemIndex);
		const filters = readReportFilters(this, itemIndex);
		const query: IDataObject = count === Infinity ? {} : { limit: count };
		return async () => (await runReport(this, id, query, filters)).slice(0, count);
	},
};
