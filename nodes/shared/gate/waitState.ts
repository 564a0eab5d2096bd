/**
 * What a wait knows (L2). It lives in the node's context, which n8n stores with the execution: only its ID goes round by
 * the wire, so nothing that comes in as an item can say what was asked or decided.
 */
import type { IDataObject, IExecuteFunctions, ISourceData } from 'n8n-workflow';

import type { Task } from '../task';
import type { Question } from './edited';
import type { LookPlan } from './looks';
import type { Outcome } from './parking';
import type { Rule } from './tally';

const FORMAT = 1;

/** What a vendor needs to find a task again, with the ID it is told by in errors. Kept with the execution: no secrets. */
export type Asked = IDataObject & {
	id: string;
	/** The ID of the task, where an earlier look has found it. Given to a look only. */
	knownAs?: string;
};

export interface WaitedTask {
	/** The input item it came from. */
	item: number;
	asked: Asked;
	/** What was asked: the task as the first look found it. */
	question?: Question;
	/** The task as the last look found it that did. */
	last?: Task;
	/** When a look first found its present decision, or that it was done. */
	seenAt?: number;
	/** What a look found in place of what was asked. */
	found?: Question;
	/** Why no decision of this task can count any more; `done`: it is, and nothing in it could decide. */
	lost?: 'changed' | 'cancelled' | 'due' | 'done';
	/** In how many looks on end the service did not show it, where it showed others. */
	unread?: number;
	/** In how many whole readings on end it was missing. */
	missing?: number;
	webhookId?: string;
	/** The status it had when its wake-up was registered, which is good for one change. */
	registeredAs?: string | null;
}

export interface WaitGroup {
	/** The value that its items have in common, where they are grouped by a field. */
	name: IDataObject[string];
	/** Its tasks, by their place in `tasks`. */
	tasks: number[];
	rule: Rule;
	/** Whether its answer is that of its one task, with the record of it. */
	isAlone?: true;
	outcome?: Outcome;
}

export const hasOutcome = (group: WaitGroup): group is WaitGroup & { outcome: Outcome } =>
	group.outcome !== undefined;

export interface WaitState {
	format: number;
	plan: LookPlan;
	acceptsEdited: boolean;
	requesterMayApprove: boolean;
	/** The wait's own settings of a vendor, as its fields were read. */
	settings: IDataObject;
	/** Where the items came from, which pairs what leaves with them. */
	source: ISourceData | null;
	/** The nodes that bring the wait back. */
	way: string[] | null;
	tasks: WaitedTask[];
	groups: WaitGroup[];
	/** How the tasks are read, chosen at the first look. */
	how?: string;
	/** How often it was parked. */
	round: number;
	parkedAt: number;
	/** The time of a look before which it was woken: n8n's timer for it may come yet. */
	timerAt?: number;
	/** How many looks were wake-ups. */
	woken: number;
	/** The address that wake-ups are registered with. */
	url?: string;
	/** Looks that failed and pass, and why the last one did. */
	missed: number;
	missedWhy?: string;
	/** Whether a look has read the service. */
	hasLooked: boolean;
}

export const newState = (
	wait: Omit<WaitState, 'format' | 'round' | 'parkedAt' | 'woken' | 'missed' | 'hasLooked'>,
): WaitState => ({
	...wait,
	format: FORMAT,
	round: 0,
	parkedAt: 0,
	woken: 0,
	missed: 0,
	hasLooked: false,
});

const waitsOf = (context: IExecuteFunctions) =>
	((context.getContext('node') as { waits?: Record<string, WaitState> }).waits ??= {});

/** The wait of this ID; `null` when this execution has none in a format that can be read. */
export function stateOf(context: IExecuteFunctions, id: unknown): WaitState | null {
	const waits = waitsOf(context);
	const state = typeof id === 'string' && Object.hasOwn(waits, id) ? waits[id] : null;
	return state?.format === FORMAT ? state : null;
}

/** Whether a wait of this node has not left yet. */
export const isWaiting = (context: IExecuteFunctions): boolean =>
	Object.keys(waitsOf(context)).length > 0;

/** The last statement of a look: what throws before it leaves the wait as it was. */
export function keepState(context: IExecuteFunctions, id: string, state: WaitState): void {
	waitsOf(context)[id] = state;
}

export function forgetState(context: IExecuteFunctions, id: string): void {
	delete waitsOf(context)[id];
}
