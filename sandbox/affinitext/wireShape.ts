import type { AffinitextOptions, Person } from './options';
import type { AffinitextTask, State } from './store';

/** Assumption: every key and every way of writing a value. The vendor has published none. */

const CODES: Record<State, number> = {
	Assigned: 1,
	Completed: 2,
	'Awaiting Verification': 3,
	Verified: 4,
	'Re-opened': 5,
	Obsolete: 6,
};

const FOREIGN: Record<string, string> = {
	id: 'zeile',
	taskNo: 'zeile',
	subject: 'betreff',
	targetDate: 'frist',
	status: 'lage',
	assignee: 'wer',
};

const capital = (key: string) => `${key[0].toUpperCase()}${key.slice(1)}`;
const snake = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function nameOf(key: string, { naming }: AffinitextOptions): string {
	if (naming === 'foreign') return FOREIGN[key] ?? `x${capital(key)}`;
	if (naming === 'pascal') return capital(key);
	return naming === 'snake' ? snake(key) : key;
}

function writeDate(date: Date | null, { dates }: AffinitextOptions): string | number | null {
	if (date === null) return null;
	const iso = date.toISOString();
	if (dates === 'epoch') return date.getTime();
	if (dates === 'dotNet') return `/Date(${date.getTime()})/`;
	if (dates === 'day') return iso.slice(0, 10);
	return dates === 'british' ? iso.slice(0, 10).split('-').reverse().join('/') : iso;
}

function writePerson(person: Person | null, options: AffinitextOptions) {
	if (person === null || options.people === 'string') return person?.name ?? null;
	const { id, name, email } = person;
	return rename({ id, name, email }, { ...options, identifier: 'id' });
}

function writeState(state: State, { states }: AffinitextOptions): string | number {
	if (states === 'codes') return CODES[state];
	return states === 'upper' ? state.toUpperCase().replace(/\W/g, '_') : state;
}

const rename = (record: Record<string, unknown>, options: AffinitextOptions) =>
	Object.fromEntries(
		Object.entries(record).map(([key, value]) => [nameOf(key, options), value] as const),
	);

export function writeTask(task: AffinitextTask, options: AffinitextOptions) {
	const { identifier, times } = options;
	return rename(
		{
			...(identifier !== 'none' && { [identifier]: task.number }),
			subject: task.subject,
			description: task.description,
			targetDate: writeDate(task.targetDate, options),
			status: writeState(task.state, options),
			category: task.category,
			priority: task.priority,
			recurrence: task.frequency,
			assignee: writePerson(task.assignee, options),
			verifier: writePerson(task.verifier, options),
			creator: writePerson(task.creator, options),
			collaborators: task.collaborators,
			location: task.location,
			...(times && {
				createdAt: writeDate(task.createdAt, options),
				updatedAt: writeDate(task.updatedAt, options),
				completedAt: writeDate(task.completedAt, options),
			}),
		},
		options,
	);
}

/** Wraps a page of the list, and names the next one. */
export function wrap(
	tasks: unknown[],
	{ envelope, paging }: AffinitextOptions,
	total: number,
	next: string | null,
): unknown {
	const named =
		paging === 'none'
			? {}
			: paging === 'links'
				? { links: { next } }
				: paging === 'odata'
					? next !== null && { '@odata.nextLink': next }
					: { next };
	if (envelope === 'bare') return tasks;
	if (envelope === 'single') return tasks[0] ?? null;
	if (envelope === 'nested') return { data: { tasks, total }, ...named };
	const key = envelope === 'foreign' ? 'zeilen' : envelope;
	return { [key]: tasks, total, ...named };
}
