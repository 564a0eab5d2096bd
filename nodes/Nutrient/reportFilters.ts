import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { fieldError } from '../shared/http/errors';
import { readDay } from './fields';

/** The label of the filter every report with dates has. */
const DATE_FILTER = 'ExposeDateFilter';

/** The filters that the report's designer exposed. Read with `readReportFilters`. */
export const reportFilters: INodeProperties[] = [
	{
		displayName: 'Filters',
		name: 'reportFilters',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add filter',
		default: {},
		description: 'Empty: the report runs with its own',
		options: [
			{
				displayName: 'Filter',
				name: 'filter',
				values: [
					{
						displayName: 'Label',
						name: 'label',
						type: 'string',
						default: '',
						placeholder: 'e.g. Department',
						description: 'The name under which the report exposes the filter',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						description: 'What to compare with',
					},
				],
			},
		],
	},
	{
		displayName: 'Dates',
		name: 'dates',
		type: 'options',
		options: [
			{ name: 'As in the Report', value: 'report' },
			{ name: 'Between Two Days', value: 'range' },
			{ name: 'Last Days', value: 'days' },
		],
		default: 'report',
		description: 'Which dates the report covers',
	},
	{
		displayName: 'Days',
		name: 'days',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 30,
		description: 'How many days back from today',
		displayOptions: { show: { dates: ['days'] } },
	},
	{
		displayName: 'From',
		name: 'from',
		type: 'dateTime',
		required: true,
		default: '',
		description: 'The first day, in the time zone of the workflow',
		displayOptions: { show: { dates: ['range'] } },
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'dateTime',
		required: true,
		default: '',
		description: 'The last day, in the time zone of the workflow',
		displayOptions: { show: { dates: ['range'] } },
	},
];

/** The filters as the service takes them: `{ label, value }`. */
export function readReportFilters(context: IExecuteFunctions, itemIndex: number): IDataObject[] {
	const given = context.getNodeParameter('reportFilters.filter', itemIndex, []) as IDataObject[];
	const filters = given.map(({ label, value }) => {
		const name = String(label ?? '').trim();
		if (name !== '') return { label: name, value };
		const hint = 'Enter the name under which the report exposes it, or remove the filter.';
		throw fieldError(context.getNode(), 'A filter has no Label', hint, itemIndex);
	});
	const dates = readDates(context, itemIndex);
	return dates === null ? filters : [...filters, { label: DATE_FILTER, value: dates }];
}

/** A number of days as text, or two days. */
function readDates(context: IExecuteFunctions, itemIndex: number): string | string[] | null {
	const kind = context.getNodeParameter('dates', itemIndex, 'report');
	if (kind === 'days') {
		const days = Number(context.getNodeParameter('days', itemIndex, 30));
		if (Number.isInteger(days) && days >= 1) return String(days);
		const hint = 'Enter a whole number from 1.';
		throw fieldError(context.getNode(), 'Days is not a whole number', hint, itemIndex);
	}
	if (kind !== 'range') return null;
	const [from, to] = ['from', 'to'].map((name) => {
		const label = name === 'from' ? 'From' : 'To';
		const day = readDay(context, label, context.getNodeParameter(name, itemIndex, ''), itemIndex);
		if (day) return day;
		throw fieldError(context.getNode(), `${label} is empty`, 'Pick a day.', itemIndex);
	});
	if (from <= to) return [from, to];
	const hint = 'Pick a later day for To.';
	throw fieldError(context.getNode(), `From ${from} is after To ${to}`, hint, itemIndex);
}
