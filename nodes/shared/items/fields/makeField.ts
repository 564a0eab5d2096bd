/** Makes fields of the kinds that vendors have many of. */
import type { INodeProperties } from 'n8n-workflow';

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
