import type { INodeProperties } from 'n8n-workflow';

import type { ItemOperation } from '../../../shared/items/operations';
import { fileOutput } from '../../binaryFile';
import { exportReport } from '../../calls/reports';
import { outputFileField, rawFilters, rawFiltersOf, wholeNumber } from '../../fields';
import { reportField } from '../../locators';

const typeField: INodeProperties = {
	displayName: 'Export Type',
	name: 'exportType',
	type: 'string',
	required: true,
	default: 'csv_utf8',
	placeholder: 'e.g. csv_utf8',
	description:
		"The kind of file, in Nutrient's own words: see /workflow/admin/api-index on your host",
};

const countField: INodeProperties = {
	displayName: 'Row Count',
	name: 'count',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 1000,
	description: 'How many rows to export',
};

const startField: INodeProperties = {
	displayName: 'Start Row',
	name: 'start',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'How many rows to leave out at the beginning',
};

export const exportOperation: ItemOperation = {
	name: 'Export',
	description: 'Run a report and retrieve it as a file',
	action: 'Export a report',
	access: 'read',
	fields: [reportField, typeField, outputFileField],
	options: [rawFilters, countField, startField],
	prepare(read) {
		const reportId = read.id(reportField);
		const exportType = read.id(typeField);
		const property = read.text(outputFileField);
		const options = read.options();
		const query = {
			filters: rawFiltersOf(options),
			start: options.ifGiven(startField, wholeNumber(options)),
			count: options.ifGiven(countField, (field) => options.count(field)),
		};
		return async () => {
			const answer = await exportReport(this, reportId, exportType, query);
			return await fileOutput(this, answer, property, { reportId, exportType });
		};
	},
};
