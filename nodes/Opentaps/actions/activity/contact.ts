import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { optionsField, parallelWrites } from '../../../shared/items/fields/common';
import type { PreparedCall } from '../../../shared/items/operations';
import { linkContact } from '../../api';
import { activityIdField, contactIdField, readId, valueOf } from '../../fields';

/** Fields of Add Contact and Remove Contact. */
export const contactProperties: INodeProperties[] = [
	activityIdField,
	contactIdField,
	{
		displayName: 'Role',
		name: 'role',
		type: 'string',
		default: '',
		placeholder: 'e.g. reviewer',
		description: 'What the contact has to do with the activity, in any words',
	},
	optionsField([parallelWrites]),
];

/** Add Contact and Remove Contact differ in one word. */
export function prepareContact(
	context: IExecuteFunctions,
	itemIndex: number,
	verb: 'add' | 'remove',
): PreparedCall {
	const activityId = readId(context, 'activityId', 'Activity', itemIndex);
	const contactId = readId(context, 'contactId', 'Contact', itemIndex);
	const role = valueOf(context.getNodeParameter('role', itemIndex, ''));
	return async () => {
		await linkContact(context, verb, { activityId, contactId, ...(role !== '' && { role }) });
		return {
			activityId,
			contactId,
			role: role || null,
			[verb === 'add' ? 'added' : 'removed']: true,
		};
	};
}
