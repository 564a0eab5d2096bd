import { randomUUID } from 'node:crypto';
import type { Server } from '@hapi/hapi';

import type { Clock } from '../clock';
import type { Mount } from '../service';
import { mountApprovalRoutes } from './approvalRoutes';
import { registerAuthentication } from './authenticate';
import { designed, type DesignedTask } from './designed';
import { mountExchangeRoutes } from './exchangeRoutes';
import { mountFileRoutes } from './fileRoutes';
import { ADA, BOB, withDefaults, type NutrientOptions, type NutrientUser } from './options';
import type { NutrientParts } from './parts';
import { mountProcessRoutes } from './processRoutes';
import { registerRefusals } from './refuse';
import { mountReportRoutes } from './reportRoutes';
import { mountRequestRoutes } from './requestRoutes';
import { createRestCalls, type RestCallMade } from './restCalls';
import {
	createStore,
	type Instance,
	type Process,
	type RecipientTask,
	type Store,
	type StoredFile,
} from './store';
import { mountTaskRoutes } from './taskRoutes';
import { createTokens } from './tokens';
import { mountUserRoutes } from './userRoutes';
import { createWorkflow, type Workflow } from './workflow';

/** What a test can see of the tenant and do to it, past the wire. */
export interface Nutrient extends Store {
	/** In force at once when changed. */
	options: NutrientOptions;
	workflow: Workflow;
	/** Starts a purchase request of Ada and completes its form. */
	startRequest(name?: string): Instance;
	/** Gives an approval of a new request to these people; Bob by default. */
	createApproval(more?: {
		recipients?: NutrientUser[];
		dueDate?: string;
		name?: string;
	}): RecipientTask;
	/** Gives a data container of a new request to Bob. */
	createDataContainer(): RecipientTask;
	/** Adds a process whose tasks follow one another. `after` names another task than the one before. */
	addProcess(name: string, ...tasks: DesignedTask[]): Process;
	/** The calls of REST Client tasks that have been made. */
	restCalls: RestCallMade[];
	/** Resolves when none is in flight. */
	restCallsIdle(): Promise<void>;
	addFile(instanceSid: string, fileName: string, bytes: Buffer, mimeType?: string): StoredFile;
	issueToken(user: NutrientUser, lifetimeSeconds?: number): string;
	/** Ends every token issued so far. */
	expireTokens(): void;
}

/**
 * A stand-in for Nutrient Workflow Automation (formerly Integrify), version 8, with the v7 paths it still routes.
 * Written from public material, none of it exercised against a tenant:
 * the API guide (nutrient.io/guides/workflow-automation), developer.integrify.com/rest/docs, help.integrify.com,
 * the listing of paths in github.com/brperdomo/workflow-copilot, and the vendor's own clients
 * (github.com/Integrify/public-lambda-functions). What none of them says is a switch in `NutrientOptions`.
 */
export const mountNutrient =
	(given: Partial<NutrientOptions> = {}): Mount<Nutrient> =>
	(server: Server, clock: Clock) => {
		const options = withDefaults(given);
		const store = createStore();
		const tokens = createTokens(clock, options);
		const calls = createRestCalls(clock);
		const workflow = createWorkflow(store, clock, options, calls);
		const parts: NutrientParts = { store, options, clock, workflow, calls };
		let origin = '';

		server.ext('onRequest', (request, h) => {
			origin = `http://${request.headers.host}`;
			return h.continue;
		});
		server.ext('onPreStop', () => calls.abort());
		registerRefusals(server, options);
		registerAuthentication(server, tokens, options);
		mountExchangeRoutes(server, tokens, options);
		mountProcessRoutes(server, parts);
		mountRequestRoutes(server, parts);
		mountTaskRoutes(server, parts);
		mountApprovalRoutes(server, parts);
		mountReportRoutes(server, parts);
		mountUserRoutes(server, parts);
		mountFileRoutes(server, parts, () => origin);

		const [purchase] = store.processes;
		const [form, approval, container] = purchase.tasks;

		const api: Nutrient = {
			...store,
			options,
			workflow,
			startRequest(name) {
				const instance = workflow.start(purchase, ADA, { requestName: name });
				const isForm = ({ instanceSid, processTaskSid }: RecipientTask) =>
					instanceSid === instance.sid && processTaskSid === form.processTaskSid;
				for (const task of store.tasks.filter(isForm)) {
					Object.assign(task, { state: 'Completed', completedDate: instance.createdDate });
				}
				return instance;
			},
			createApproval({ recipients = [BOB], dueDate, name } = {}) {
				return workflow.assign(api.startRequest(name), approval, recipients, dueDate)[0];
			},
			restCalls: calls.log,
			restCallsIdle: async () => await calls.idle(),
			addProcess(name, ...tasks) {
				const process = designed(name, tasks, store.processes.length);
				store.processes.push(process);
				return process;
			},
			createDataContainer: () => workflow.assign(api.startRequest(), container, [BOB])[0],
			addFile(instanceSid, fileName, bytes, mimeType = 'application/octet-stream') {
				const createdDate = new Date(clock.now()).toISOString();
				const file = { sid: randomUUID(), fileName, mimeType, bytes, instanceSid, createdDate };
				store.files.push(file);
				return file;
			},
			issueToken: (user, lifetimeSeconds) => tokens.issue(user, lifetimeSeconds),
			expireTokens: () => tokens.expireAll(),
		};
		return api;
	};

export type { NutrientOptions, NutrientUser } from './options';
