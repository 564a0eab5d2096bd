/** Nobody approves what they ask for themselves: tells whether approver and requester are one person. */
import type { INode, INodeProperties, NodeOperationError } from 'n8n-workflow';

import { fieldError } from '../http/nodeErrors';
import type { Person } from '../task';

export const ownApprovalField: INodeProperties = {
	displayName: 'Requester May Approve',
	name: 'requesterMayApprove',
	type: 'boolean',
	// nobody who fills in a form turns it on, and it is read again when the decision comes
	noDataExpression: true,
	default: false,
	description:
		'Whether the person who asks may be the one who approves. Off: such a task is refused, also when the two addresses differ only in capital letters, dots or a +tag before the @.',
};

/** @returns how the two are one person, in a sentence; `null` when they are two, or one of them is not known */
export function whyOwnApproval(requester: Person | null, approver: Person | null): string | null {
	if (!requester || !approver) return null;
	if (requester.id !== null && requester.id === approver.id)
		return 'Requester and approver are the same person.';
	const [one, other] = [requester.email, approver.email];
	if (one === null || other === null) return null;
	if (plain(one) === plain(other)) return 'Requester and approver are the same person.';
	if (!isOneMailbox(one, other)) return null;
	return `Requester ${one} and approver ${other} are one mailbox: dots and what follows a + before the @ make no other person.`;
}

/**
 * The refusal, where the two are one person.
 * @param words what it begins with, such as "Nobody was asked: the"
 */
export function ownApproval(
	node: INode,
	requester: Person | null,
	approver: Person | null,
	itemIndex: number,
	words = 'The',
): NodeOperationError | null {
	const why = whyOwnApproval(requester, approver);
	if (why === null) return null;
	return fieldError(
		node,
		`${words} requester may not approve their own request`,
		`${why} Choose another approver, or turn on ${ownApprovalField.displayName} in Options.`,
		itemIndex,
	);
}

/** Whether mail for both arrives at one place. */
export const isOneMailbox = (one: string, other: string): boolean =>
	mailbox(one) === mailbox(other);

// signs that nobody sees, such as a zero-width space, make no other person
const plain = (email: string) =>
	email
		.normalize('NFKC')
		.replace(/\p{Cf}/gu, '')
		.trim()
		.toLowerCase();

/** Where mail for the address arrives, as most mail services have it. */
function mailbox(email: string): string {
	const text = plain(email);
	const at = text.lastIndexOf('@');
	const name = text.slice(0, at).replace(/\+.*$/s, '').replaceAll('.', '');
	const host = text.slice(at + 1).replace(/\.$/, '');
	// as it is sent: the same domain may be written in its own script or in ASCII
	const domain = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : host;
	return `${name}@${domain === 'googlemail.com' ? 'gmail.com' : domain}`;
}
