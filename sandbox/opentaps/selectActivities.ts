import type { Parameters } from './authenticate';
import { IDA, type OpentapsOptions } from './options';
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
	{ order, startFrom: meaning, largestPage, inventive }: OpentapsOptions,
): Activity[] {
	const direction = order === 'ascending' || meaning === 'notBelow' ? 1 : -1;
	const isOn = ({ sequenceNum }: Activity) => {
		if (startFrom === null) return true;
		if (meaning === 'exclusive' && sequenceNum === startFrom) return false;
		return (sequenceNum - startFrom) * direction >= 0;
	};
	const page = activities.filter(isOn).slice(0, Math.min(count, largestPage));
	return inventive ? filledUp(page, count, startFrom ?? 0) : page;
}

/** As many as were asked for; those that nobody made have numbers above all others. */
export function filledUp(page: Activity[], count: number, startFrom: number): Activity[] {
	const first = Math.max(startFrom, 1_000_000) + 1;
	const missing = Array.from(
		{ length: Math.max(0, count - page.length) },
		(_, index) => first + index,
	);
	const invented = missing.map((sequenceNum): Activity => ({
		id: `invented-${sequenceNum}`,
		sequenceNum,
		noteText: 'Invented',
		createdAt: new Date(0),
		createdBy: IDA,
		fields: { activityType: 'TASK', status: 'CREATED' },
		assignedTo: [],
		contacts: new Map(),
		tagIds: new Set(),
	}));
	return [...page, ...invented];
}
