import type { ItemOperation } from '../../../shared/items/operations';
import { exportReport } from '../../api';
import { fileOutput } from '../../binaryFile';
import {
	checkId,
	given,
	outputFileField,
	rawFilters,
	readFilters,
	readId,
	readOptions,
	readText,
} from '../../fields';
import { reportField } from '../../locators';

export const exportOperation: ItemOperation = {
	name: 'Export',
	description: 'Run a report and retrieve it as a file',
	action: 'Export a report',
	access: 'read',
	fields: [
		reportField,
		{
			displayName: 'Export Type',
			name: 'exportType',
			type: 'string',
			required: true,
			default: 'csv_utf8',
			placeholder: 'e.g. csv_utf8',
			description:
				"The kind of file, in Nutrient's own words: see /workflow/admin/api-index on your host",
		},
		outputFileField,
	],
	options: [
		rawFilters,
		{
			displayName: 'Row Count',
			name: 'count',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1000,
			description: 'How many rows to export',
		},
		{
			displayName: 'Start Row',
			name: 'start',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: 'How many rows to leave out at the beginning',
		},
	],
	prepare(read) {
		const { itemIndex } = read;
		const reportId = readId(this, 'reportId', 'Report', itemIndex);
		const exportType = checkId(
			this,
			'Export Type',
			this.getNodeParameter('exportType', itemIndex, ''),
			itemIndex,
		);
		const property = readText(this, 'binaryPropertyName', outputFileField.displayName, itemIndex);
		const { filters, start, count } = readOptions(this, itemIndex);
		const query = given({ filters: readFilters(this, filters, itemIndex), start, count });
		return async () => {
			const answer = await exportReport(this, reportId, exportType, query);
			return await fileOutput(this, answer, property, { reportId, exportType });
		};
	},
};
