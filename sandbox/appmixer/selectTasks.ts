import { placeOf } from '../anyOrder';
import { compileFilter, fieldOf, storedField } from './matchFilter';
import type { Flavour } from './options';
import type { Task } from './store';

/** A list's query as it came over the wire. */
export type ListQuery = Record<string, unknown>;

const text = (value: unknown): string =>
	typeof value === 'string' ? value : Array.isArray(value) ? text(value[0]) : '';

/**
 * Says which tasks a caller may list: with `secret` those of that secret, otherwise those with the caller's e-mail
 * as approver or requester; `role` names the one field to compare. Neither is a failed assertion, hence 500.
 * Source: utils.js and query.js, github.com/clientIO/appmixer-connectors src/appmixer/utils/tasks.
 */
function visibleTo(caller: string | undefined, query: ListQuery): (task: Task) => boolean {
	const secret = text(query.secret);
	const role = text(query.role);
	if (secret === '' && caller === undefined) throw new Error('Missing secret query parameter.');
	const [wanted, suffix] = secret === '' ? [caller, ''] : [secret, 'Secret'];
	const fields = role === '' ? ['approver', 'requester'] : [role];
	return (task) => fields.some((field) => fieldOf(task, `${field}${suffix}`) === wanted);
}

/** All tasks a list or a count is about. A bad `pattern` throws, hence 500. */
export function selectTasks(
	tasks: Task[],
	caller: string | undefined,
	query: ListQuery,
	flavour: Flavour,
): Task[] {
	const visible = visibleTo(caller, query);
	const filter = text(query.filter);
	const passes = filter === '' ? () => true : compileFilter(filter, flavour);
	const pattern = new RegExp(text(query.pattern), 'i');
	return tasks.filter((task) => visible(task) && passes(task) && pattern.test(String(task.title)));
}

/** What a field sorts by; the only objects among them are dates. */
function sortKey(value: unknown): string | number {
	if (typeof value === 'object' && value !== null) return Number(value);
	return typeof value === 'number' ? value : String(value ?? '');
}

function compare(a: string | number, b: string | number): number {
	return a === b ? 0 : a < b ? -1 : 1;
}

/**
 * One page in the order asked for by `sort=field:1` or `field:-1`. Without it Mongo promises no order, so here it
 * differs from list to list, in a repeatable way: `turn` counts the lists.
 *
 * Assumption: `limit` 0 means no limit, as in Mongo; a limit that is no number counts as the default of 100.
 */
export function pageOfTasks(
	tasks: Task[],
	query: ListQuery,
	{
		flavour,
		turn,
		maxLimit,
		shuffleTies,
	}: { flavour: Flavour; turn: number; maxLimit: number; shuffleTies: boolean },
): Task[] {
	const [name, direction = '1'] = text(query.sort).split(':');
	const place = ({ taskId }: Task) => placeOf(turn, taskId);
	const key = (task: Task) =>
		name === '' ? place(task) : sortKey(fieldOf(task, storedField(name, flavour)));
	const sign = direction === '-1' ? -1 : 1;

	const offset = Math.max(0, Number.parseInt(text(query.offset), 10) || 0);
	const asked = Number.parseInt(text(query.limit), 10);
	const limit = Math.min(Number.isNaN(asked) ? 100 : asked || Infinity, maxLimit);
	return tasks
		.map((task) => ({ task, key: key(task), tie: shuffleTies ? place(task) : 0 }))
		.sort((a, b) => sign * compare(a.key, b.key) || compare(a.tie, b.tie))
		.slice(offset, offset + limit)
		.map(({ task }) => task);
}

/** The names a `projection` excludes: `-description,-mtime`. Assumption: anything else in it is ignored. */
export function excludedFields(query: ListQuery, flavour: Flavour): string[] {
	return text(query.projection)
		.split(',')
		.filter((part) => part.startsWith('-'))
		.map((part) => storedField(part.slice(1), flavour));
}
