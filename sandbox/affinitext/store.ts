import type { Clock } from '../clock';
import { ANN, TAU, type Person } from './options';

/**
 * Where a task stands, after the mails of "6.3 Email Notifications": assigned, then completed or, with a verifier,
 * awaiting verification, then verified or re-opened.
 * Assumption: the words.
 */
export type State =
	'Assigned' | 'Completed' | 'Awaiting Verification' | 'Verified' | 'Re-opened' | 'Obsolete';

/** A task with what the product's screens show ("2.7 Task Manager"). */
export interface AffinitextTask {
	number: number;
	subject: string;
	description: string;
	targetDate: Date | null;
	category: string;
	priority: string;
	frequency: string | null;
	assignee: Person;
	verifier: Person | null;
	creator: Person;
	/** A user group. */
	collaborators: string | null;
	/** The clause it is pinned to. */
	location: string;
	state: State;
	createdAt: Date;
	updatedAt: Date;
	completedAt: Date | null;
}

export type NewTask = Partial<AffinitextTask>;

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

export interface Store {
	/** In the order of creation. */
	tasks: AffinitextTask[];
	add(task?: NewTask): AffinitextTask;
	change(task: AffinitextTask, fields: NewTask): void;
	/** "2.11 Relocating Tasks": obsolete tasks may be deleted. */
	remove(task: AffinitextTask): void;
	/** "6.5 Task API": creator, assignee, verifier, or in the group that collaborates. */
	visibleTo(person: Person): AffinitextTask[];
}

export function createStore(clock: Clock): Store {
	const tasks: AffinitextTask[] = [];
	const at = () => new Date(clock.now());
	let last = 100;
	return {
		tasks,
		add(given = {}) {
			const task: AffinitextTask = {
				number: ++last,
				subject: 'Review clause 4.2',
				description: 'Check the notice period',
				targetDate: new Date(clock.now() + WEEK_MS),
				category: 'Review',
				priority: 'High',
				frequency: null,
				assignee: ANN,
				verifier: null,
				creator: TAU,
				collaborators: null,
				location: 'Book 1 / 4.2',
				state: 'Assigned',
				createdAt: at(),
				updatedAt: at(),
				completedAt: null,
				...given,
			};
			tasks.push(task);
			return task;
		},
		change: (task, fields) => void Object.assign(task, { updatedAt: at() }, fields),
		remove: (task) => void tasks.splice(tasks.indexOf(task), 1),
		visibleTo: ({ id, groups }) =>
			tasks.filter(
				({ creator, assignee, verifier, collaborators }) =>
					[creator, assignee, verifier].some((person) => person?.id === id) ||
					(collaborators !== null && groups.includes(collaborators)),
			),
	};
}
