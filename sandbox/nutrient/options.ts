/** A user ("contact") of the tenant. Assumption: `contactSid`, `contactGuid` and `userGuid` are one value. */
export interface NutrientUser {
	sid: string;
	userName: string;
	firstName: string;
	lastName: string;
	email: string;
	/** A user-bound key; null: has none. */
	personalKey: string | null;
	/** Manages processes: sees every request, may cancel and reassign. */
	isManager: boolean;
	isActive: boolean;
}

/** How a list comes. Seen in the vendor's documents: `items`, `Items`, `wrapped`, `array`; the rest is undocumented. */
export type Envelope = 'items' | 'Items' | 'wrapped' | 'array' | 'data' | 'rows';

/** Every option may be changed while the sandbox runs. Each answer the vendor does not document is one of them. */
export interface NutrientOptions {
	tenant: string;
	/** The key an administrator made; acts as any user. */
	systemKey: string;
	/** The application key of `/access/impersonate`. */
	legacyKey: string;
	users: NutrientUser[];
	/** How the exchange gives the JWT. */
	tokenShape: 'jsonString' | 'text' | 'token' | 'access_token' | 'accessToken' | 'jwt';
	/** What a wrong key, tenant or user is answered. */
	refusedKey: 401 | 403 | 404 | 500;
	/** What an expired token is answered. The text is in vendor code, its status is not. */
	expiredAnswer: 'status401' | 'text401' | 'text200';
	/** What a call without a good token is answered: an exception, or the login page with 200. */
	unauthenticated: 'status401' | 'loginPage';
	tokenLifetimeSeconds: number;
	/** Lists of the v8 services. `/instances/mine` is documented and always `items`. */
	envelope: Envelope;
	/** Names of the fields in lists and records: `recipientTaskSid` or `RecipientTaskSID`. */
	naming: 'camel' | 'pascal';
	/** A server that answers every page with the first one. */
	ignoreStart: boolean;
	/** Larger pages are cut to it. */
	maxCount: number;
	/** Whether rows that are equal in what a list is sorted by come in another order on each page. */
	shuffleTies: boolean;
	/** Whether rows of tasks show identifiers of their own, not only their request's. */
	ownTaskIds: boolean;
	/** Whether tasks and requests show the requester's address, not only the name. */
	requesterEmails: boolean;
	/** The path value of `/api/instance/list/{permissionType}` that is known. */
	permissionTypes: string[];
	/** `GET /api/processes/{sid}`: the path parameter is plural. */
	processAnswer: 'array' | 'object';
	/** Answer to start: as documented for v7, as read by a tutorial, or guesses. */
	startAnswer: 'request' | 'SID' | 'sid' | 'string';
	/** How an approval's options come. */
	approvalOptions: 'objects' | 'strings' | 'wrapped' | 'unreadable';
	/** Which call takes `{ Approval, Comments }`. */
	decisionContract: 'any' | 'legacyParameter' | 'noParameter';
	/**
	 * How the rows of a request's tasks show the option that was chosen. It "always shows in Request Detail" (help page of
	 * the approval task); nothing says under which name, or whether an API shows it at all.
	 */
	rowDecision: 'none' | 'approval' | 'selectedOption' | 'object' | 'data' | 'pairs' | 'ownName';
	/** Whether the same rows show what could have been chosen. */
	rowChoices: boolean;
	/** How an approval's options come once it is decided: as before, with the chosen one told or flagged, or not at all. */
	decidedApproval: 'asBefore' | 'told' | 'flagged' | 'refused';
	/** Whether `includeCompletedForms` of a request shows the approvals that were decided. */
	detailDecision: boolean;
	/** What the copies become that an option of somebody else ended. */
	othersEndAs: 'Cancelled' | 'Completed';
	/** Whether the tasks of a request show those of the system. "System tasks have no recipients." */
	systemTaskRows: boolean;
	/** How often a REST Client task sends its call. */
	restCalls: 1 | 2;
	/** Whether the step before it is stored by then. A designer may also put it before the step. */
	restCallMoment: 'afterStored' | 'beforeStored';
	/** Which request the call names. */
	restCallNames: 'own' | 'foreign';
	/** Whether what completed the step is answered only when the call was. The vendor's pages take a 504 for done. */
	restCallWaits: boolean;
	/** Answer to decisions, completions, cancel and reassign. */
	actionAnswer: 'object' | 'true' | 'text' | 'empty';
	/** Rows of a report. */
	reportRows: Envelope;
	/** Answer to creating a user: the record, or (v7) the bare SID; to updating: the record, or (v7) `true`. */
	userAnswer: 'object' | 'bare';
	/**
	 * The form field uploads are taken from: the vendor's own lambda for this path sent `file` on 15 November 2021 and
	 * `file-upload` from 28 November 2021 on, on every later branch (github.com/Integrify/public-lambda-functions).
	 */
	uploadField: 'file' | 'file-upload';
	/** Answer to an upload: a list as vendor code reads it, or one object. */
	uploadAnswer: 'array' | 'object';
	/** Where `downloadLink` leads. Vendor code reads a path on the same host. */
	downloadLink: 'relative' | 'absolute' | 'foreign';
	/** `IntegrifyException` JSON as in the forms service's description, or plain text. */
	errorShape: 'exception' | 'text';
}

/** Manages the processes and starts the requests. */
export const ADA: NutrientUser = {
	sid: '3f0c2c5e-4f2b-4f0c-9a51-0d7c7b1e0a01',
	userName: 'ada',
	firstName: 'Ada',
	lastName: 'Lovelace',
	email: 'ada@example.com',
	personalKey: 'personal-key-of-ada',
	isManager: true,
	isActive: true,
};

/** Approves. */
export const BOB: NutrientUser = {
	sid: '3f0c2c5e-4f2b-4f0c-9a51-0d7c7b1e0b02',
	userName: 'bob',
	firstName: 'Bob',
	lastName: 'Baker',
	email: 'bob@example.com',
	personalKey: null,
	isManager: false,
	isActive: true,
};

/** A second approver. */
export const CAROL: NutrientUser = {
	sid: '3f0c2c5e-4f2b-4f0c-9a51-0d7c7b1e0c03',
	userName: 'carol',
	firstName: 'Carol',
	lastName: 'Chan',
	email: 'carol@example.com',
	personalKey: null,
	isManager: false,
	isActive: true,
};

const FIVE_DAYS_SECONDS = 5 * 24 * 60 * 60;

export function withDefaults(options: Partial<NutrientOptions>): NutrientOptions {
	return {
		tenant: 'acme',
		systemKey: 'system/key+1',
		legacyKey: 'sandbox-legacy-key',
		users: [ADA, BOB, CAROL].map((user) => ({ ...user })),
		tokenShape: 'token',
		refusedKey: 401,
		expiredAnswer: 'status401',
		unauthenticated: 'status401',
		tokenLifetimeSeconds: FIVE_DAYS_SECONDS,
		envelope: 'items',
		naming: 'camel',
		ignoreStart: false,
		shuffleTies: false,
		ownTaskIds: true,
		requesterEmails: false,
		maxCount: Infinity,
		permissionTypes: ['view', 'manage'],
		processAnswer: 'array',
		startAnswer: 'request',
		approvalOptions: 'objects',
		decisionContract: 'any',
		rowDecision: 'approval',
		rowChoices: false,
		decidedApproval: 'asBefore',
		detailDecision: true,
		othersEndAs: 'Cancelled',
		systemTaskRows: false,
		restCalls: 1,
		restCallMoment: 'afterStored',
		restCallNames: 'own',
		restCallWaits: true,
		actionAnswer: 'object',
		reportRows: 'array',
		userAnswer: 'object',
		uploadField: 'file-upload',
		uploadAnswer: 'array',
		downloadLink: 'relative',
		errorShape: 'exception',
		...options,
	};
}
