import type { INodeProperties } from 'n8n-workflow';

import { choiceField } from '../shared/items/fields/makeField';
import { simplify } from '../shared/items/fields/runFields';
import { locator } from '../shared/items/fields/locator';
import { type FieldReader } from '../shared/items/fields/fieldReader';
import type { FeedRequest } from './api';

/** Off: with no published schema, only the untouched JSON is sure to be complete. */
export const simplifyField: INodeProperties = { ...simplify, default: false };

const dateOrderField = choiceField('Date Order', 'dateOrder', 'dayFirst', {
	description: 'How dates such as 02/03/2026 are to be read',
	choices: {
		'Day First': ['dayFirst', '02/03/2026 is 2 March'],
		'Month First': ['monthFirst', '02/03/2026 is 3 February'],
	},
});

const followPagesField: INodeProperties = {
	displayName: 'Follow Pages',
	name: 'followPages',
	type: 'boolean',
	default: false,
	description:
		'Whether to read further pages where the answer names a next one. Undocumented; only on the same host, 100 at most.',
};

const idFieldField: INodeProperties = {
	displayName: 'ID Field',
	name: 'idField',
	type: 'string',
	default: '',
	placeholder: 'e.g. taskNo',
	description:
		'Field that tells a task from all others, as a dot path. Empty: the first one that looks like it.',
};

const itemsPathField: INodeProperties = {
	displayName: 'Items Path',
	name: 'itemsPath',
	type: 'string',
	default: '',
	placeholder: 'e.g. data.tasks',
	description: 'Where the tasks are in the answer, as a dot path. Empty: they are looked for.',
};

const parameterName: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
};

const parameterValue: INodeProperties = {
	displayName: 'Value',
	name: 'value',
	type: 'string',
	default: '',
};

const queryField: INodeProperties = {
	displayName: 'Query Parameters',
	name: 'query',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add parameter',
	default: {},
	description: 'Sent with the request as they are. Affinitext documents none.',
	options: [
		{
			displayName: 'Parameter',
			name: 'parameters',
			values: [parameterName, parameterValue],
		},
	],
};

/** How the list is read, for the options of every operation and of the trigger. */
export const feedFields = [
	dateOrderField,
	followPagesField,
	idFieldField,
	itemsPathField,
	queryField,
];

/** Read it with `readTaskId`. */
export const taskIdField = locator(
	'Task',
	'taskId',
	'searchTasks',
	'The task to look for in the list',
	{
		placeholder: 'e.g. 1234',
		hint: "The task's ID, or the number in the subject of its mails",
	},
);

/** What the options say about reading the list. @throws NodeOperationError for a parameter without a name */
export function readFeedRequest(options: FieldReader): FeedRequest & { monthFirst: boolean } {
	return {
		itemsPath: options.ifGiven(itemsPathField, options.text) ?? '',
		idField: options.ifGiven(idFieldField, options.text) ?? '',
		followPages: options.isOn(followPagesField),
		monthFirst: options.choice(dateOrderField) === 'monthFirst',
		qs: readQuery(options),
	};
}

function readQuery(options: FieldReader): Record<string, string> {
	const pairs = options.rows(queryField.name, 'parameters').map((row) => {
		if (!row.has(parameterName))
			throw options.error('A query parameter has no name', 'Name it or remove it.');
		const name = row.text(parameterName);
		return [name, row.written({ ...parameterValue, displayName: `Query parameter ${name}` })];
	});
	return Object.fromEntries(pairs) as Record<string, string>;
}

/** An ID, or a number in brackets as mails show it. */
export const readTaskId = (read: FieldReader) => read.text(taskIdField).replace(/^\[(.+)\]$/, '$1');
