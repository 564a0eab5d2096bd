import type { IDataObject } from 'n8n-workflow';

import type { Person } from '../shared/task';
import { isRecord } from './readWire';
import { idText, textOf } from './task';

/** E-mail addresses of a contact: `emails[].email`. */
export function emailsOf({ emails }: IDataObject): string[] {
	const entries: unknown[] = Array.isArray(emails) ? emails : [];
	return entries
		.map((entry) => (isRecord(entry) ? entry.email : entry))
		.filter((email): email is string => typeof email === 'string' && email !== '');
}

/** A contact as every service's people look; all its addresses are in the raw data. */
export const toPerson = (user: IDataObject): Person => ({
	id: idText(user._id ?? user.contactId) || null,
	name: textOf(user, 'fullName'),
	email: emailsOf(user)[0] ?? null,
});
