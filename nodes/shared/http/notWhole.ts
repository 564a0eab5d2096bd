/** The error for a list that cannot be had whole: names the service, what was being read, and what to do. */
import type { INode, NodeApiError } from 'n8n-workflow';

import { refusalError } from './statusWords';

/** Whose list is read. */
export interface ListName {
	node: INode;
	service: string;
	/** What is being done, as "list tasks". */
	action: string;
}

const WHY = {
	changes: [
		'changes its list faster than it can be read',
		'Try again later, or narrow the filters, so that the list has fewer pages.',
	],
	tellsMore: [
		'gives fewer entries than it says there are',
		'Perhaps this login may not see the rest. Narrow the filters, or in Get Many turn off Return All and set a Limit.',
	],
	endless: [
		'gives a list that does not end',
		'Narrow the filters, or in Get Many turn off Return All and set a Limit.',
	],
	samePage: [
		'gives the same page whichever is asked for',
		'Narrow the filters until the list fits on one page.',
	],
	cutShort: [
		'cuts its list short and has no further pages',
		'Remove the Query Parameters, or narrow the filters until the list fits on one page.',
	],
};

/** @param total how many there are, where the service tells */
export function notWhole(
	{ node, service, action }: ListName,
	why: keyof typeof WHY,
	read: number,
	total?: number,
): NodeApiError {
	const [what, advice] = WHY[why];
	const of = total === undefined ? '' : ` of ${total}`;
	const hint = `${read}${of} entries were read, and others may be missing. ${advice}`;
	// only a list that changes can be had later
	const means = why === 'changes' ? undefined : 422;
	return refusalError(node, { service, action, status: 0, means, what, hint });
}
