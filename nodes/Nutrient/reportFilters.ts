import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { choiceField } from '../shared/items/fields/makeField';

import type { FieldReader } from '../shared/items/fields/fieldReader';
import { toText, toWords } from '../shared/items/fields/givenValues';

/** The label of the filter every report with dates has. */
const DATE_FILTER = 'ExposeDateFilter';

const labelField: INodeProperties = {
	displayName: 'Label',
	name: 'label',
	type: 'string',
	default: '',
	placeholder: 'e.g. Department',
	description: 'The name under which the report exposes the filter',
};

const valueField: INodeProperties = {
	displayName: 'Value',
	name: 'value',
	type: 'string',
	default: '',
	description: 'What to compare with',
};

const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'reportFilters',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add filter',
	default: {},
	description: 'Empty: the report runs with its own',
	options: [{ displayName: 'Filter', name: 'filter', values: [labelField, valueField] }],
};

const datesField = choiceField('Dates', 'dates', 'report', {
	description: 'Which dates the report covers',
	choices: {
		'As in the Report': 'report',
		'Between Two Days': 'range',
		'Last Days': 'days',
	},
});

const daysField: INodeProperties = {
	displayName: 'Days',
	name: 'days',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 30,
	description: 'How many days back from today',
	displayOptions: { show: { dates: ['days'] } },
};

const dayField = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'dateTime',
	required: true,
	default: '',
	description,
	displayOptions: { show: { dates: ['range'] } },
});

const fromField = dayField('From', 'from', 'The first day, in the time zone of the workflow');
const toField = dayField('To', 'to', 'The last day, in the time zone of the workflow');

/** The filters that the report's designer exposed. Read with `readReportFilters`. */
export const reportFilters = [filtersField, datesField, daysField, fromField, toField];

/** The filters as the service takes them: `{ label, value }`. */
export function readReportFilters(read: FieldReader): IDataObject[] {
	const filters = read.rows('reportFilters', 'filter').map((row) => ({
		label: row.text(
			labelField,
			'Enter the name under which the report exposes the filter, or remove the filter.',
		),
		value:
			row.ifGiven(valueField, (field) => row.as(field, 'a text or a list of texts', toTexts)) ?? '',
	}));
	const dates = readDates(read);
	return dates === null ? filters : [...filters, { label: DATE_FILTER, value: dates }];
}

const toTexts = (given: unknown) => (Array.isArray(given) ? toWords(given) : toText(given));

/** A number of days as text, or two days. */
function readDates(read: FieldReader): string | string[] | null {
	const kind = read.choice(datesField);
	if (kind === 'days') return String(read.count(daysField));
	if (kind !== 'range') return null;
	const [from, to] = [read.day(fromField), read.day(toField)];
	if (from <= to) return [from, to];
	throw read.error(`From ${from} is after To ${to}`, 'Pick a later day for To.');
}
