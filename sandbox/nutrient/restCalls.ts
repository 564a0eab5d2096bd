import axios from 'axios';

import type { Clock } from '../clock';

/**
 * What a REST Client task sends: the documented members of its Request Configuration, and the time-out and status list
 * of the configuration that github.com/brperdomo/workflow-copilot stores. Every text may hold `{{placeholders}}`.
 * https://www.nutrient.io/guides/workflow-automation/admin-guide/processes/integration-task/integration-task-rest-client
 */
export interface RestCall {
	uri: string;
	/** "default: GET" */
	method?: string;
	qs?: Record<string, string>;
	headers?: Record<string, string>;
	/** Sent as JSON; what stands for a placeholder is quoted as JSON wants it. */
	json?: unknown;
	/** Sent as it is: a quotation mark in what stands for a placeholder makes it broken JSON. */
	body?: string;
	auth?: { user: string; pass: string };
	/** Milliseconds; none by default. */
	timeout?: number;
	/** What counts as success; any 2xx by default. */
	expectedStatus?: number[];
	/** Assumption: what a failure does to the task. The vendor's page was read only in part. */
	onFailure?: 'goOn' | 'fail' | 'retry';
}

/** What stands for the placeholders. Assumption: their names; the sources to map from are in the same repository. */
export type Values = Record<string, unknown>;

/** One call that ended. */
export interface RestCallMade {
	method: string;
	url: string;
	/** The receiver's answer, when there was one. */
	status?: number;
	error?: string;
}

export interface RestCalls {
	log: RestCallMade[];
	/** Sends it, and gives `done` the outcome: at once, or when it needs no more retries. */
	send(call: RestCall, values: Values, times: number, done: (isOk: boolean) => void): Promise<void>;
	/** Resolves when nothing is in flight; what is to be tried again is not. */
	idle(): Promise<void>;
	/** Ends the calls in flight, and every later one at once. */
	abort(): void;
}

const MINUTE = 60_000;
/** Assumption, like the minute between two. */
const RETRIES = 3;

export function createRestCalls(clock: Clock): RestCalls {
	const log: RestCallMade[] = [];
	const inFlight = new Set<Promise<void>>();
	const aborting = new AbortController();
	let waiting: Array<{ again: () => Promise<boolean>; left: number; done: (ok: boolean) => void }> =
		[];

	clock.every(MINUTE, async () => {
		const due = waiting;
		waiting = [];
		for (const one of due) {
			const isOk = await one.again();
			if (isOk || one.left === 1) one.done(isOk);
			else waiting.push({ ...one, left: one.left - 1 });
		}
	});

	async function once(call: RestCall, values: Values): Promise<boolean> {
		const { uri, method = 'GET', qs, headers, json, body, auth, timeout } = call;
		const url = filled(uri, values);
		const made: RestCallMade = { method, url };
		log.push(made);
		try {
			const isJson = json !== undefined;
			const { status } = await axios.request({
				method,
				url,
				params: filled(qs, values),
				headers: {
					...(isJson && { 'content-type': 'application/json' }),
					...filled(headers, values),
					connection: 'close',
				},
				data: isJson ? JSON.stringify(filled(json, values)) : filled(body, values),
				...(auth && { auth: { username: auth.user, password: auth.pass } }),
				timeout,
				proxy: false,
				validateStatus: () => true,
				// one each: Node.js warns of more than ten listeners on the same
				signal: AbortSignal.any([aborting.signal]),
			});
			made.status = status;
			return call.expectedStatus?.includes(status) ?? (status >= 200 && status < 300);
		} catch (error) {
			made.error = error instanceof Error ? error.message : String(error);
			return false;
		}
	}

	async function send(...[call, values, times, done]: Parameters<RestCalls['send']>) {
		const isOk = await once(call, values);
		for (let n = 1; n < times; n++) await once(call, values);
		if (isOk || call.onFailure !== 'retry') return done(isOk || call.onFailure === 'goOn');
		waiting.push({ again: async () => await once(call, values), left: RETRIES, done });
	}

	return {
		log,
		async send(...what) {
			const sending = send(...what).finally(() => inFlight.delete(sending));
			inFlight.add(sending);
			await sending;
		},
		async idle() {
			while (inFlight.size > 0) await Promise.all(inFlight);
		},
		abort: () => aborting.abort(),
	};
}

/** The same with every `{{name}}` in its texts filled in; an unknown one with nothing. */
export function filled<T>(template: T, values: Values): T {
	if (typeof template === 'string') {
		return template.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (_, name: string) =>
			String(values[name] ?? ''),
		) as T;
	}
	if (Array.isArray(template)) return template.map((one: unknown) => filled(one, values)) as T;
	if (typeof template !== 'object' || template === null) return template;
	return Object.fromEntries(
		Object.entries(template).map(([key, value]) => [key, filled<unknown>(value, values)]),
	) as T;
}
