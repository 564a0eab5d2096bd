/** Reads how long to wait and what for, and makes the checks that must pass before a human is asked. */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import * as host from 'n8n-workflow';

import { fieldError } from '../http/nodeErrors';
import { fillsSuccessBranch } from '../items/failItem';
import type { FieldReader } from '../items/fields/fieldReader';
import { toNumber } from '../items/fields/givenValues';
import { fieldsOf } from '../items/fields/readFields';
import {
	amount,
	limitSwitch,
	limitType,
	maxDate,
	outputsField,
	unit,
	whenDueField,
	type WaitOutputs,
	type WhenDue,
} from './waitFields';

/** n8n's own deadline comes this much after the task's, so that "due" is heard before the time-out. */
const GRACE = 2 * 60_000;
const UNITS: Record<string, number> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };
/** A callback that meets n8n still saving is sent again after ten minutes. */
const SHORT_WAIT = 15 * 60_000;

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
