import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { FieldReader } from '../shared/items/fields/fieldReader';

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
export function readUserBody(read: FieldReader): IDataObject {
	const body = read.record(userBodyField);
	if (Object.keys(body).length > 0) return body;
	throw read.error('User Data is empty', 'Enter a JSON object with at least one member.');
}
