/** The fields of a wait. */
import type { INode, INodeProperties } from 'n8n-workflow';

import { guarded, isGuarded, unguarded } from './nodeVersion';

export type WaitOutputs = 'single' | 'perDecision';
export type WhenDue = 'keepWaiting' | 'noDecision';

/** The names of the outputs when there is one per decision, in their order. */
export const DECISION_OUTPUTS = ['No Decision', 'Approved', 'Rejected'];

export const limitSwitch: INodeProperties = {
	displayName: 'Limit Wait Time',
	name: 'limitWaitTime',
	type: 'boolean',
	default: true,
	description:
		'Whether to stop waiting after a time and go on without a decision. A decision made later no longer reaches this workflow.',
};

export const limitType: INodeProperties = {
	displayName: 'Limit Type',
	name: 'limitType',
	type: 'options',
	options: [
		{ name: 'After Time Interval', value: 'afterTimeInterval' },
		{ name: 'At Specified Time', value: 'atSpecifiedTime' },
	],
	default: 'afterTimeInterval',
	description: 'When to stop waiting',
	displayOptions: { show: { limitWaitTime: [true] } },
};

export const amount: INodeProperties = {
	displayName: 'Amount',
	name: 'resumeAmount',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 7,
	description: 'How long to wait, in the unit below',
	displayOptions: { show: { limitWaitTime: [true], limitType: ['afterTimeInterval'] } },
};

export const unit: INodeProperties = {
	displayName: 'Unit',
	name: 'resumeUnit',
	type: 'options',
	options: [
		{ name: 'Minutes', value: 'minutes' },
		{ name: 'Hours', value: 'hours' },
		{ name: 'Days', value: 'days' },
	],
	default: 'days',
	description: 'The unit of the amount above',
	displayOptions: { show: { limitWaitTime: [true], limitType: ['afterTimeInterval'] } },
};

export const maxDate: INodeProperties = {
	displayName: 'Max Date and Time',
	name: 'maxDateAndTime',
	type: 'dateTime',
	default: '',
	description: 'When to stop waiting, in the time zone of the workflow',
	displayOptions: { show: { limitWaitTime: [true], limitType: ['atSpecifiedTime'] } },
};

export const whenDueField: INodeProperties = {
	displayName: 'When Due',
	name: 'whenDue',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Keep Waiting',
			value: 'keepWaiting',
			description: 'A task past its date can still be approved or rejected',
		},
		{
			name: 'Resume as No Decision',
			value: 'noDecision',
			description: 'Go on at once with the outcome "due"',
		},
	],
	default: 'keepWaiting',
	description: 'What to do when the date in Decision By passes without a decision',
};

const outputsField: INodeProperties = {
	displayName: 'Outputs',
	name: 'outputs',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Single',
			value: 'single',
			description: 'One output; check "approved" or "outcome" in the next node',
		},
		{
			name: 'One per Decision',
			value: 'perDecision',
			description: 'No Decision, Approved and Rejected; needs n8n 2.39 or newer',
		},
	],
	default: 'single',
	description: 'How many outputs this node has',
};

/** Whoever wires the next node to a single output runs it after a rejection, too. */
const OUTPUTS = { v1: outputsField, guarded: { ...outputsField, default: 'perDecision' } };

/** The field as this node has it, with the default that its stored parameters were left at. */
export const outputsFieldOf = (node: Pick<INode, 'typeVersion'>): INodeProperties =>
	isGuarded(node) ? OUTPUTS.guarded : OUTPUTS.v1;

/** How long to wait. */
export const limitFields: INodeProperties[] = [limitSwitch, limitType, amount, unit, maxDate];

export const waitFields: INodeProperties[] = [
	...limitFields,
	whenDueField,
	unguarded(OUTPUTS.v1),
	guarded(OUTPUTS.guarded),
];
