import type { Mount } from '../service';
import { mountActivityRoutes } from './activityRoutes';
import { requireLogin } from './authenticate';
import { withDefaults, type MambuOptions } from './options';
import { shapeFailures } from './refuse';
import { retireV1 } from './retired';
import { createStore, type MambuTask, type NewTask, type Store } from './store';
import { mountTaskRoutes } from './taskRoutes';
import { refuseInTrouble } from './trouble';
import { MAX, type MambuUser } from './users';
import { mountUserRoutes } from './userRoutes';

/** What a test can see of the tenant and do to it. */
export interface Mambu {
	/** In force at once when changed. */
	options: MambuOptions;
	/** The stored tasks themselves, in the order of creation. */
	tasks: MambuTask[];
	store: Store;
	/** Stores a task as somebody at the tenant would. Default: open, Max's, due in a week. */
	createTask(task?: Partial<NewTask>): MambuTask;
	/** Completes it, as somebody at the tenant would: Max, where nobody else is named. */
	complete(task: MambuTask, by?: MambuUser): void;
	reopen(task: MambuTask): void;
	change(task: MambuTask, fields: Partial<MambuTask>): void;
	remove(task: MambuTask): void;
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * A stand-in for a Mambu tenant's tasks and users, both versions of the API under the one path they share.
 * Sources: Mambu's "Tasks API" of 2018 (version 1), docs.mambu.com, and the clients Mambu-APIs-Java, MambuPy and
 * skyleague/mambu-sdk, which is generated from Mambu's own description of version 2.
 */
export const mountMambu =
	(given: Partial<MambuOptions> = {}): Mount<Mambu> =>
	(server, clock) => {
		const options = withDefaults(given);
		const store = createStore(clock);
		shapeFailures(server, options);
		requireLogin(server, options);
		retireV1(server, options);
		refuseInTrouble(server, options);
		mountTaskRoutes(server, { store, options, clock });
		mountUserRoutes(server, { store, options, clock });
		mountActivityRoutes(server, { store, options, clock });
		const at = () => new Date(clock.now());
		return {
			options,
			tasks: store.tasks,
			store,
			createTask: (task = {}) =>
				store.add({
					title: 'A task',
					assignedUserKey: MAX.encodedKey,
					dueDate: new Date(clock.now() + WEEK_MS),
					...task,
				}),
			complete(task, by = MAX) {
				store.change(task, { status: 'COMPLETED', completionDate: at() }, by.encodedKey);
			},
			reopen(task) {
				store.change(task, { status: 'OPEN', completionDate: undefined }, MAX.encodedKey);
			},
			change: (task, fields) => void store.change(task, fields, MAX.encodedKey),
			remove: (task) => store.remove(task, MAX.encodedKey),
		};
	};

export type { MambuOptions } from './options';
export { LINK_TYPES, type MambuTask } from './store';
export { MAX, VERA, type MambuUser } from './users';
