import type { INodeProperties } from 'n8n-workflow';

import { simplify } from '../../../shared/items/fields/commonFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { getRequest } from '../../api';
import { switchesOn } from '../../fields';
import { requestField } from '../../locators';
import { requestOutput } from '../../output';

const includes: INodeProperties[] = [
	{
		displayName: 'Include Completed Forms',
		name: 'includeCompletedForms',
		type: 'boolean',
		default: false,
		description: 'Whether to include what was filled in; seen with Simplify off',
	},
	{
		displayName: 'Include Files',
		name: 'includeInstanceFiles',
		type: 'boolean',
		default: false,
		description: 'Whether to include the files of the request; seen with Simplify off',
	},
];

export const get: ItemOperation = {
	name: 'Get',
	description: 'Retrieve a request',
	action: 'Get a request',
	access: 'read',
	fields: [requestField, simplify],
	options: includes,
	prepare(read) {
		const id = read.id(requestField);
		const simple = read.simple();
		const query = switchesOn(read.options(), includes);
		return async () => requestOutput(await getRequest(this, id, query), simple);
	},
};
