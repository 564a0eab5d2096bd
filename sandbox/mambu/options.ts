import type { Trouble } from './trouble';
import { MAX, VERA, type MambuUser } from './users';

/** How the stand-in answers where neither documentation nor a client of Mambu's says. May be changed while it runs. */
export interface MambuOptions {
	users: MambuUser[];
	/** Default and largest page of version 1; assumed for version 2 as well. */
	defaultLimit: number;
	maxLimit: number;
	/** How a tenant on which version 1 was switched off refuses it. `no`: it still answers. */
	v1Retired: 'no' | 'invalidOperation' | 'notImplemented' | 'notAvailable' | 'notFound';
	/** Failures of version 1: with a fitting HTTP status, or inside a 200. */
	v1ErrorStatus: 'http' | 'ok';
	/** What a task nobody knows is answered with. */
	unknownTaskStatus: 404 | 400;
	/** Whether the answer to a form create is wrapped in `task`. */
	v1FormAnswer: 'bare' | 'task';
	/** Whether version 1 gives one task by ID. */
	v1GetOne: 'refused' | 'found';
	/** Fields a version 1 update or a PUT leaves out. */
	omitted: 'keep' | 'clear';
	/** What `taskLinkKey: null` does in a version 1 update. */
	nullLink: 'unlink' | 'keep';
	/** Whether status and completion date have to agree in version 1. */
	completionDates: 'strict' | 'filledIn';
	/** Whether `status=OPEN` lists tasks past their due date as well. */
	overdueIsOpen: boolean;
	/**
	 * The status word version 1 shows for a task past its due date: OPEN, as in a sample of the 2018 document with
	 * `daysUntilDue` -7, or the word of the schema at docs.mambu.com.
	 */
	v1OverdueWord: 'OVERDUE' | 'OPEN';
	/** What version 2 does with `status=OVERDUE`. */
	v2OverdueFilter: 'applied' | 'refused' | 'ignored';
	/** What version 2 lists without a status. */
	v2DefaultStatus: 'OPEN' | 'ALL';
	/** What version 2's `clientId` and `groupId` are compared with. */
	v2LinkFilter: 'both' | 'id' | 'key';
	/** Whether version 2, like version 1, forgets about the client when a user is named. */
	v2UserBeatsClient: boolean;
	/** Whether REPLACE and REMOVE want the field to be there. */
	patchMissing: 'refused' | 'accepted';
	/** Fields a PATCH may change. */
	patchable: string[];
	/** The same key with another body. */
	idempotencyMismatch: 'refused' | 'replayed';
	idempotencyLifetimeSeconds: number;
	/** `any`: another one on each page; none is documented. */
	order: 'oldestFirst' | 'newestFirst' | 'any';
	/** Larger pages are cut to it. Assumption: there is none below `maxLimit`, beyond which a limit is refused. */
	largestPage: number;
	/** What a version 2 task without an assignee becomes: storage knows none (Mambu-APIs-Java, models 9.6). */
	v2NoAssignee: 'refused' | 'callers';
	/** Why the tenant refuses calls at the moment; it does not when absent. */
	trouble?: Trouble;
	/** Whether the tenant's activity feed can be read, and whether it has been written yet. */
	activities: 'told' | 'refused' | 'late';
	/** Whether calls come from an address the tenant has not allowed. */
	blockIp: boolean;
}

export function withDefaults(given: Partial<MambuOptions>): MambuOptions {
	return {
		users: [MAX, VERA],
		defaultLimit: 50,
		maxLimit: 1000,
		v1Retired: 'no',
		v1ErrorStatus: 'http',
		unknownTaskStatus: 404,
		v1FormAnswer: 'bare',
		v1GetOne: 'refused',
		omitted: 'keep',
		nullLink: 'unlink',
		completionDates: 'strict',
		overdueIsOpen: true,
		v1OverdueWord: 'OPEN',
		v2OverdueFilter: 'applied',
		v2DefaultStatus: 'OPEN',
		v2LinkFilter: 'both',
		v2UserBeatsClient: false,
		patchMissing: 'refused',
		patchable: [
			'title',
			'description',
			'dueDate',
			'status',
			'assignedUserKey',
			'taskLinkKey',
			'taskLinkType',
		],
		idempotencyMismatch: 'refused',
		idempotencyLifetimeSeconds: Infinity,
		order: 'oldestFirst',
		largestPage: Infinity,
		v2NoAssignee: 'callers',
		activities: 'told',
		blockIp: false,
		...given,
	};
}
