import { simplify } from '../../../shared/items/fields/commonFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { getRequest } from '../../api';
import { readId, readOptions } from '../../fields';
import { requestField } from '../../locators';
import { readSimple, requestOutput } from '../../output';

export const get: ItemOperation = {
	name: 'Get',
	description: 'Retrieve a request',
	action: 'Get a request',
	access: 'read',
	fields: [requestField, simplify],
	options: [
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
	prepare(read) {
		const { itemIndex } = read;
		const id = readId(this, 'requestId', 'Request', itemIndex);
		const simple = readSimple(this, itemIndex);
		const { includeCompletedForms, includeInstanceFiles } = readOptions(this, itemIndex);
		const query = {
			...(includeInstanceFiles === true && { includeInstanceFiles }),
			...(includeCompletedForms === true && { includeCompletedForms }),
		};
		return async () => requestOutput(await getRequest(this, id, query), simple);
	},
};
