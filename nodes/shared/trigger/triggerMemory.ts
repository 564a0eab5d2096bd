/**
 * What a webhook trigger remembers. Within one process a map is the truth, because n8n reads and writes static data
 * whole and concurrent handlers overwrite each other's; static data only carries it over a restart.
 * With several n8n processes the memory is best-effort.
 */
import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { deepCopy } from 'n8n-workflow';

import { mintKey } from './callbackToken';

const MAX_SEEN = 1000;

/** A callback this trigger registered at the service. */
export interface Registration {
	/** The service's id of the registration. */
	id: string;
	/** The task's status when it was registered. */
	status: string;
	/** Fingerprint of the callback URL: a registration with another address or key is of no use any more. */
	url: string;
	/** Ids of registrations of the same task that may be pending still; there when it was registered by a callback. */
	earlier?: string[];
}

export interface TriggerMemory {
	/** Signs this trigger's own callback URLs when the credential has no Callback Secret. */
	key: string;
	/** Where callbacks arrive; differs between test and production. */
	url: string;
	/** Task id → registration. */
	registrations: Record<string, Registration>;
	/** Ids of events already emitted, oldest first. */
	seen: string[];
}

type Context = IHookFunctions | IWebhookFunctions;

const memories = new Map<string, TriggerMemory>();

function keyOf(context: Context): string {
	const trigger = `${context.getWorkflow().id}/${context.getNode().id}`;
	const test = `${trigger}/test`;
	return isTest(context, memories.get(test)) ? test : `${trigger}/live`;
}

/** n8n ends a test listener in the same mode as it unpublishes; its static data and its URL are the test's, though. */
function isTest(context: Context, listening: TriggerMemory | undefined): boolean {
	if (context.getMode() === 'manual') return true;
	if (context.getWorkflowStaticData('node').test === true) return true;
	return (
		'getActivationMode' in context &&
		listening !== undefined &&
		listening.url === context.getNodeWebhookUrl('default')
	);
}

/** This trigger's memory, read from static data when this process has none yet. */
export function recall(context: Context): TriggerMemory {
	const key = keyOf(context);
	const known = memories.get(key);
	if (known) return known;
	const stored = deepCopy(context.getWorkflowStaticData('node')) as Partial<TriggerMemory>;
	const memory: TriggerMemory = {
		key: stored.key ?? mintKey(),
		url: stored.url ?? '',
		registrations: stored.registrations ?? {},
		seen: stored.seen ?? [],
	};
	memories.set(key, memory);
	return memory;
}

/** Copies the memory into static data. Call it last in every handler. */
export function persist(context: Context): void {
	const { key, url, registrations, seen } = deepCopy(recall(context));
	const stored = context.getWorkflowStaticData('node');
	Object.assign(stored, { key, url, registrations, seen });
	if (context.getMode() === 'manual') stored.test = true;
}

/** Drops what this process holds: the trigger is no longer active. */
export function release(context: Context): void {
	persist(context);
	memories.delete(keyOf(context));
}

/** Whether the event is new; from now on it is not. The oldest of 1,000 are dropped. */
export function isFirstDelivery(memory: TriggerMemory, eventId: string): boolean {
	if (memory.seen.includes(eventId)) return false;
	memory.seen.push(eventId);
	memory.seen.splice(0, Math.max(0, memory.seen.length - MAX_SEEN));
	return true;
}
