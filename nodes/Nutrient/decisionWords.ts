/** Which options of an approval mean which decision: the builder's words, and the usual ones. */
import type { INodeProperties } from 'n8n-workflow';

import type { FieldReader } from '../shared/items/fields/fieldReader';
import type { DecisionWords } from './readDecision';

/** The usual labels; processes may have others. */
export const USUAL: DecisionWords = {
	approved: ['Approve', 'Approved'],
	rejected: ['Deny', 'Denied', 'Reject', 'Rejected'],
};

export const approvedWordsField: INodeProperties = {
	displayName: 'Approved Words',
	name: 'approvedWords',
	type: 'string',
	required: true,
	default: USUAL.approved.join(', '),
	description:
		'The options of the approval that approve, as the process names them, separated by commas. Capital letters do not matter. Any other option keeps waiting.',
};

export const rejectedWordsField: INodeProperties = {
	displayName: 'Rejected Words',
	name: 'rejectedWords',
	type: 'string',
	default: USUAL.rejected.join(', '),
	description:
		'The options of the approval that reject, as the process names them, separated by commas. Empty: nothing rejects.',
};

export const decisionPathField: INodeProperties = {
	displayName: 'Decision Field',
	name: 'decisionField',
	type: 'string',
	default: '',
	placeholder: 'e.g. data.Approval',
	description:
		'Where Nutrient shows the chosen option, with dots, as Get Tasks of a request gives it with Simplify off. Empty: it is looked for in the usual places.',
};

/**
 * Reads both lists.
 * @throws when nothing approves, or a word means both
 */
export function readWords(read: FieldReader): DecisionWords {
	const approved = read.words(approvedWordsField);
	const rejected = read.words(rejectedWordsField);
	if (approved.length === 0) {
		throw read.error(
			`${approvedWordsField.displayName} is empty`,
			'Nothing could approve. Enter the options that do, as the process names them.',
		);
	}
	const lower = rejected.map((word) => word.toLowerCase());
	const both = approved.find((word) => lower.includes(word.toLowerCase()));
	if (both === undefined) return { approved, rejected };
	throw read.error(
		`"${both}" is in both ${approvedWordsField.displayName} and ${rejectedWordsField.displayName}`,
		'Remove it from one of them: an option means one thing.',
	);
}
