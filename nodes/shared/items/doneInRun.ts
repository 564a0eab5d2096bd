/**
 * Does a thing once in a run of a node, however often n8n tries: what is done is not repeated, nor is what was sent
 * and whose answer was lost, before a person has looked. Kept in the node's context, which n8n saves with the execution
 * and hands on to Retry from the list; secrets stay in this process. A process that is killed before n8n has saved the
 * execution remembers nothing.
 */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { fieldError, isDoubtful, markAnswerUnknown, toNodeError } from '../http/nodeErrors';
import { isSame, marksOf, type Marks } from './askedOf';
import { repeatUnknown } from './fields/runFields';
import { toText } from './fields/givenValues';
import { fieldsOf } from './fields/readFields';
import { SHORT, whatFits } from './notKept';
import type { OperationResult } from './operations';

/** What runs that did not succeed leave for another try, the oldest dropped; a run's own entries stay while it goes on. */
const MAX_ENTRIES = 5000;
/** From this item on a run keeps the short fields of its results only. */
const MANY = 2500;
const MAX_WORDS = 500;

export interface Doing {
	item: number;
	/** Tells it from the other things done for the item. */
	what: string;
	/** Names of the fields that say what is asked for: something else is a new thing. All of the node when absent. */
	asked?: string[];
	/** Names of the result's fields that leave this process only in the node's output. */
	secrets?: string[];
	/** As an operation's: where it is not known whether it was done it is not sent again before a person has looked. */
	once?: boolean;
	/** The key by which the service knows a repetition: with the same one it is safe. */
	idempotencyKey?: string;
	/** What to do when it is found to have been done. */
	ifDone?: string;
}

export interface Done<T> {
	result: T;
	/** Names of fields that an earlier try gave and that could not be kept. */
	notKept: string[];
}

/** With `result` it is done; without, it was sent and its answer was lost: `error`. */
interface Entry extends Marks {
	execution?: string;
	/** JSON. */
	result?: string;
	notKept?: string[];
	error?: { message: string; description: string };
	idempotencyKey?: string;
}

/** Whole results of which the context holds a part; they go with the run's data, whether it ended well or not. */
const here = new WeakMap<object, Map<string, unknown>>();

/** What came of a thing that an earlier try of this same run did; `undefined` when none did it. */
export async function doneBefore<T extends OperationResult>(
	context: IExecuteFunctions,
	doing: Doing,
): Promise<Done<T> | undefined> {
	const key = keyOf(context, doing);
	const known = entriesOf(context)[key];
	if (known?.result === undefined) return undefined;
	if (!isSame(known, await marksOf(context, doing.item, doing.asked))) return undefined;
	const whole = hereOf(context).get(processKey(context, key)) as T | undefined;
	if (whole !== undefined) return { result: whole, notKept: [] };
	return { result: JSON.parse(known.result) as T, notKept: known.notKept ?? [] };
}

/** Does a thing, unless an earlier try of this same run did it; then gives what came of it. */
export async function doneInRun<T extends OperationResult>(
	context: IExecuteFunctions,
	doing: Doing,
	act: () => Promise<T>,
): Promise<Done<T>> {
	const done = await doneBefore<T>(context, doing);
	if (done) return done;
	const key = keyOf(context, doing);
	const now = await marksOf(context, doing.item, doing.asked);
	const known = entriesOf(context)[key];
	if (known?.error && isSame(known, now)) refuseUnknown(context, doing, known);
	const execution = context.getExecutionId();
	const { idempotencyKey } = doing;
	let result: T;
	try {
		result = await act();
	} catch (error) {
		if (doing.once && isDoubtful(error)) {
			const { message, description } = markAnswerUnknown(error as Error & IDataObject);
			const words = [message, String(description ?? '')].map((text) => text.slice(0, MAX_WORDS));
			remember(context, key, {
				...now,
				execution,
				idempotencyKey,
				error: { message: words[0], description: words[1] },
			});
		}
		throw toNodeError(context.getNode(), error, doing.item);
	}
	const longest = doing.item < MANY ? undefined : SHORT;
	const { json, left } = whatFits(result, doing.secrets ?? [], longest);
	remember(context, key, { ...now, result: json, ...(left.length > 0 && { notKept: left }) });
	if (left.length > 0) hereOf(context).set(processKey(context, key), result);
	return { result, notKept: [] };
}

/** Forgets a run that has succeeded: the next one, of a loop or an agent, does everything anew. One that has not is tried again. */
export function endRun(context: IExecuteFunctions, { succeeded }: { succeeded: boolean }): void {
	const entries = entriesOf(context);
	const [own, others]: string[][] = [[], []];
	for (const key of Object.keys(entries)) {
		(key.startsWith(runOf(context)) ? own : others).push(key);
	}
	const left = succeeded ? 0 : own.length;
	const over = others.slice(0, Math.max(0, others.length + left - MAX_ENTRIES));
	for (const key of succeeded ? [...own, ...over] : over) {
		delete entries[key];
		hereOf(context).delete(processKey(context, key));
	}
	if (Object.keys(entries).length === 0) delete memoryOf(context).done;
}

/** Nobody can have looked while the execution goes on: only another one, retried by a person, may send it again; what is entered stays in the workflow, and is good for what one execution sent. */
function refuseUnknown(context: IExecuteFunctions, doing: Doing, known: Entry): void {
	if (known.idempotencyKey !== undefined && known.idempotencyKey === doing.idempotencyKey) return;
	const { item, ifDone = 'If it was done, do not retry: go on by hand behind this node.' } = doing;
	const execution = String(known.execution);
	const looked = toText(fieldsOf(context, item).options().value(repeatUnknown)) === execution;
	if (looked && execution !== context.getExecutionId()) return;
	const { message = '', description } = known.error ?? {};
	const ifNot = `If it was not done, enter ${execution} under "${repeatUnknown.displayName}" in Options, save, and retry with the currently saved workflow.`;
	throw fieldError(
		context.getNode(),
		`Not sent again, it may have been done: ${message}`,
		[description, ifDone, ifNot].filter(Boolean).join(' '),
		item,
	);
}

function remember(context: IExecuteFunctions, key: string, entry: Entry): void {
	entriesOf(context)[key] = entry;
	hereOf(context).delete(processKey(context, key));
}

const memoryOf = (context: IExecuteFunctions) =>
	context.getContext('node') as { done?: Record<string, Entry> };

const entriesOf = (context: IExecuteFunctions) => (memoryOf(context).done ??= {});

/** The run's number tells a second try from the next round of a loop, and from an agent's next call. */
const runOf = (context: IExecuteFunctions) => `${context.getWorkflowDataProxy(0).$runIndex}/`;

const keyOf = (context: IExecuteFunctions, { item, what }: Doing) =>
	`${runOf(context)}${item}/${what}`;

/** The node's context is the same object in each try of a run, and in no other run. */
function hereOf(context: IExecuteFunctions): Map<string, unknown> {
	const memory = memoryOf(context);
	const known = here.get(memory) ?? new Map<string, unknown>();
	here.set(memory, known);
	return known;
}

const processKey = (context: IExecuteFunctions, key: string) =>
	[context.getExecutionId(), key].join('/');
