/** The record every task becomes, whichever service it comes from. Absent is `null`. */

/** A person as far as the service names them. */
export interface Person {
	id: string | null;
	name: string | null;
	email: string | null;
}

/** Whether the task still asks for work. `done` says nothing about approval. */
export type TaskState = 'open' | 'done' | 'cancelled';

/** What a human decided. `null`: nobody has, or the service's word is not known. */
export type Decision = 'approved' | 'rejected' | null;

export interface Task {
	id: string;
	title: string | null;
	description: string | null;
	/** The service's own word. */
	status: string | null;
	state: TaskState;
	decision: Decision;
	requester: Person | null;
	assignee: Person | null;
	/** ISO 8601 UTC where the service gives an instant, `YYYY-MM-DD` where it gives a day. */
	dueAt: string | null;
	createdAt: string | null;
	updatedAt: string | null;
	decidedAt: string | null;
	url: string | null;
	/** The service, in lower case. */
	source: string;
}
