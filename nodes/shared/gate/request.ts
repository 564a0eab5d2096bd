/**
 * What a request is to the people it asks, one task each: what counts of their answers, what comes of them, and the item
 * that tells it. The parked item is all that is known when a call comes.
 */
import type { IDataObject } from 'n8n-workflow';

import type { Task } from '../task';
import { questionOf } from './edited';
import { textsOf, voteJson } from './groupOutput';
import { judge } from './judge';
import { isOneMailbox, whyOwnApproval } from './ownApproval';
import { outcomeJson, type Outcome } from './parking';
import type { Policy } from './policy';
import { isTask, seen, type Sight } from './sight';
import { ALONE, type Rule } from './tally';
import type { WaitedTask } from './waitState';

export interface Request {
	tasks: WaitedTask[];
	/** `null`: one person is asked. */
	rule: Rule | null;
}

/** The task as it is now, and whether its answer can count. */
export function judged(task: WaitedTask, sight: Sight, policy: Policy): WaitedTask {
	const now = seen(task, sight, Date.now(), policy);
	if (!isTask(sight)) return now;
	const { found, ...others } = now;
	const told = policy.seesEdits ? now : others;
	if (now.lost) return told;
	if (policy.endsWhenDue && policy.isDue(sight)) return { ...told, lost: 'due' };
	// accepted edits do not make the requester the approver
	const isOwn = found && !policy.requesterMayApprove && sight.decision === 'approved';
	const isRefused = isOwn && whyOwnApproval(sight.requester, sight.assignee) !== null;
	return isRefused ? { ...told, lost: 'changed' } : told;
}

/** An edit may have given two tasks to one person, who votes once all the same: the first approval counts. */
export const oneVoteEach = (tasks: WaitedTask[]): WaitedTask[] =>
	tasks.map((task, place) => {
		const before = tasks.slice(0, place).filter(({ lost }) => !lost);
		const isRepeated = before.some((other) => isSameApproval(task, other));
		return isRepeated ? { ...task, lost: 'changed' } : task;
	});

const isSameApproval = ({ last: one }: WaitedTask, { last: other }: WaitedTask): boolean =>
	one?.decision === 'approved' &&
	other?.decision === 'approved' &&
	isOneMailbox(one.assignee?.email ?? '', other.assignee?.email ?? '');

/** What came of it; `undefined` while it is open. */
export const outcomeOf = ({ tasks, rule }: Request): Outcome | undefined =>
	judge({ name: null, tasks: tasks.map((_, place) => place), rule: rule ?? ALONE }, tasks, {
		...{ decides: true, deadline: null },
		now: Date.now(),
	});

/**
 * The Task record with the outcome; of several people that of the first, with the votes of all, and what they came to in
 * place of what the first has said. A run that wakes at its limit has read no votes.
 * @param webhookIds registrations at the service that may not have been used up
 */
export function requestJson(
	{ tasks, rule }: Request,
	outcome: Outcome,
	webhookIds: string[] = [],
): IDataObject {
	const [first] = tasks;
	const json = outcomeJson(first.last as Task, outcome, rule ? undefined : webhookIds[0]);
	if (!rule) return { ...json, ...textsOf(first) };
	const decision = outcome === 'approved' || outcome === 'rejected' ? outcome : null;
	const ofAll = { status: null, state: decision ? 'done' : 'open', decision, decidedAt: null };
	return {
		...{ ...json, ...ofAll, assignee: null },
		// who of them is in the votes
		decidedBy: null,
		rule: { ...rule },
		votes: tasks.map((task) => {
			const { decision: said, decidedAt, ...who } = voteJson(task, true);
			return outcome === 'timedOut' ? who : { ...who, decision: said, decidedAt };
		}),
		...(webhookIds.length > 0 && { webhookIds }),
	};
}

interface OfMany {
	rule?: Rule;
	votes?: Array<{ task: string; approver: string }>;
}

/** The request that a parked item stands for. No answer is in it: each is read again. */
export function requestOf(json: IDataObject): Request {
	const { rule = null, votes, ...others } = json as unknown as Task & OfMany;
	const record = recordOf(others);
	const one = (id: string, assignee: Task['assignee']): WaitedTask => {
		const last: Task = { ...record, id, assignee, decision: null, decidedAt: null };
		return { item: 0, asked: { id }, question: questionOf(last), last };
	};
	if (!rule || !votes) return { rule: null, tasks: [one(record.id, record.assignee)] };
	const person = (email: string) => ({ id: null, name: null, email });
	return { rule, tasks: votes.map(({ task, approver }) => one(task, person(approver))) };
}

const TOLD = ['approved', 'outcome', 'decidedBy', 'data', 'webhookId', 'webhookIds'];

const recordOf = (json: object): Task =>
	Object.fromEntries(
		Object.entries(json).filter(([name]) => !TOLD.includes(name)),
	) as unknown as Task;
