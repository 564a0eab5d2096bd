import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Form } from '../../api';
import { valueOf } from '../../fields';

export const tagNameField: INodeProperties = {
	displayName: 'Name',
	name: 'tagName',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Sales::Offers',
	description: 'Name of the tag; "Parent::Child" makes a hierarchy',
};

export const tagDetailFields: INodeProperties[] = [
	{
		displayName: 'Keywords',
		name: 'tagKeywords',
		type: 'string',
		default: '',
		placeholder: 'e.g. offer, quote',
	},
	{
		displayName: 'URL',
		name: 'tagUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/offers',
	},
];

/** The tag's fields that were added, an empty one too: it clears the value. */
export function readTagFields(given: IDataObject): Form {
	const names = ['tagName', 'tagUrl', 'tagKeywords'].filter((name) => given[name] !== undefined);
	return Object.fromEntries(names.map((name) => [name, valueOf(given[name])]));
}
