/** A person of the library. */
export interface Person {
	id: string;
	name: string;
	email: string;
	/** The user groups the person is in; a group, not a person, is a task's collaborator. */
	groups: string[];
	/** Whether the account was upgraded to Task API User. */
	isTaskApiUser: boolean;
}

/** How the list is wrapped. `bare`: not at all. `nested`: `data.tasks`. `single`: the first task alone. */
export type Envelope =
	| 'bare'
	| 'data'
	| 'tasks'
	| 'items'
	| 'results'
	| 'records'
	| 'value'
	| 'nested'
	| 'foreign'
	| 'single';

/**
 * How the stand-in answers. The vendor documents the address, the bearer token, JSON, and who sees what; all else
 * is undocumented and a switch. May be changed while it runs.
 */
export interface AffinitextOptions {
	users: Person[];
	envelope: Envelope;
	/** How keys are written. `foreign`: in words nobody would look for. */
	naming: 'camel' | 'pascal' | 'snake' | 'foreign';
	/** Under which key the task's number is sent. */
	identifier: 'id' | 'taskNo' | 'none';
	/** Whether a person is a name or a record. */
	people: 'string' | 'object';
	/** How dates are written; `day` and `british` are days, the rest instants. */
	dates: 'iso' | 'day' | 'british' | 'epoch' | 'dotNet';
	/** How the state is written. */
	states: 'words' | 'upper' | 'codes';
	/** Whether creation and change times are sent. */
	times: boolean;
	/** What a call without a good token is answered: refused, the login page, or a redirect to it, or elsewhere. */
	unauthenticated: 'status401' | 'loginPage' | 'redirect' | 'foreignRedirect';
	/** What an account that is no Task API User is answered. */
	notTaskApiUser: 'status403' | 'empty';
	/** Body of a refusal. */
	refusals: 'json' | 'problem' | 'text' | 'page';
	/** Whether requesting a new token ends the old one. */
	oldToken: 'ends' | 'lives';
	/** Whether the list comes in pages, and where the next one is named. Bare arrays have no pages. */
	paging: 'none' | 'next' | 'links' | 'odata' | 'foreignNext' | 'endless';
	pageSize: number;
	/** As what the JSON is announced. */
	contentType: 'json' | 'html';
	/** What methods other than GET are answered. */
	otherMethods: 404 | 405;
	/** Sent instead of the list, as it is. */
	text?: string;
}

/** The Task API User: sees what she has a part in. */
export const TAU: Person = {
	id: 'u-1',
	name: 'Tara Underwood',
	email: 'tara@example.com',
	groups: ['Contract Managers'],
	isTaskApiUser: true,
};

/** An ordinary user of the library. */
export const ANN: Person = {
	id: 'u-2',
	name: 'Ann Archer',
	email: 'ann@example.com',
	groups: [],
	isTaskApiUser: false,
};

/** Verifies. */
export const VIC: Person = {
	id: 'u-3',
	name: 'Vic Verney',
	email: 'vic@example.com',
	groups: [],
	isTaskApiUser: false,
};

export const withDefaults = (given: Partial<AffinitextOptions>): AffinitextOptions => ({
	users: [TAU, ANN, VIC],
	envelope: 'bare',
	naming: 'camel',
	identifier: 'id',
	people: 'object',
	dates: 'iso',
	states: 'words',
	times: true,
	unauthenticated: 'status401',
	notTaskApiUser: 'status403',
	refusals: 'json',
	oldToken: 'ends',
	paging: 'none',
	pageSize: 2,
	contentType: 'json',
	otherMethods: 405,
	...given,
});
