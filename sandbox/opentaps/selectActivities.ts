import type { Parameters } from './authenticate';
import type { OpentapsOptions } from './options';
import type { OpentapsParts } from './parts';
import type { Activity } from './store';

const wanted = (value: unknown): string | null =>
	typeof value === 'string' && value !== '' ? value : null;

/**
 * `activityType` and `status`, one value each (automation/processFollowUp.rb).
 * Assumption: a list of values in one parameter is one value nobody has.
 */
export function filtered(query: Parameters, { store, options }: OpentapsParts): Activity[] {
	const ordered = [...store.activities];
	if (options.order === 'descending') ordered.reverse();
	if (options.filters === 'ignored') return ordered;
	const [type, status] = [wanted(query.activityType), wanted(query.status)];
	return ordered.filter(
		({ fields }) =>
			(type === null || fields.activityType === type.toUpperCase()) &&
			(status === null || fields.status === status),
	);
}

/** Revision 7364: `startFrom` is a sequence number, not an offset. */
export function pageOf(
	activities: Activity[],
	count: number,
	startFrom: number | null,
	{ order, startFrom: meaning, largestPage }: OpentapsOptions,
): Activity[] {
	const direction = order === 'ascending' || meaning === 'notBelow' ? 1 : -1;
	const isOn = ({ sequenceNum }: Activity) => {
		if (startFrom === null) return true;
		if (meaning === 'exclusive' && sequenceNum === startFrom) return false;
		return (sequenceNum - startFrom) * direction >= 0;
	};
	return activities.filter(isOn).slice(0, Math.min(count, largestPage));
}
