/** How many must approve, and what one rejection does: the same fields on both gates. */
import type { INodeProperties } from 'n8n-workflow';

import type { FieldReader } from '../items/fields/fieldReader';
import type { Rule } from './tally';

export const ruleField: INodeProperties = {
	displayName: 'Approvals Needed',
	name: 'rule',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'All', value: 'all', description: 'Approved when everybody has approved' },
		{ name: 'Number', value: 'number', description: 'Approved when so many have approved' },
		{ name: 'One', value: 'one', description: 'Approved when one has approved' },
	],
	default: 'all',
	description: 'How many of them must approve',
};

export const neededField: INodeProperties = {
	displayName: 'Number of Approvals',
	name: 'approvalsNeeded',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 2,
	description: 'How many approvals are enough',
	displayOptions: { show: { rule: ['number'] } },
};

export const vetoField: INodeProperties = {
	displayName: 'One Rejection Rejects',
	name: 'oneRejectionRejects',
	type: 'boolean',
	default: true,
	description:
		'Whether a single rejection ends it as rejected. Off: rejected when too few are left to approve.',
};

export const ruleFields = [ruleField, neededField, vetoField];

/**
 * Reads the rule.
 * @param people how many are asked
 * @param where the group that it is read for, in the error
 * @throws when more approvals are needed than can be given
 */
export function readRule(read: FieldReader, people: number, where = ''): Rule {
	const word = read.choice<'all' | 'number' | 'one'>(ruleField);
	const veto = read.isOn(vetoField);
	if (word !== 'number') return { needed: word === 'one' ? 1 : 'all', veto };
	const needed = read.count(neededField);
	if (needed <= people) return { needed, veto };
	throw read.error(
		`Number of Approvals is ${needed}, but only ${people} can approve${where}`,
		'It could never be approved. Ask more people, or need fewer approvals.',
	);
}
