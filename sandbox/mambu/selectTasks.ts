import type { MambuParts } from './parts';
import { refusal } from './refuse';
import type { Linked, MambuTask } from './store';
import type { Version } from './version';
import { isOverdue } from './wireShape';

type Query = Record<string, unknown>;

const text = (value: unknown) => (value === undefined ? undefined : String(value));

/** Version 1 compares the names of parameters without their case (Mambu-APIs-Java, models 9.6). */
export function namesOf(query: Query, version: Version): Query {
	if (version === 'v2') return query;
	return Object.fromEntries(Object.entries(query).map(([name, v]) => [name.toLowerCase(), v]));
}

function linkFilters(query: Query, version: Version) {
	const suffix = version === 'v1' ? 'id' : 'Id';
	return { client: text(query[`client${suffix}`]), group: text(query[`group${suffix}`]) };
}

/** Version 1 takes an ID or a key (Mambu-APIs-Java, `TasksService.getTasks`). */
function isLinked(
	task: MambuTask,
	wanted: string,
	among: Linked[],
	version: Version,
	{ options }: MambuParts,
): boolean {
	const by = version === 'v1' ? 'both' : options.v2LinkFilter;
	const linked = among.find(({ encodedKey }) => encodedKey === task.taskLinkKey);
	if (!linked) return false;
	return (by !== 'key' && linked.id === wanted) || (by !== 'id' && linked.encodedKey === wanted);
}

function hasStatus(task: MambuTask, status: string, parts: MambuParts): boolean {
	const overdue = isOverdue(task, parts.clock.now());
	if (status === 'OVERDUE') return overdue;
	if (task.status !== status) return false;
	return parts.options.overdueIsOpen || !overdue;
}

function statusFilter(query: Query, version: Version, { options }: MambuParts): string | undefined {
	const asked = text(query.status);
	// omitted: OPEN only (the 2018 document)
	const fallback = version === 'v2' && options.v2DefaultStatus === 'ALL' ? undefined : 'OPEN';
	if (asked === undefined || asked === '') return fallback;
	if (!['OPEN', 'COMPLETED', 'OVERDUE'].includes(asked)) {
		throw refusal(400, 'INVALID_PARAMETERS', 'status');
	}
	if (version === 'v1' || asked !== 'OVERDUE') return asked;
	if (options.v2OverdueFilter === 'refused') throw refusal(400, 'INVALID_PARAMETERS', 'status');
	return options.v2OverdueFilter === 'ignored' ? fallback : asked;
}

/** Which tasks a list shows. Sources: the 2018 document and Mambu-APIs-Java, `TasksService.getTasks`. */
export function selectTasks(query: Query, version: Version, parts: MambuParts): MambuTask[] {
	const { store, options } = parts;
	const status = statusFilter(query, version, parts);
	const { client, group } = linkFilters(query, version);
	// Assumption: refused, as the Java client does before sending
	if (client && group) throw refusal(400, 'INVALID_PARAMETERS', 'groupId');
	const name = text(query.username);
	const user = options.users.find((candidate) =>
		[
			candidate.username,
			...(version === 'v1' ? [candidate.encodedKey, candidate.id] : []),
		].includes(name ?? ''),
	);
	const userBeatsClient = version === 'v1' || options.v2UserBeatsClient;
	const linkCounts = !(name && userBeatsClient);
	const selected = store.tasks.filter(
		(task) =>
			(status === undefined || hasStatus(task, status, parts)) &&
			(!name || (user !== undefined && task.assignedUserKey === user.encodedKey)) &&
			(!client || !linkCounts || isLinked(task, client, store.clients, version, parts)) &&
			(!group || !linkCounts || isLinked(task, group, store.groups, version, parts)),
	);
	return options.order === 'newestFirst' ? selected.reverse() : selected;
}
