/** How a wait looks at approvals of Nutrient, each one assignee's copy. */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { WaitDesk } from '../shared/gate/desk';
import { passesIn, readEach } from '../shared/gate/readEach';
import type { Sight } from '../shared/gate/sight';
import { tellWaiting } from '../shared/gate/tellWaiting';
import type { Asked } from '../shared/gate/waitState';
import { fieldError, isPassing } from '../shared/http/nodeErrors';
import type { Task } from '../shared/task';
import { listMyTasks } from './api';
import { copiesOfTask, isApproval, rowOfTask, same, type ApprovalCopy } from './approvalCopies';
import {
	approvedWordsField,
	decisionPathField,
	readWords,
	rejectedWordsField,
} from './decisionWords';
import { requestField, taskField } from './locators';
import { chosenOption, decisionOf, type DecisionWords } from './readDecision';
import { readOptions, type Answered, type Asking, type Place } from './readOptions';
import { readRows } from './readRequest';
import { requestOfTask, toTask } from './task';
import { SETTLE, unknownWord, wakeUpNotice } from './waitFields';

const requestOfTaskField = {
	...requestField,
	required: false,
	description:
		"The request that the task belongs to. Empty: the task is looked up among the login's own open tasks.",
};

interface AskedTask extends Asked {
	/** Empty until it is known. */
	request: string;
	item: number;
	/** The copies of the same approval that were there at the first look. */
	copies?: string[];
}

export const taskDesk: WaitDesk = {
	decides: true,
	fields: [taskField, requestOfTaskField, approvedWordsField, rejectedWordsField, wakeUpNotice],
	options: [decisionPathField],
	asked: (read) => ({
		id: read.id(taskField),
		request: read.ifGiven(requestOfTaskField, read.id) ?? '',
		item: read.itemIndex,
	}),
	settings: (options, read) => ({
		...readWords(read),
		decisionField: options.ifGiven(decisionPathField, options.text) ?? '',
	}),
	async look(context, entered, chosen, settings) {
		const asked = await withRequests(context, entered as AskedTask[]);
		const requests = [...new Set(asked.map(({ request }) => request))];
		const read = async (id: string) => await readRows(context, id);
		const lists = await readEach(requests, read, 'gone', passesIn(chosen)).catch(
			async (error: unknown) => {
				const isFound = asked !== entered && isPassing(error);
				return isFound ? unreadNow(context, requests, error) : await Promise.reject(error as Error);
			},
		);
		const found = asked.map((one): Asking | 'gone' | 'missing' | 'unread' => {
			const rows = lists[requests.indexOf(one.request)];
			if (typeof rows === 'string') return rows;
			const copy = copyNow(rows, one);
			return copy ? { copy, rows, request: one.request } : 'missing';
		});
		if (chosen === undefined) refuseOthers(context, asked, found);
		const there = found.filter((one) => typeof one !== 'string');
		const path = String(settings.decisionField);
		const { place, answered } = await readOptions(context, there, chosen as Place, path);
		const words = settings as unknown as DecisionWords;
		const told: string[] = [];
		const sights = found.map((one): Sight => {
			if (typeof one === 'string') return one;
			const answer = answered[there.indexOf(one)];
			const { id } = one.copy;
			if (answer.isUnread) told.push(`What was chosen in task ${id} could not be read now.`);
			const sight = sightOf(one.copy, answer, words, path);
			const isOther = answer.option !== null && sight.decision === null;
			if (isOther) told.push(unknownWord(`Task ${id}`, answer.option!));
			return answer.isUnread ? 'unread' : sight;
		});
		tellWaiting(context, told);
		const known = asked.map((one, index): AskedTask => {
			const now = found[index];
			if (one.copies || typeof now === 'string') return one;
			return { ...one, copies: copiesOfTask(now.rows, one.id).map(({ id }) => id) };
		});
		return { how: place, sights, asked: known };
	},
	wakeUps: { settle: SETTLE },
};

/** Looks up the requests that were not entered: who has an open task is shown its request. */
async function withRequests(context: IExecuteFunctions, asked: AskedTask[]): Promise<AskedTask[]> {
	if (asked.every(({ request }) => request !== '')) return asked;
	const mine = await listMyTasks(context, {}, Infinity);
	return asked.map((one) => {
		const row = one.request === '' ? rowOfTask(mine, one.id) : null;
		const request = one.request || (row && requestOfTask(row));
		if (request) return { ...one, request };
		throw fieldError(
			context.getNode(),
			`Task ${one.id} is not among the open tasks of the login`,
			`Enter the request it belongs to under ${requestOfTaskField.displayName}: only its request tells what became of it.`,
			one.item,
		);
	});
}

/**
 * What was looked up is kept though nothing could be read: a task that is answered by the next look is no longer among
 * the open ones.
 */
function unreadNow(context: IExecuteFunctions, requests: string[], error: Error): Array<'unread'> {
	tellWaiting(context, [`None of the requests could be read now: ${error.message}`]);
	return requests.map(() => 'unread');
}

/**
 * The copy that counts: the one that was asked for, or that of the person it was given to since. Where that cannot be told
 * from others' it is nobody's, and called off.
 */
function copyNow(rows: IDataObject[], { id, copies }: AskedTask): ApprovalCopy | null {
	const all = copiesOfTask(rows, id);
	const own = all.find((copy) => same(copy.id, id)) ?? null;
	if (!own?.isReassigned) return own;
	const since = all.filter((copy) => !copy.isReassigned && copies?.includes(copy.id) === false);
	return since.length === 1 ? since[0] : { ...own, recipient: null, state: 'cancelled' };
}

/** What is no approval is never decided. */
function refuseOthers(
	context: IExecuteFunctions,
	asked: AskedTask[],
	found: Array<Asking | string>,
): void {
	for (const [place, one] of found.entries()) {
		if (typeof one === 'string' || isApproval(one.copy.raw) !== false) continue;
		throw fieldError(
			context.getNode(),
			`Task ${asked[place].id} is no approval`,
			'Nobody approves or rejects it. Enter an approval, or wait for the request.',
			asked[place].item,
		);
	}
}

function sightOf(
	{ id, raw, recipient, state }: ApprovalCopy,
	{ option, sources }: Answered,
	words: DecisionWords,
	path: string,
): Task {
	const decision = decisionOf(option, words);
	const task = { ...toTask(raw), assignee: recipient, state, decision };
	if (option !== null) return Object.assign(task, { option });
	const others = copiesOfTask(sources.rows, id).filter((copy) => !copy.isReassigned);
	// an option of somebody else may end the task as completed for all: who has not chosen never will
	const isOver =
		state === 'done' &&
		others.every((copy) => copy.state !== 'open') &&
		others.some((copy) => chosenOption(copy.id, sources, path) !== null);
	return isOver ? { ...task, state: 'cancelled' } : task;
}
