import {
	updateDisplayOptions,
	type IDataObject,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { limit, optionsField, parallelReads, returnAll } from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { runReport } from '../../api';
import { readId, readLimit } from '../../fields';
import { reportField } from '../../locators';
import { reportFilters, readReportFilters } from '../../reportFilters';

const option: INodePropertyOptions = {
	name: 'Run',
	value: 'run',
	description: 'Run a report and retrieve its rows',
	action: 'Run a report',
};

const properties: INodeProperties[] = [
	reportField,
	returnAll,
	limit,
	...reportFilters,
	optionsField([parallelReads]),
];

export const run: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['report'], operation: ['run'] } },
		properties,
	),
	access: 'read',
	prepare(itemIndex) {
		const id = readId(this, 'reportId', 'Report', itemIndex);
		const count = readLimit(this, itemIndex);
		const filters = readReportFilters(this, itemIndex);
		const query: IDataObject = count === Infinity ? {} : { limit: count };
		return async () => (await runReport(this, id, query, filters)).slice(0, count);
	},
};
