/** Fields met in every vendor's nodes. */
import type { INodeProperties } from 'n8n-workflow';

export const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

export const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};

export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simple',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

const parallelField = (value: number): INodeProperties => ({
	displayName: 'Items in Parallel',
	name: 'itemsInParallel',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 20 },
	default: value,
	description:
		'How many input items to work on at the same time, 20 at most. The order of the items is kept.',
});

/** Items in Parallel for operations that only read. */
export const parallelReads = parallelField(5);

/** Items in Parallel for operations that change something. */
export const parallelWrites = parallelField(1);

/** For operations that create: the way out after an answer was lost. */
export const repeatUnknown: INodeProperties = {
	displayName: 'I Looked, It Was Not Made',
	name: 'repeatUnknown',
	type: 'boolean',
	default: false,
	description:
		'Whether to send again, when a failed execution is retried from the list, what it sent without getting an answer. Turn it on only after you have looked in the service: otherwise it may be made twice.',
};

/** A text among the fields. */
export const notice = (name: string, displayName: string): INodeProperties => ({
	displayName,
	name,
	type: 'notice',
	default: '',
});

/** The name a choice has in the menu, with its value, or with `[value, description]`. */
type Choices = Record<string, string | [value: string, description: string]>;

/** A field with one of several values, which stand in the menu in the order given. */
export const choiceField = (
	displayName: string,
	name: string,
	initial: string,
	{ description, choices }: { description: string; choices: Choices },
): INodeProperties => ({
	displayName,
	name,
	type: 'options',
	options: Object.entries(choices).map(([label, choice]) =>
		typeof choice === 'string'
			? { name: label, value: choice }
			: { name: label, value: choice[0], description: choice[1] },
	),
	default: initial,
	description,
});

/** Its fields are in alphabetical order, whatever the order given. */
const collection =
	(displayName: string, name: string, placeholder: string) =>
	(options: INodeProperties[]): INodeProperties => ({
		displayName,
		name,
		type: 'collection',
		placeholder,
		default: {},
		options: byName(options.map(optional)),
	});

const byName = (fields: INodeProperties[]) =>
	fields.sort((a, b) => a.displayName.localeCompare(b.displayName));

/** A field of a collection is never required. */
export function optional(field: INodeProperties): INodeProperties {
	const copy = { ...field };
	delete copy.required;
	return copy;
}

/** The collection that holds an operation's optional settings. */
export const optionsField = collection('Options', 'options', 'Add option');

export const filtersCollection = collection('Filters', 'filters', 'Add filter');

export const updateFieldsCollection = collection('Update Fields', 'updateFields', 'Add field');

export const additionalFieldsCollection = collection(
	'Additional Fields',
	'additionalFields',
	'Add field',
);
