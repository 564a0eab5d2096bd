import type { ResponseToolkit, ResponseObject } from '@hapi/hapi';

import type { OpentapsOptions } from './options';
import type { Activity } from './store';
import { activityOnWire } from './wireShape';

/** The common envelope ("CRM-2 Activities API", revision 7364). */
export const envelope = (resultValue: unknown) => ({ result: { resultValue } });

export function listOf(entries: object[], { nothingFound }: OpentapsOptions): object {
	return entries.length === 0 && nothingFound === 'missing' ? { result: {} } : envelope(entries);
}

export function created(activity: Activity, options: OpentapsOptions): object {
	const record = activityOnWire(activity, options);
	return {
		record: envelope(record),
		id: envelope({ activityId: activity.id }),
		topLevel: record,
		empty: {},
	}[options.createAnswer];
}

export function updated(activity: Activity, options: OpentapsOptions): object {
	return {
		record: envelope(activityOnWire(activity, options)),
		acknowledged: { result: { resultValue: 'OK' } },
		empty: {},
	}[options.updateAnswer];
}

export function done(h: ResponseToolkit, { doneAnswer }: OpentapsOptions): ResponseObject {
	if (doneAnswer === 'noContent') return h.response().code(204);
	return h.response(doneAnswer === 'empty' ? {} : { result: { resultValue: 'OK' } });
}
