/** The fields of a wait, and the checks that must pass before a human is asked. */
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import * as host from 'n8n-workflow';

import { toInstant } from '../items/dates';
import { fieldError } from '../http/errors';

/** n8n's own deadline comes this much after the task's, so that "due" is heard before the time-out. */
const GRACE = 2 * 60_000;
const UNITS: Record<string, number> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };
/** A callback that meets n8n still saving is sent again after ten minutes. */
const SHORT_WAIT = 15 * 60_000;

export type WaitOutputs = 'single' | 'perDecision';
export type WhenDue = 'keepWaiting' | 'noDecision';

/** The names of the outputs when there is one per decision, in their order. */
export const DECISION_OUTPUTS = ['No Decision', 'Approved', 'Rejected'];

export const waitFields: INodeProperties[] = [
	{
		displayName: 'Limit Wait Time',
		name: 'limitWaitTime',
		type: 'boolean',
		default: true,
		description:
			'Whether to stop waiting after a time and go on without a decision. A decision made later no longer reaches this workflow.',
	},
	{
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
	},
	{
		displayName: 'Amount',
		name: 'resumeAmount',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 7,
		description: 'How long to wait, in the unit below',
		displayOptions: { show: { limitWaitTime: [true], limitType: ['afterTimeInterval'] } },
	},
	{
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
	},
	{
		displayName: 'Max Date and Time',
		name: 'maxDateAndTime',
		type: 'dateTime',
		default: '',
		description: 'When to stop waiting, in the time zone of the workflow',
		displayOptions: { show: { limitWaitTime: [true], limitType: ['atSpecifiedTime'] } },
	},
	{
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
	},
	{
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
	},
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
	const outputs = outputsOf(context.getNodeParameter('outputs', 0, 'single'), node.type);
	if (outputs === 'perDecision' && node.alwaysOutputData) {
		throw fieldError(
			node,
			'Always Output Data cannot be used with one output per decision',
			'It would run No Decision besides the real decision. Turn it off in the Settings tab, or set Outputs to Single.',
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
	const end = readEnd(context);
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
	const whenDue = context.getNodeParameter('whenDue', 0, 'keepWaiting') as WhenDue;
	return { end, deadline, outputs, whenDue };
}

/** The human-review tool of an AI agent always answers on a single output. */
export const outputsOf = (value: unknown, nodeType: string): WaitOutputs =>
	value === 'perDecision' && !nodeType.endsWith('HitlTool') ? 'perDecision' : 'single';

function readEnd(context: IExecuteFunctions): Date | null {
	const node = context.getNode();
	if (context.getNodeParameter('limitWaitTime', 0, true) !== true) return null;
	const now = Date.now();
	let end: number;
	if (context.getNodeParameter('limitType', 0, 'afterTimeInterval') === 'atSpecifiedTime') {
		const instant = toInstant(
			context.getNodeParameter('maxDateAndTime', 0, ''),
			context.getTimezone(),
		);
		if (!instant)
			throw fieldError(
				node,
				'Limit Wait Time has no valid Max Date and Time',
				'Pick a date and time.',
				0,
			);
		end = Date.parse(instant);
	} else {
		const amount = Number(context.getNodeParameter('resumeAmount', 0, 7));
		end =
			now + amount * (UNITS[context.getNodeParameter('resumeUnit', 0, 'days') as string] ?? NaN);
	}
	if (!Number.isFinite(end) || end <= now || end > host.WAIT_INDEFINITELY.getTime()) {
		throw fieldError(
			node,
			'Limit Wait Time lies in the past or is not a time',
			'Set it to a time in the future.',
			0,
		);
	}
	return new Date(end);
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
