import type { OperationBody } from '../../../shared/items/operations';
import { linkContact } from '../../api';
import { activityIdField, contactIdField, readId, valueOf } from '../../fields';

/** Add Contact and Remove Contact differ in one word. */
export const contact = (verb: 'add' | 'remove'): OperationBody => ({
	access: 'write',
	fields: [
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
	],
	prepare(read) {
		const { itemIndex } = read;
		const activityId = readId(this, 'activityId', 'Activity', itemIndex);
		const contactId = readId(this, 'contactId', 'Contact', itemIndex);
		const role = valueOf(this.getNodeParameter('role', itemIndex, ''));
		return async () => {
			await linkContact(this, verb, { activityId, contactId, ...(role !== '' && { role }) });
			const done = verb === 'add' ? 'added' : 'removed';
			return { activityId, contactId, role: role || null, [done]: true };
		};
	},
});
