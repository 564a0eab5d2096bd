/** `plugin`: `/plugins/appmixer/utils/tasks`, Appmixer 5.1 and later. `legacy`: `/people-task`, as documented. */
export type Flavour = 'plugin' | 'legacy';

export interface AppmixerUser {
	id: string;
	username: string;
	email: string;
	password: string;
	scope: string[];
	/** A bearer token that never expires; no such token when absent. */
	accessToken?: string;
}

/** Every option may be changed while the sandbox runs. */
export interface AppmixerOptions {
	/** The path prefixes that are served; the others answer 404. Default: both. */
	flavours: Flavour[];
	users: AppmixerUser[];
	/** Default 30 days, as in the vendor's example (https://docs.appmixer.com, "Authentication"). */
	tokenLifetimeSeconds: number;
	/** Larger pages are cut to it. Assumption: the server has none, hence the default Infinity. */
	maxLimit: number;
	/**
	 * Whether tasks that are equal in what a list is sorted by come in another order on each page. MongoDB promises
	 * none; with the vendor's own routes 177 to 243 of 250 came over three pages.
	 */
	shuffleTies: boolean;
	/**
	 * True: bundle 1.1.0, whose lists render the description to HTML: one that is missing comes as "", one that is null
	 * makes every list with its task a 500. False: earlier and later bundles.
	 */
	renderMarkdownInLists: boolean;
	/** Undefined: not configured, and asking for it is refused. */
	dashboardUrl: string | undefined;
	/** True: 400 tells Joi's reason. False: hapi's stock text. Assumption: unknown which one a tenant uses. */
	verboseValidation: boolean;
	/**
	 * How the engine passes the server's errors on. `stock`: as hapi does. `asText`: a failed assertion is a 400 with its
	 * text. `hidden`: what the server calls a bad request is a 500 without its text.
	 */
	errors: 'stock' | 'asText' | 'hidden';
	/** How often the due job runs; a tenant may set it (config.js, dueTasksSchedule). In force from the start. */
	dueJobSeconds: number;
	/** What DELETE of a webhook answers on the legacy path. Assumption: unknown, the documentation has GET. */
	legacyDelete: 200 | 404 | 405;
}

/** Creates the tasks. */
export const ADA: AppmixerUser = {
	id: '5c88c7cc04a917256c726c3d',
	username: 'ada@example.com',
	email: 'ada@example.com',
	password: 'ada-password',
	scope: ['user'],
	accessToken: 'sandbox-access-token-of-ada',
};

/** Approves them. */
export const BOB: AppmixerUser = {
	id: '5c88c7cc04a917256c726c3e',
	username: 'bob@example.com',
	email: 'bob@example.com',
	password: 'bob-password',
	scope: ['user'],
};

/** A bystander. */
export const CAROL: AppmixerUser = {
	id: '5c88c7cc04a917256c726c3f',
	username: 'carol',
	email: 'carol@example.com',
	password: 'carol-password',
	scope: ['user'],
};

const THIRTY_DAYS_SECONDS = 30 * 24 * 60 * 60;

export function withDefaults(options: Partial<AppmixerOptions>): AppmixerOptions {
	return {
		flavours: ['plugin', 'legacy'],
		users: [ADA, BOB, CAROL],
		tokenLifetimeSeconds: THIRTY_DAYS_SECONDS,
		maxLimit: Infinity,
		shuffleTies: false,
		renderMarkdownInLists: false,
		dashboardUrl: undefined,
		verboseValidation: false,
		errors: 'stock',
		dueJobSeconds: 60,
		legacyDelete: 404,
		...options,
	};
}
