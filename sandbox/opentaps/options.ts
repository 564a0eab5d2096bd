/** Somebody with a login. In CRM2 rights belong to the contact (wiki, "CRM-2 Security Model"). */
export interface OpentapsUser {
	contactId: string;
	fullName: string;
	emails: string[];
	/** The permanent token; equal to a password. */
	authToken: string;
	permissions: Permission[];
	logins: Array<{ userId: string; userIdType: string }>;
}

export type Permission =
	'ACTIVITY_VIEW' | 'ACTIVITY_UPDATE' | 'CONTACT_VIEW' | 'CONTACT_UPDATE' | 'DOMAIN_CONF';

export const IDA: OpentapsUser = {
	contactId: '52d9a0f1e4b0a1b2c3d4e5f1',
	fullName: 'Ida Admin',
	emails: ['ida@acme.example'],
	authToken: 'permanent-of-ida',
	permissions: [
		'ACTIVITY_VIEW',
		'ACTIVITY_UPDATE',
		'CONTACT_VIEW',
		'CONTACT_UPDATE',
		'DOMAIN_CONF',
	],
	logins: [{ userId: 'ida@acme.example', userIdType: 'INTERNAL' }],
};

/** Works with activities, but does not administer the domain. */
export const UMA: OpentapsUser = {
	contactId: '52d9a0f1e4b0a1b2c3d4e5f2',
	fullName: 'Uma User',
	emails: ['uma@acme.example', 'uma@home.example'],
	authToken: 'permanent-of-uma',
	permissions: ['ACTIVITY_VIEW', 'ACTIVITY_UPDATE', 'CONTACT_VIEW', 'CONTACT_UPDATE'],
	logins: [
		{ userId: 'uma', userIdType: 'INTERNAL' },
		{ userId: 'uma@gmail.example', userIdType: 'GOOGLE_APPS' },
	],
};

/** Only looks. */
export const LEO: OpentapsUser = {
	contactId: '52d9a0f1e4b0a1b2c3d4e5f3',
	fullName: 'Leo Looker',
	emails: [],
	authToken: 'permanent-of-leo',
	permissions: ['ACTIVITY_VIEW'],
	logins: [],
};

/** How the stand-in answers where neither wiki nor a client of the vendor's says. May be changed while it runs. */
export interface OpentapsOptions {
	clientDomain: string;
	users: OpentapsUser[];
	/** Activity types of the domain, in upper case. */
	activityTypes: string[];
	/** Records as in the wiki of 2013, or as the scripts of 2015 read them. */
	generation: '2013' | '2015';
	/** Whether records of 2015 still show their sequence number. */
	showsSequenceNum: boolean;
	/** How a token nobody knows, or one that has ended, is refused. `ok`: a 200 with an error in it. */
	refusedToken: 401 | 403 | 'ok';
	/** Shape of a failure's body. */
	errorBody: 'error' | 'errors' | 'errorsAndMessage';
	/** How an ID nobody knows is refused. */
	unknownId: 404 | 400 | 'ok';
	/** In which order activities are listed. */
	order: 'ascending' | 'descending';
	/**
	 * What `startFrom` does: go on from that number in the order of the list, with it or after it; or keep what is
	 * not below it, which with descending order gives the first page again.
	 */
	startFrom: 'inclusive' | 'exclusive' | 'notBelow';
	/** Most activities one page gives, whatever is asked for. */
	largestPage: number;
	/** Most tasks GET /task gives, whatever `per_page` says. */
	largestTaskPage: number;
	/** Whether pages of activities and tasks are filled up, for ever, with entries that nobody made. */
	inventive: boolean;
	/** Whether GET /activities reads `activityType` and `status`. */
	filters: 'applied' | 'ignored';
	/** What a list without entries looks like. */
	nothingFound: 'emptyArray' | 'missing';
	/** What GET /task lists when no status is asked for. */
	tasksWithoutStatus: 'all' | 'open';
	/** Under which names the scheduled time and the contacts of a new task are read. */
	taskFieldNames: 'prefixed' | 'plain' | 'both';
	/** Whether tasks can also be created with POST /task. */
	taskPost: 'offered' | 'missing';
	/** Which parameter makes POST /activities an update. */
	upsertId: 'activityId' | 'noteId';
	createAnswer: 'record' | 'id' | 'topLevel' | 'empty';
	updateAnswer: 'record' | 'acknowledged' | 'empty';
	/** Answer to DELETE, and to adding and removing a contact. */
	doneAnswer: 'acknowledged' | 'empty' | 'noContent';
	/** Fields that a PUT without `partial=Yes` leaves out. */
	withoutPartial: 'replaced' | 'kept';
	/**
	 * Where a GET's parameters are read. The vendor's Python script sends a form body with GET
	 * (automation/daily_activities_email.py), wiki and Ruby script a query. Assumption: the server reads both.
	 */
	getParameters: 'query' | 'either';
	/** Where a DELETE's parameters are read. */
	deleteParameters: 'body' | 'query' | 'either';
	/** `assignedToContact`: a list of IDs, or ID → name. */
	assignees: 'list' | 'map';
	/** How a scheduled time is shown: as it was sent, or as `YYYY-MM-DD HH:mm:ss.SSS` without a zone. */
	dates: 'asSent' | 'spaced';
	/** Answers about tags: `tagId` at the top, or inside the envelope. */
	tagAnswer: 'topLevel' | 'enveloped';
	/** What GET /tag gives for an empty name. */
	emptyTagName: 'all' | 'refused';
	/** Whether POST /oauth/validate knows permanent tokens. */
	validatesPermanent: boolean;
	/** "CRM-2 Security Model": 60 minutes by default. */
	temporaryTokenMinutes: number;
}

export const withDefaults = (given: Partial<OpentapsOptions>): OpentapsOptions => ({
	clientDomain: 'acme.example',
	users: [IDA, UMA, LEO],
	activityTypes: ['NOTE', 'EMAIL', 'TASK', 'PINNED', 'CONTACT_FORM'],
	generation: '2015',
	showsSequenceNum: true,
	refusedToken: 401,
	errorBody: 'error',
	unknownId: 404,
	order: 'descending',
	startFrom: 'inclusive',
	largestPage: Infinity,
	largestTaskPage: Infinity,
	inventive: false,
	filters: 'applied',
	nothingFound: 'emptyArray',
	tasksWithoutStatus: 'all',
	taskFieldNames: 'prefixed',
	taskPost: 'missing',
	upsertId: 'activityId',
	createAnswer: 'record',
	updateAnswer: 'record',
	doneAnswer: 'acknowledged',
	withoutPartial: 'replaced',
	getParameters: 'either',
	deleteParameters: 'body',
	assignees: 'list',
	dates: 'asSent',
	tagAnswer: 'topLevel',
	emptyTagName: 'all',
	validatesPermanent: true,
	temporaryTokenMinutes: 60,
	...given,
});
