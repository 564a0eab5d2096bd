import type { INodeProperties } from 'n8n-workflow';

import type { FieldReader } from '../../../shared/items/fields/fieldReader';
import { clearable } from '../../fields';

export const tagNameField: INodeProperties = {
	displayName: 'Name',
	name: 'tagName',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Sales::Offers',
	description: 'Name of the tag; "Parent::Child" makes a hierarchy',
};

const keywordsField: INodeProperties = {
	displayName: 'Keywords',
	name: 'tagKeywords',
	type: 'string',
	default: '',
	placeholder: 'e.g. offer, quote',
};

const urlField: INodeProperties = {
	displayName: 'URL',
	name: 'tagUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/offers',
};

export const tagDetailFields = [keywordsField, urlField];

/** What a tag has besides its name. An empty text that was set clears the value. */
export const readTagDetails = (given: FieldReader) => ({
	tagUrl: given.ifSet(urlField, clearable(given)),
	tagKeywords: given.ifSet(keywordsField, clearable(given)),
});
