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

export type NewTask = Partial<MambuTask> & Pick<MambuTask, 'title' | 'dueDate'>;

export interface Store {
	/** In the order of creation. */
	tasks: MambuTask[];
	clients: Linked[];
	groups: Linked[];
	add(task: NewTask): MambuTask;
	/** By number or encoded key. */
	find(idOrKey: string): MambuTask | undefined;
	/** Writes the fields, an undefined one as absent, and stamps the time. */
	change(task: MambuTask, fields: Partial<MambuTask>): MambuTask;
	remove(task: MambuTask): void;
}

export function createStore(clock: Clock): Store {
	const tasks: MambuTask[] = [];
	const linked = (kind: string) => (id: string) => ({ id, encodedKey: keyOf(`${kind}-${id}`) });
	let lastId = 0;
	return {
		tasks,
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
			return stored;
		},
		find: (idOrKey) =>
			tasks.find(({ id, encodedKey }) => String(id) === idOrKey || encodedKey === idOrKey),
		change(task, fields) {
			Object.assign(task, fields, { lastModifiedDate: new Date(clock.now()) });
			for (const [field, value] of Object.entries(fields)) {
				if (value === undefined) Reflect.deleteProperty(task, field);
			}
			return task;
		},
		remove: (task) => void tasks.splice(tasks.indexOf(task), 1),
	};
}
