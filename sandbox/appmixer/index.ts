import { notFound } from '@hapi/boom';
import type { Server } from '@hapi/hapi';

import type { Clock } from '../clock';
import { mountAccountRoutes } from './accountRoutes';
import { registerStrategies } from './authenticate';
import { createTask, type NewTask } from './createTask';
import { createDecide, type Decide, type Decision } from './decide';
import { createDeliveries, type Delivery } from './deliver';
import { scheduleJobs } from './jobs';
import { mountListRoutes } from './listRoutes';
import { ADA, BOB, withDefaults, type AppmixerOptions, type Flavour } from './options';
import type { AppmixerParts, Hooks } from './parts';
import { mountPluginRoutes } from './pluginRoutes';
import { createStore, type Store, type Task, type Webhook } from './store';
import { mountTaskRoutes } from './taskRoutes';
import { createTokens } from './tokens';
import { wrapErrors } from './wrapErrors';
import { mountWebhookRoutes } from './webhookRoutes';

/** What a test can see of the server and do to it, past the wire. */
export interface Appmixer extends Hooks {
	/** In force at once when changed. */
	options: AppmixerOptions;
	/** The stored tasks themselves, secrets included, in the order of creation. */
	tasks: Task[];
	/** The stored registrations themselves, whatever their status. */
	webhooks: Webhook[];
	/** Every callback that ended, oldest first. */
	deliveries: Delivery[];
	/** Stores a task as `POST /tasks` would. Default: from Ada to Bob, to decide within a day. */
	createTask(input?: Partial<NewTask>): Task;
	/** Approves with the approver secret, or as a signed-in e-mail. Waits and fails as the HTTP call would. */
	approve(taskId: string, asEmail?: string): Promise<Task>;
	/** Like `approve`. */
	reject(taskId: string, asEmail?: string): Promise<Task>;
	/** The secret of an e-mail, approver's and requester's alike. */
	secretOf(email: string): string;
	/** A token for a user of `options.users`; throws for others. A negative lifetime gives an expired one. */
	issueToken(email: string, options?: { expiresInSeconds?: number }): string;
	/** Makes every token issued so far invalid; access tokens in `options.users` stay. */
	revokeTokens(): void;
	/** Resolves when no callback is in flight and what waited for it is saved. */
	callbacksIdle(): Promise<void>;
}

/** The service as the rest of the sandbox uses it. */
export interface MountedAppmixer {
	api: Appmixer;
	store: Store;
	decide: Decide;
	abortDeliveries(): void;
}

const DAY_MS = 24 * 60 * 60 * 1000;

const PREFIXES: Array<[Flavour, string]> = [
	['plugin', '/plugins/appmixer/utils/tasks'],
	['legacy', '/people-task'],
];

/**
 * Mounts a stand-in for Appmixer's People Task API on `server`. What it does and where it differs from
 * docs.appmixer.com ("People Task") follows github.com/clientIO/appmixer-connectors, src/appmixer/utils/tasks.
 */
export function mountAppmixer(
	server: Server,
	clock: Clock,
	given: Partial<AppmixerOptions>,
): MountedAppmixer {
	const options = withDefaults(given);
	const store = createStore(clock);
	const tokens = createTokens(clock, options);
	const deliveries = createDeliveries(store, clock);
	const decide = createDecide(store, deliveries, clock);

	async function decideAs(taskId: string, decision: Decision, asEmail?: string): Promise<Task> {
		const secret = asEmail === undefined ? store.tasks.get(taskId)?.approverSecret : undefined;
		return await decide({ taskId, caller: asEmail, secret }, decision);
	}

	const api: Appmixer = {
		options,
		tasks: store.tasks.all,
		webhooks: store.webhooks.all,
		deliveries: deliveries.log,
		createTask(input = {}) {
			const decisionBy = new Date(clock.now() + DAY_MS);
			const people = { requester: ADA.email, approver: BOB.email };
			const { taskId } = createTask(store, clock, {
				title: 'A task',
				...people,
				decisionBy,
				...input,
			});
			return store.tasks.all.find((task) => task.taskId === taskId) as Task;
		},
		approve: async (taskId, asEmail) => await decideAs(taskId, 'approve', asEmail),
		reject: async (taskId, asEmail) => await decideAs(taskId, 'reject', asEmail),
		secretOf: (email) => store.secretOf(email),
		issueToken(email, { expiresInSeconds } = {}) {
			const user = options.users.find((candidate) => candidate.email === email);
			if (!user) throw new Error(`The sandbox has no user ${email}`);
			return tokens.issue(user, expiresInSeconds);
		},
		revokeTokens: () => tokens.revoke(),
		callbacksIdle: async () => await deliveries.idle(),
	};

	const parts: AppmixerParts = { store, options, clock, decide, hooks: api };
	registerStrategies(server, tokens);
	wrapErrors(server, options);
	server.ext('onPreAuth', (request, h) => {
		const hidden = PREFIXES.some(
			([flavour, prefix]) =>
				request.path.startsWith(`${prefix}/`) && !options.flavours.includes(flavour),
		);
		if (hidden) throw notFound();
		return h.continue;
	});
	mountAccountRoutes(server, tokens, options);
	for (const [flavour, prefix] of PREFIXES) {
		mountListRoutes(server, prefix, flavour, parts);
		mountTaskRoutes(server, prefix, flavour, parts);
		mountWebhookRoutes(server, prefix, flavour, parts);
	}
	mountPluginRoutes(server, PREFIXES[0][1], options);
	scheduleJobs(store, deliveries, clock, options);

	return { api, store, decide, abortDeliveries: () => deliveries.abort() };
}

export type { AppmixerOptions, AppmixerUser, Flavour } from './options';
export type { Delivery } from './deliver';
