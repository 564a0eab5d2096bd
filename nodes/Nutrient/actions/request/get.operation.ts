import { simplify } from '../../../shared/items/fields/runFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { getRequest } from '../../api';
import { requestField } from '../../locators';
import { requestOutput } from '../../output';
import { readOf } from '../../readOf';

export const get: ItemOperation = {
	name: 'Get',
	description: 'Retrieve a request',
	action: 'Get a request',
	...readOf(
		requestField,
		async (context, id, { simple, query }) =>
			requestOutput(await getRequest(context, id, query), simple),
		[simplify],
		[
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
		],
	),
};
