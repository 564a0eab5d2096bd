/** Who is asked: one person or several, each once, and all of them answer where the login can see it. */
import type { INodeProperties } from 'n8n-workflow';

import { nobodyAsked } from '../shared/gate/nobodyAsked';
import { isOneMailbox } from '../shared/gate/ownApproval';
import type { ItemFields } from '../shared/items/fields/fieldReader';
import { toEmail, toEntries } from '../shared/items/fields/givenValues';
import { readLoginEmail, type AppmixerApi } from './api';
import { approverField } from './fields';

/** So many tasks are read again at each answer. */
const MOST = 20;

export const approversField: INodeProperties = {
	...approverField,
	placeholder: 'e.g. grace@example.com, alan@example.com',
	description:
		'Who decides, spelt as in their login: capital letters count. Several with commas between, 20 at most: each gets a task, and the requester has to be the login of the credential.',
};

/** The addresses of an item. @throws before anybody is asked, when one cannot be used or is there twice */
export function readApprovers(read: ItemFields): string[] {
	const advice = 'Enter one address, such as ada@example.com, or several with commas between.';
	const words = read.as(approversField, 'an e-mail address', toEntries);
	if (words.every((word) => word === '')) throw read.error('Approver E-Mail is empty', advice);
	const empty = words.indexOf('');
	if (empty >= 0) {
		// left out, fewer people than were meant would approve
		throw nobodyAsked(
			read.node,
			`approver ${empty + 1} of ${words.length} is empty`,
			'Each entry must be an address. Look at what the expressions give, and at commas with nothing behind them.',
		);
	}
	const approvers = words.map((word) => {
		const email = toEmail(word);
		if (email !== undefined) return email;
		throw read.error(
			`Approver E-Mail "${word.slice(0, 100)}" is not an e-mail address`,
			words.length > 1 ? advice : 'Enter one address, such as ada@example.com.',
		);
	});
	if (approvers.length > MOST) {
		throw nobodyAsked(
			read.node,
			`${approvers.length} approvers are too many: ${MOST} at most`,
			'Ask fewer people, or use a group mailbox.',
		);
	}
	approvers.forEach((approver, index) => {
		const before = approvers.slice(0, index).find((other) => isOneMailbox(other, approver));
		if (before === undefined) return;
		throw nobodyAsked(
			read.node,
			before === approver
				? `${approver} is twice among the approvers`
				: `${before} and ${approver} are one mailbox, and its approval would count twice`,
			'Enter each approver once. Capital letters, dots and what follows a + before the @ make no other person.',
		);
	});
	return approvers;
}

/**
 * The answers of several people are read by the login, and Appmixer shows it only tasks in which it is requester or
 * approver, letter by letter.
 */
export async function refuseUnseen(
	api: AppmixerApi,
	requester: string,
	approvers: string[],
): Promise<void> {
	const login = await readLoginEmail(api);
	if (login === requester || approvers.every((approver) => approver === login)) return;
	const node = api.context.getNode();
	if (login === null) {
		throw nobodyAsked(
			node,
			'it is not known whether the login would see the answers',
			'Appmixer does not tell the e-mail address of this login, which has to be the requester of several approvers. Enter one approver, or use another credential.',
		);
	}
	throw nobodyAsked(
		node,
		`the login ${login} would not see the answers of several approvers`,
		`Appmixer shows tasks only to their requester and approver, letter by letter. Enter ${login} as Requester E-Mail, or use the credential of ${requester}.`,
	);
}
