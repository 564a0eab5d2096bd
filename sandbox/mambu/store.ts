import type { Clock } from '../clock';
import { keyOf } from './keyOf';
import { MAX } from './users';

export const LINK_TYPES = [
	'BRANCH',
	'CENTRE',
	'CLIENT',
	'DEPOSIT_ACCOUNT',
	'GL_JOURNAL_ENTRY',
	'GROUP',
	'ID_DOCUMENT',
	'LINE_OF_CREDIT',
	'LOAN_ACCOUNT',
	'LOAN_PRODUCT',
	'SAVINGS_PRODUCT',
	'USER',
] as const;

export type LinkType = (typeof LINK_TYPES)[number];

/** A stored task. Fields: the schema at docs.mambu.com, /api/api-v2/tasks/schemas/task, and the 2018 document. */
export interface MambuTask {
	encodedKey: string;
	id: number;
	title: string;
	description?: string;
	dueDate: Date;
	status: 'OPEN' | 'COMPLETED';
	/** Version 1 only. */
	completionDate?: Date;
	assignedUserKey?: string;
	createdByUserKey: string;
	taskLinkKey?: string;
	taskLinkType?: LinkType;
	creationDate: Date;
	lastModifiedDate: Date;
}

/** A client or group as far as tasks need it. */
export interface Linked {
	id: string;
	encodedKey: string;
}

/** What somebody did to a task, as the activity feed keeps it. */
export interface Activity {
	encodedKey: string;
	type: 'TASK_CREATED' | 'TASK_EDITED' | 'TASK_COMPLETED' | 'TASK_UNCOMPLETED' | 'TASK_DELETED';
	timestamp: Date;
	userKey: string;
	task: MambuTask;
}

export type NewTask = Partial<MambuTask> & Pick<MambuTask, 'title' | 'dueDate'>;

export interface Store {
	/** In the order of creation. */
	tasks: MambuTask[];
	clients: Linked[];
	groups: Linked[];
	/** In the order they happened. */
	activities: Activity[];
	add(task: NewTask): MambuTask;
	/** By number or encoded key. */
	find(idOrKey: string): MambuTask | undefined;
	/** Writes the fields, an undefined one as absent, and stamps the time. @param by who did it; nobody: it is no activity */
	change(task: MambuTask, fields: Partial<MambuTask>, by?: string): MambuTask;
	remove(task: MambuTask, by: string): void;
}

export function createStore(clock: Clock): Store {
	const tasks: MambuTask[] = [];
	const linked = (kind: string) => (id: string) => ({ id, encodedKey: keyOf(`${kind}-${id}`) });
	let lastId = 0;
	const activities: Activity[] = [];
	const note = (type: Activity['type'], task: MambuTask, userKey: string) => {
		const encodedKey = keyOf(`activity-${activities.length + 1}`);
		activities.push({ encodedKey, type, timestamp: new Date(clock.now()), userKey, task });
	};
	return {
		tasks,
		activities,
		clients: ['16', '64'].map(linked('client')),
		groups: ['7'].map(linked('group')),
		add(task) {
			const now = new Date(clock.now());
			const id = ++lastId;
			const stored: MambuTask = {
				encodedKey: keyOf(`task-${id}`),
				id,
				status: 'OPEN',
				createdByUserKey: MAX.encodedKey,
				creationDate: now,
				lastModifiedDate: now,
				...task,
			};
			tasks.push(stored);
			note('TASK_CREATED', stored, stored.createdByUserKey);
			return stored;
		},
		find: (idOrKey) =>
			tasks.find(({ id, encodedKey }) => String(id) === idOrKey || encodedKey === idOrKey),
		change(task, fields, by) {
			const { status } = task;
			Object.assign(task, fields, { lastModifiedDate: new Date(clock.now()) });
			for (const [field, value] of Object.entries(fields)) {
				if (value === undefined) Reflect.deleteProperty(task, field);
			}
			if (by === undefined) return task;
			const done = task.status === 'COMPLETED' ? 'TASK_COMPLETED' : 'TASK_UNCOMPLETED';
			note(task.status === status ? 'TASK_EDITED' : done, task, by);
			return task;
		},
		remove(task, by) {
			tasks.splice(tasks.indexOf(task), 1);
			note('TASK_DELETED', task, by);
		},
	};
}
