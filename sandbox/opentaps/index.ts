import type { Mount } from '../service';
import { mountActivityRoutes } from './activityRoutes';
import { requireLogin } from './authenticate';
import { mountOauthRoutes } from './oauthRoutes';
import { UMA, withDefaults, type OpentapsOptions } from './options';
import { shapeFailures } from './refuse';
import { createStore, type Activity, type NewActivity, type Store } from './store';
import { mountTagRoutes } from './tagRoutes';
import { mountTaskRoutes } from './taskRoutes';
import { createTokens } from './tokens';
import { mountUserRoutes } from './userRoutes';

/** What a test can see of the domain and do to it, past the wire. */
export interface Opentaps extends Store {
	/** In force at once when changed. */
	options: OpentapsOptions;
	/** Stores a task as somebody in the domain would. Default: created, Uma's, scheduled in a week. */
	createTask(task?: NewActivity): Activity;
	/** Ends every temporary token issued so far. */
	expireTokens(): void;
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * A stand-in for opentaps CRM2 ("CRM-2"): activities, tasks, tags, users, tokens. Its own server cannot be asked; the
 * sources are the pages "CRM-2 API", "CRM-2 Activities API", "CRM-2 Tags API", "CRM-2 Administrative API" and "CRM-2
 * Security Model" of the vendor's wiki (2013 and 2014), and the clients in the vendor's repository opentaps-crm2
 * (2014 and 2015; Apache-2.0). What none of them says is a switch in `OpentapsOptions`.
 */
export const mountOpentaps =
	(given: Partial<OpentapsOptions> = {}): Mount<Opentaps> =>
	(server, clock) => {
		const options = withDefaults(given);
		const store = createStore(clock);
		const tokens = createTokens(clock, options);
		const parts = { store, options, clock };
		shapeFailures(server, options);
		requireLogin(server, tokens, options);
		mountOauthRoutes(server, tokens, options);
		mountActivityRoutes(server, parts);
		mountTaskRoutes(server, parts);
		mountTagRoutes(server, parts);
		mountUserRoutes(server, parts);
		return {
			...store,
			options,
			createTask: ({ fields, ...task } = {}) =>
				store.add({
					noteText: 'Call the customer',
					assignedTo: [UMA.contactId],
					...task,
					fields: {
						activityType: 'TASK',
						scheduledDateTime: new Date(clock.now() + WEEK_MS).toISOString(),
						...fields,
					},
				}),
			expireTokens: () => tokens.expireAll(),
		};
	};

export { IDA, LEO, UMA, type OpentapsOptions, type OpentapsUser } from './options';
export type { Activity } from './store';
