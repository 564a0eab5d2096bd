/**
 * What a webhook trigger remembers: static data, as n8n hands it over, read at every call, because another process may
 * have written it. n8n writes it whole, so that what two write at once is lost: this process holds what it has changed
 * until it has seen it stored, and the newest change of a task counts.
 */
import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { deepCopy } from 'n8n-workflow';

import { mintKey } from './callbackToken';
import { dropOldest, dropStored, withUnsaved, type Unsaved } from './unsaved';

/** A callback this trigger registered at the service. */
export interface Registration {
	/** The service's id of the registration. */
	id: string;
	/** The task's status when it was registered. */
	status: string;
	/** Fingerprint of the callback URL: a registration with another address or key is of no use any more. */
	url: string;
	/** What its callback URL carries; there when it was registered by a callback. */
	mark?: string;
	/** Marks of the calls after which it was made ('' for none): when they are sent again they need no other one. */
	answers?: string[];
	/** When it was made, in milliseconds; versions before 0.2 wrote none. */
	at?: number;
	/** Ids of registrations of the same task that may be pending still. */
	earlier?: string[];
}

export interface TriggerMemory {
	/** Signs this trigger's own callback URLs when the credential has no Callback Secret; '' before it was published. */
	key: string;
	/** Where callbacks arrive; differs between test and production. */
	url: string;
	/** When it was published or unpublished last, in milliseconds: older changes count no more. */
	since: number;
	/** Task id → registration. */
	registrations: Record<string, Registration>;
	/** Ids of events already emitted, oldest first. */
	seen: string[];
}

type Context = IHookFunctions | IWebhookFunctions;

const held = new Map<string, Unsaved>();
let changesMade = 0;
/** What each memory was when it was read, and after how many changes. */
const before = new WeakMap<
	TriggerMemory,
	{ registrations: Record<string, Registration>; order: number }
>();

/** Names this trigger within the process. A test run remembers apart. */
export function triggerName(context: Context): string {
	const trigger = `${context.getWorkflow().id}/${context.getNode().id}`;
	const test = `${trigger}/test`;
	return isTest(context, held.get(test)) ? test : `${trigger}/live`;
}

/** n8n ends a test listener in the same mode as it unpublishes; its static data and its URL are the test's, though. */
function isTest(context: Context, listening: Unsaved | undefined): boolean {
	if (context.getMode() === 'manual') return true;
	if (context.getWorkflowStaticData('node').test === true) return true;
	return (
		'getActivationMode' in context &&
		listening !== undefined &&
		listening.url === context.getNodeWebhookUrl('default')
	);
}

function heldFor(context: Context): Unsaved {
	const name = triggerName(context);
	const known = held.get(name) ?? { changes: new Map(), seen: new Map(), underWay: new Map() };
	held.set(name, known);
	return known;
}

/** This trigger's memory: what is stored, with what this process has changed since. */
export function recall(context: Context): TriggerMemory {
	const stored = deepCopy(context.getWorkflowStaticData('node')) as Partial<TriggerMemory>;
	const unsaved = heldFor(context);
	dropStored(unsaved, stored);
	const memory = withUnsaved(stored, unsaved);
	before.set(memory, { registrations: { ...memory.registrations }, order: changesMade });
	return memory;
}

/** For publishing, the only time when a key is minted: a process that is called meanwhile would mint another one. */
export function openMemory(context: IHookFunctions): TriggerMemory {
	const memory = recall(context);
	memory.key ||= mintKey();
	memory.url = String(context.getNodeWebhookUrl('default'));
	memory.since = Date.now();
	Object.assign(heldFor(context), { key: memory.key, url: memory.url });
	return memory;
}

/** Copies the memory into static data, with what other calls of this process have changed meanwhile. */
function write(context: Context, memory: TriggerMemory): void {
	const whole = withUnsaved(deepCopy(memory), heldFor(context), before.get(memory)?.order);
	const { key, url, since, registrations, seen } = whole;
	const stored = context.getWorkflowStaticData('node');
	Object.assign(stored, { key, url, since, registrations, seen });
	if (context.getMode() === 'manual') stored.test = true;
}

/** This process holds what was changed in the memory since it was read. */
function hold(name: string, memory: TriggerMemory): void {
	const { changes } = held.get(name) ?? { changes: new Map() };
	const { registrations: old, order } = before.get(memory) ?? { registrations: {}, order: 0 };
	for (const task of new Set([...Object.keys(old), ...Object.keys(memory.registrations)])) {
		const registration = memory.registrations[task] ?? null;
		if (registration?.id === old[task]?.id) continue;
		const at = registration?.at ?? Date.now();
		changes.set(task, { registration, at, order: ++changesMade });
	}
	before.set(memory, { registrations: { ...memory.registrations }, order });
}

/** Remembers what is so whatever comes of this call, such as what the service has registered. Call it last in every handler. */
export function persist(context: Context, memory: TriggerMemory): void {
	hold(triggerName(context), memory);
	write(context, memory);
}

/** What is true only when n8n stores the run that this call starts: an event was emitted, and its registration is spent. */
export interface Emission {
	/**
	 * Writes it into the static data that n8n saves together with the run. Called again, it marks them as changed, and writes
	 * them whole only when they are not what it wrote, or this process has changed something since.
	 */
	write(): void;
	/**
	 * The call is over. @param isStored whether the run is: from now on this process knows the event; `unknown`: its sender
	 * has hung up, and n8n may still be at it, as when it is at its limit of concurrent runs
	 */
	end(isStored: boolean | 'unknown'): void;
}

/** How long n8n may hold back a run that nobody waits for any more; if it never comes, the event is taken after that. */
const HELD_BACK_MS = 3_600_000;

/** Whether the event was emitted before; `underWay`: another call is at it. */
export function isKnown(context: Context, memory: TriggerMemory, event: string) {
	if (memory.seen.includes(event)) return 'emitted';
	return heldFor(context).underWay.has(event) ? 'underWay' : false;
}

/** @param spent the task whose registration the call has used up; `null` when it stays registered */
export function beginEmission(
	context: Context,
	memory: TriggerMemory,
	event: string,
	spent: string | null,
): Emission {
	const name = triggerName(context);
	const { seen, underWay } = heldFor(context);
	const since = Date.now();
	underWay.set(event, { since, until: Infinity });
	memory.seen.push(event);
	if (spent !== null) delete memory.registrations[spent];
	let written: { registrations: unknown; changes: number } | undefined;
	return {
		write() {
			const stored = context.getWorkflowStaticData('node');
			if (written?.changes === changesMade && written.registrations === stored.registrations) {
				// the mark itself cannot be reached: n8n hands out a part of what has it, and sets it with any value
				Object.assign(stored, { since: memory.since });
				return;
			}
			write(context, memory);
			written = { registrations: stored.registrations, changes: changesMade };
		},
		end(isStored) {
			if (isStored === 'unknown') {
				underWay.set(event, { since, until: Date.now() + HELD_BACK_MS });
				return;
			}
			underWay.delete(event);
			if (!isStored) return;
			hold(name, memory);
			seen.set(event, Date.now());
			changesMade++;
			dropOldest(seen);
		},
	};
}

/** The trigger is no longer active: what this process holds is of no use. */
export function release(context: Context, memory: TriggerMemory): void {
	memory.since = Date.now();
	persist(context, memory);
	const unsaved = heldFor(context);
	// calls that are not over go on in what they hold
	if (unsaved.underWay.size === 0) held.delete(triggerName(context));
	else Object.assign(unsaved, { key: undefined, url: undefined }).changes.clear();
}
