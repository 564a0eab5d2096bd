import axios, { isAxiosError } from 'axios';

import type { Clock } from '../clock';
import type { Store, Task, Webhook } from './store';
import { taskOnWire } from './wireShape';

/** One callback that ended. */
export interface Delivery {
	webhookId: string;
	taskId: string;
	url: string;
	/** The JSON that was posted; undefined when the task does not exist. */
	body: unknown;
	/** The receiver's answer, when there was one. */
	status?: number;
	/** Why the registration became `fail`. */
	error?: string;
	/** When it began, in milliseconds since 1970 on the sandbox clock. */
	at: number;
	/** How long it took, in milliseconds. */
	ms: number;
}

export interface Deliveries {
	log: Delivery[];
	/** Posts `task`, or the task as now stored, and marks the registration; resolves to whether it was accepted. */
	deliver(webhook: Webhook, task?: Task): Promise<boolean>;
	/** Posts `task` to all its pending registrations at once and waits for them. */
	fire(task: Task): Promise<boolean[]>;
	/** Counts `work` as in flight until it settles. */
	track<T>(work: Promise<T>): Promise<T>;
	/** Resolves when nothing is in flight. */
	idle(): Promise<void>;
	/** Ends the callbacks in flight, and every later one at once. */
	abort(): void;
}

/** Callbacks as in utils.js, triggerWebhook(s): one shot, no time-out, no redirects, no signature. */
export function createDeliveries(store: Store, clock: Clock): Deliveries {
	const log: Delivery[] = [];
	const inFlight = new Set<Promise<unknown>>();
	const aborting = new AbortController();

	async function track<T>(work: Promise<T>): Promise<T> {
		inFlight.add(work);
		try {
			return await work;
		} finally {
			inFlight.delete(work);
		}
	}

	async function post(url: string, body: unknown): Promise<number> {
		const { status } = await axios.post<unknown>(url, body, {
			headers: {
				Accept: 'application/json',
				'Content-Type': 'application/json',
				Connection: 'close',
			},
			maxRedirects: 0,
			proxy: false,
			// one each: Node.js warns of more than ten listeners on the same
			signal: AbortSignal.any([aborting.signal]),
		});
		return status;
	}

	async function deliver(webhook: Webhook, given?: Task): Promise<boolean> {
		const task = given ?? store.tasks.get(webhook.taskId);
		const { webhookId, taskId, url, flavour } = webhook;
		const at = clock.now();
		const started = Date.now();
		const delivery: Delivery = { webhookId, taskId, url, body: undefined, at, ms: 0 };
		try {
			if (!task) throw new TypeError("Cannot read properties of null (reading 'toJson')");
			delivery.body = JSON.parse(JSON.stringify(taskOnWire(task, flavour)));
			delivery.status = await post(url, delivery.body);
		} catch (error) {
			if (isAxiosError(error)) delivery.status = error.response?.status;
			delivery.error = error instanceof Error ? error.message : String(error);
		}
		delivery.ms = Date.now() - started;
		log.push(delivery);

		// Re-read after the answer: a registration deleted meanwhile fails the decision that is waiting for it.
		const stored = store.webhooks.get(webhookId);
		if (!stored) throw new TypeError("Cannot read properties of null (reading 'populate')");
		const { error } = delivery;
		store.webhooks.save(
			error === undefined ? { ...stored, status: 'sent' } : { ...stored, status: 'fail', error },
		);
		return error === undefined;
	}

	return {
		log,
		track,
		deliver: async (webhook, task) => await track(deliver(webhook, task)),
		async fire(task) {
			const waiting = store.webhooks.find(
				({ taskId, status }) => taskId === task.taskId && status === 'pending',
			);
			return await Promise.all(waiting.map(async (webhook) => await track(deliver(webhook, task))));
		},
		async idle() {
			while (inFlight.size > 0) await Promise.allSettled(inFlight);
		},
		abort: () => aborting.abort(),
	};
}
