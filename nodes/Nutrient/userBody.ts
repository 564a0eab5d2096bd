import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { fieldError } from '../shared/http/errors';
import { readObject } from './fields';

/** The members of version 8 are not documented, so they are the user's own to write. */
export const userBodyField: INodeProperties = {
	displayName: 'User Data',
	name: 'userData',
	type: 'json',
	required: true,
	default: '{}',
	placeholder: 'e.g. { "userName": "ada", "firstName": "Ada", "email": "ada@example.com" }',
	description:
		'A JSON object that is sent as it is. Its members are listed under /workflow/admin/api-index on your host; version 7 wrote UserName, NameFirst, NameLast, Email.',
};

/** @throws NodeOperationError when there is nothing in it. */
export function readUserBody(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const value = context.getNodeParameter('userData', itemIndex, '');
	const body = readObject(context, 'User Data', value, itemIndex);
	if (Object.keys(body).length > 0) return body;
	const hint = 'Enter a JSON object with at least one member.';
	throw fieldError(context.getNode(), 'User Data is empty', hint, itemIndex);
}
