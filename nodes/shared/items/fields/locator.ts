/** A field that names one thing of the service: picked from a list that can be searched, or by its ID. */
import type { INodeProperties } from 'n8n-workflow';

export const locator = (
	displayName: string,
	name: string,
	searchListMethod: string,
	description: string,
	byId: { placeholder: string; hint?: string },
): INodeProperties => ({
	displayName,
	name,
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod, searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', ...byId },
	],
});
