import type { INodeProperties } from 'n8n-workflow';

import type { OperationBody } from '../../../shared/items/operations';
import { linkContact } from '../../api';
import { activityIdField, contactIdField } from '../../fields';

const roleField: INodeProperties = {
	displayName: 'Role',
	name: 'role',
	type: 'string',
	default: '',
	placeholder: 'e.g. reviewer',
	description: 'What the contact has to do with the activity, in any words',
};

/** Add Contact and Remove Contact differ in one word. */
export const contact = (verb: 'add' | 'remove'): OperationBody => ({
	access: 'write',
	fields: [activityIdField, contactIdField, roleField],
	prepare(read) {
		const activityId = read.id(activityIdField);
		const contactId = read.id(contactIdField);
		const role = read.ifGiven(roleField, read.text);
		return async () => {
			await linkContact(this, verb, { activityId, contactId, ...(role && { role }) });
			const done = verb === 'add' ? 'added' : 'removed';
			return { activityId, contactId, role: role ?? null, [done]: true };
		};
	},
});
