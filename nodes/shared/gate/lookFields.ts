/** The fields of a wait that looks again and again. */
import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { choiceField } from '../items/fields/makeField';
import type { FieldReader } from '../items/fields/fieldReader';
import { MINUTE } from './looks';
import { ruleFields } from './ruleFields';
import { limitFields } from './waitFields';

export const groupingField = choiceField('Wait For', 'grouping', 'each', {
	description:
		'Which tasks are one question. All of them leave this node together, when the last has its answer.',
	choices: {
		'Each Task by Itself': ['each', 'Each input item has its own answer'],
		'All Together': ['all', 'All input items have one answer'],
		'Groups by a Field': ['field', 'Items with the same value in a field have one answer'],
	},
});
groupingField.noDataExpression = true;

export const groupByField: INodeProperties = {
	displayName: 'Group By',
	name: 'groupField',
	type: 'string',
	default: '',
	placeholder: 'e.g. order.number',
	required: true,
	description: 'The field of the input items whose value says which ones belong together',
	requiresDataPath: 'single',
	displayOptions: { show: { grouping: ['field'] } },
};

export const everyField = choiceField('Look Again', 'lookAgain', 'growing', {
	description: 'How often to look at the tasks. n8n stores the run at each look.',
	choices: {
		'At a Fixed Interval': ['fixed', 'Every so many minutes'],
		'Less and Less Often': [
			'growing',
			'Every minute at first, then after a tenth of the time waited, an hour at most; without a limit, a day at most after 30 days',
		],
	},
});
everyField.noDataExpression = true;

export const minutesField: INodeProperties = {
	displayName: 'Minutes Between Looks',
	name: 'lookMinutes',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 5,
	description: 'How many minutes to wait before looking again, 1 at least',
	displayOptions: { show: { lookAgain: ['fixed'] } },
};

export const whenEditedField = choiceField('When Edited', 'whenEdited', 'noDecision', {
	description:
		'What to do when title, description, approver or requester are no longer what they were at the first look. An edit that is undone between two looks is not seen.',
	choices: {
		Accept: ['accept', 'The answer counts, and both texts are in the output'],
		'No Decision': ['noDecision', 'The answer does not count, the outcome is "changed"'],
	},
});

/** @param decides whether the service knows decisions: else there is nothing to count, all must be done */
export const lookFields = (decides: boolean): INodeProperties[] => [
	groupingField,
	groupByField,
	...(decides ? updateDisplayOptions({ show: { grouping: ['all', 'field'] } }, ruleFields) : []),
	...limitFields,
	everyField,
	minutesField,
];

/** Milliseconds between looks; `null`: they grow apart. */
export const readEvery = (read: FieldReader): number | null =>
	read.choice(everyField) === 'fixed' ? read.count(minutesField) * MINUTE : null;
