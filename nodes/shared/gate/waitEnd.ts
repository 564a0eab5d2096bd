/** Reads how long to wait, and refuses an end that n8n would not live to see. Both gates read it so. */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { WAIT_INDEFINITELY } from 'n8n-workflow';

import { fieldError } from '../http/nodeErrors';
import type { FieldReader } from '../items/fields/fieldReader';
import { toNumber } from '../items/fields/givenValues';
import { amount, limitSwitch, limitType, maxDate, unit } from './waitFields';

const UNITS: Record<string, number> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

/** @returns `null` without a limit */
export function readEnd(read: FieldReader): Date | null {
	if (!read.isOn(limitSwitch)) return null;
	const now = Date.now();
	const end =
		read.choice(limitType) === 'atSpecifiedTime'
			? Date.parse(readMaxDate(read))
			: now + readAmount(read) * UNITS[read.choice(unit)];
	if (end > now && end <= WAIT_INDEFINITELY.getTime()) return new Date(end);
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

/** When n8n stops the run; the host shows it to no node officially. */
interface Timed {
	additionalData?: { executionTimeoutTimestamp?: number };
}

/**
 * Refuses a wait that a time-out would cancel: the workflow's own, or, where the host shows it, that which n8n has for
 * every workflow.
 * @param grace what the wait lasts beyond the time that was set, for the error
 */
export function refuseBeyondTimeout(context: IExecuteFunctions, deadline: Date, grace = ''): void {
	const { executionTimeout } = context.getWorkflowSettings() as IDataObject;
	const seconds = Number(executionTimeout ?? -1);
	if (seconds > 0 && deadline.getTime() > Date.now() + seconds * 1000) {
		throw beyondTimeout(context, `The workflow times out after ${seconds} seconds`, grace);
	}
	const at = (context as unknown as Timed).additionalData?.executionTimeoutTimestamp;
	if (typeof at !== 'number' || deadline.getTime() <= at) return;
	const left = Math.round((at - Date.now()) / 1000);
	throw beyondTimeout(context, `n8n stops every run after ${left} seconds`, grace);
}

const beyondTimeout = (context: IExecuteFunctions, what: string, grace: string) =>
	fieldError(
		context.getNode(),
		`${what}, before Limit Wait Time ends`,
		`n8n would cancel the run instead of going on without a decision. Shorten Limit Wait Time${grace}, or raise Timeout Workflow in the workflow settings, or n8n's EXECUTIONS_TIMEOUT.`,
		0,
	);
