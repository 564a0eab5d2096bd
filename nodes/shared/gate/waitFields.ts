/** The fields of a wait, and the checks that must pass before a human is asked. */
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import * as host from 'n8n-workflow';

import type { FieldReader } from '../items/fields/fieldReader';
import { toNumber } from '../items/fields/givenValues';
import { fieldsOf } from '../items/fields/readFields';
import { fillsSuccessBranch } from '../items/failItem';
import { fieldError } from '../http/nodeErrors';

/** n8n's own deadline comes this much after the task's, so that "due" is heard before the time-out. */
const GRACE = 2 * 60_000;
const UNITS: Record<string, number> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };
/** A callback that meets n8n still saving is sent again after ten minutes. */
const SHORT_WAIT = 15 * 60_000;

export type WaitOutputs = 'single' | 'perDecision';
export type WhenDue = 'keepWaiting' | 'noDecision';

/** The names of the outputs when there is one per decision, in their order. */
export const DECISION_OUTPUTS = ['No Decision', 'Approved', 'Rejected'];

const limitSwitch: INodeProperties = {
	displayName: 'Limit Wait Time',
	name: 'limitWaitTime',
	type: 'boolean',
	default: true,
	description:
		'Whether to stop waiting after a time and go on without a decision. A decision made later no longer reaches this workflow.',
};

const limitType: INodeProperties = {
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

const amount: INodeProperties = {
	displayName: 'Amount',
	name: 'resumeAmount',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 7,
	description: 'How long to wait, in the unit below',
	displayOptions: { show: { limitWaitTime: [true], limitType: ['afterTimeInterval'] } },
};

const unit: INodeProperties = {
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

const maxDate: INodeProperties = {
	displayName: 'Max Date and Time',
	name: 'maxDateAndTime',
	type: 'dateTime',
	default: '',
	description: 'When to stop waiting, in the time zone of the workflow',
	displayOptions: { show: { limitWaitTime: [true], limitType: ['atSpecifiedTime'] } },
};

const whenDueField: INodeProperties = {
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

export const waitFields: INodeProperties[] = [
	limitSwitch,
	limitType,
	amount,
	unit,
	maxDate,
	whenDueField,
	outputsField,
];

export interface WaitPlan {
	/** When the wait ends for the human; `null`: never. */
	end: Date | null;
	/** When n8n gives up, a little later. */
	deadline: Date;
	outputs: WaitOutputs;
	whenDue: WhenDue;
}

/** Reads and checks everything about the wait. Call it before anything is created. */
export function readWaitPlan(context: IExecuteFunctions): WaitPlan {
	const node = context.getNode();
	const read = fieldsOf(context, 0);
	const outputs = outputsOf(read.choice(outputsField), node.type);
	if (outputs === 'perDecision' && node.alwaysOutputData) {
		throw fieldError(
			node,
			'Always Output Data cannot be used with one output per decision',
			'It would run No Decision besides the real decision. Turn it off in the Settings tab, or set Outputs to Single.',
			0,
		);
	}
	if (fillsSuccessBranch(context)) {
		throw fieldError(
			node,
			'Always Output Data cannot be used with the error output',
			'After a failure n8n would run the other branch as well, with an empty item. Turn it off in the Settings tab.',
			0,
		);
	}
	if (outputs === 'perDecision' && !('checkNodesApiVersion' in host)) {
		throw fieldError(
			node,
			'One output per decision needs n8n 2.39 or newer',
			'Older versions lose what leaves by the other outputs. Set Outputs to Single.',
			0,
		);
	}
	const end = readEnd(read);
	const deadline = end ? new Date(end.getTime() + GRACE) : host.WAIT_INDEFINITELY;
	refuseBeyondTimeout(context, deadline);
	if (end && end.getTime() - Date.now() < SHORT_WAIT) {
		context.addExecutionHints({
			message:
				'Limit Wait Time is under 15 minutes. An answer that arrives while n8n is busy saving is sent again after 10 minutes, which may be too late.',
			type: 'warning',
			location: 'outputPane',
		});
	}
	return { end, deadline, outputs, whenDue: read.choice<WhenDue>(whenDueField) };
}

/** The human-review tool of an AI agent always answers on a single output. */
export const outputsOf = (value: unknown, nodeType: string): WaitOutputs =>
	value === 'perDecision' && !nodeType.endsWith('HitlTool') ? 'perDecision' : 'single';

function readEnd(read: FieldReader): Date | null {
	if (!read.isOn(limitSwitch)) return null;
	const now = Date.now();
	const end =
		read.choice(limitType) === 'atSpecifiedTime'
			? Date.parse(readMaxDate(read))
			: now + readAmount(read) * UNITS[read.choice(unit)];
	if (end > now && end <= host.WAIT_INDEFINITELY.getTime()) return new Date(end);
	throw read.error(
		'Limit Wait Time lies in the past or is not a time',
		'Set it to a time in the future.',
	);
}

function readMaxDate(read: FieldReader): string {
	if (read.has(maxDate)) return read.instant(maxDate);
	throw read.error('Limit Wait Time has no valid Max Date and Time', 'Pick a date and time.');
}

/** Half a day is a time, too. */
function readAmount(read: FieldReader): number {
	return read.as(amount, 'a number', toNumber, 'Enter how long to wait, in the unit below.');
}

function refuseBeyondTimeout(context: IExecuteFunctions, deadline: Date): void {
	const { executionTimeout } = context.getWorkflowSettings() as IDataObject;
	const seconds = Number(executionTimeout ?? -1);
	if (!(seconds > 0) || deadline.getTime() <= Date.now() + seconds * 1000) return;
	throw fieldError(
		context.getNode(),
		`The workflow times out after ${seconds} seconds, before Limit Wait Time ends`,
		'n8n would cancel the run instead of going on without a decision. Shorten Limit Wait Time (it ends 2 minutes after the time you set), or raise Timeout Workflow in the workflow settings.',
		0,
	);
}
