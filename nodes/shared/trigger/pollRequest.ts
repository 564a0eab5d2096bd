/** What a vendor tells about its tasks, so that a poll can say what happened to them. */
import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { triggerFieldsOf } from '../items/fields/readFields';
import { simplify } from '../items/fields/runFields';
import type { Task } from '../task';
import { readEvents } from './events';
import type { Fingerprint } from './fingerprint';

/** A task as listed, with the words its events depend on. */
export interface Listed {
	task: Task;
	raw: IDataObject;
}

/** The tasks that were seen before and are listed no more. */
export interface Gone {
	/** What was last seen of each. */
	fingerprints: Fingerprint[];
	/** What was last seen of the task with this ID; `undefined` when it is none of them. */
	find(id: string): Fingerprint | undefined;
	/** Whether they may be gone because other filters, or another login, list other tasks. */
	isElsewhere: boolean;
	/** Keeps one of them known, so that the next poll looks for it again. */
	keep(fingerprint: Fingerprint): void;
}

/** An event of a task that is listed no more. */
export interface Occurrence extends Listed {
	type: string;
}

export interface PollRequest {
	/** Whose login it is, as `loginOf` gives it. */
	login: string;
	/** Names of the trigger's options that do not select tasks. */
	beside?: string[];
	/** What the contents of tasks are compared by: after a change of it they are not comparable. */
	basis?: string;
	/** The complete listing, in any order. */
	list(): Promise<Listed[]>;
	/** What is kept of a task; it is another one whenever an event is due. */
	fingerprint(listed: Listed): Fingerprint;
	/** What happened to a task since it was last seen, as event types; empty for nothing. */
	changes(listed: Listed, now: Fingerprint, before: Fingerprint | undefined): string[];
	/** When the task became what it is, by the service's clock, as ISO 8601; for services that date decisions. */
	changedAt?(task: Task): string | null;
	/** What became of tasks that are listed no more. Of those that are elsewhere, only what is decided counts. */
	whatBecameOf?(gone: Gone): Promise<Occurrence[]>;
	/** Whether a task that comes back is known again, and not new; the 1,000 that went last are kept. */
	knowsAgain?: boolean;
	/** Whether events carry the number of the round that brought them, for a service that tells no times of change. */
	numbered?: boolean;
	/** Event types to emit. */
	events: string[];
	/** Emit the service's own JSON instead of the Task record. */
	rawOutput: boolean;
}

/** What every polling trigger asks for, and the reader of its other fields. @param simple its Simplify switch */
export function readPolling(context: IPollFunctions, simple = simplify) {
	const fields = triggerFieldsOf(context);
	return { fields, events: readEvents(fields), rawOutput: !fields.simple(simple) };
}
