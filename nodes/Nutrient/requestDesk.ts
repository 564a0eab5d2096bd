/** How a wait looks at requests of Nutrient: at all approvals of each, or at those of one name. */
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { WaitDesk } from '../shared/gate/desk';
import { ownApprovalField } from '../shared/gate/ownApproval';
import { passesIn, readEach } from '../shared/gate/readEach';
import { tellWaiting } from '../shared/gate/tellWaiting';
import type { Sight } from '../shared/gate/sight';
import { fieldError } from '../shared/http/nodeErrors';
import type { Task } from '../shared/task';
import {
	approvedWordsField,
	decisionPathField,
	readWords,
	rejectedWordsField,
} from './decisionWords';
import { countedCopies, judgeRequest, type Judged, type Verdict } from './judgeRequest';
import { requestField } from './locators';
import { decisionOf, toldOptions, type DecisionWords } from './readDecision';
import { readOptions, type Answered, type Asking, type Place } from './readOptions';
import { readDetail, readRows } from './readRequest';
import type { Voted } from './rounds';
import { toRequest } from './task';
import { SETTLE, unknownWord, wakeUpNotice } from './waitFields';

const taskNameField: INodeProperties = {
	displayName: 'Task Name',
	name: 'taskName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Manager Approval',
	description:
		'The name of the approval that decides, as the process has it. Empty: all approvals of the request, when it has ended.',
};

/** A request with what people have said in it. */
type Decided = Task & { approvals: Voted[] };

interface Read {
	detail: IDataObject;
	rows: IDataObject[];
}

export const requestDesk: WaitDesk = {
	decides: true,
	noun: 'Request',
	fields: [requestField, approvedWordsField, rejectedWordsField, wakeUpNotice],
	options: [decisionPathField, taskNameField],
	asked: (read) => ({ id: read.id(requestField), item: read.itemIndex }),
	settings: (options, read) => ({
		...readWords(read),
		decisionField: options.ifGiven(decisionPathField, options.text) ?? '',
		taskName: options.ifGiven(taskNameField, options.text) ?? '',
		requesterMayApprove: options.isOn(ownApprovalField),
	}),
	async look(context, asked, chosen, settings) {
		const ids = [...new Set(asked.map(({ id }) => id))];
		const read = async (id: string) => await readWhole(context, id);
		const found = await readEach(ids, read, 'gone', passesIn(chosen));
		const name = String(settings.taskName) || undefined;
		const asking = found.flatMap((one, place): Asking[] => {
			if (typeof one === 'string') return [];
			const { rows, detail } = one;
			const copies = countedCopies(rows, name).flat();
			return copies.map((copy) => ({ copy, rows, detail, request: ids[place] }));
		});
		const path = String(settings.decisionField);
		const { place, answered } = await readOptions(context, asking, chosen as Place, path);
		const answers = new Map(asking.map(({ copy }, index) => [copy.id, answered[index]]));
		const told: string[] = [];
		const sights = asked.map(({ id, item }): Sight => {
			const one = found[ids.indexOf(id)];
			if (typeof one === 'string') return one;
			const judged = judgedOf(one, name, answers, settings);
			const verdict = judgeRequest(judged);
			if (chosen === undefined && verdict.isOwn) refuseOwn(context, Number(item), id);
			const isUnread = verdict.approvals.some((vote) => answers.get(vote.id)?.isUnread);
			const isRejected = verdict.decision === 'rejected';
			if (isUnread || verdict.decision === null) {
				told.push(...whyWaiting(id, verdict, { isUnread, name }));
			}
			// what cannot be read now may say otherwise, but not make a rejection undone
			return isUnread && !isRejected ? 'unread' : sightOf(judged.request, verdict);
		});
		tellWaiting(context, told);
		return { how: place, sights };
	},
	wakeUps: { settle: SETTLE },
	async answeredBy(_context, task) {
		const { approvals = [] } = task as Partial<Decided>;
		const [vote, ...others] = approvals.filter(({ decision }) => decision === task.decision);
		const { id, name, email } = (vote?.assignee ?? {}) as Record<string, string | null>;
		if (!vote?.assignee || others.length > 0) return await Promise.resolve(null);
		return { id, name, email, provenance: 'configured' };
	},
};

/** Whether it has ended is asked first: then what its tasks say is final. */
async function readWhole(context: IExecuteFunctions, id: string): Promise<Read | null> {
	const detail = await readDetail(context, id);
	const rows = detail && (await readRows(context, id));
	return rows && { detail, rows };
}

function judgedOf(
	{ detail, rows }: Read,
	name: string | undefined,
	answers: Map<string, Answered>,
	settings: IDataObject,
): Judged {
	const path = String(settings.decisionField);
	return {
		...{ request: toRequest(detail), rows, name },
		toldOf: (id) => toldOptions(id, answers.get(id)?.sources ?? { rows }, path),
		decisionOf: (option) => decisionOf(option, settings as unknown as DecisionWords),
		requesterMayApprove: settings.requesterMayApprove === true,
	};
}

function sightOf(request: Task, { decision, decidedAt, end, approvals }: Verdict): Sight {
	const sight: Decided = { ...request, decision, approvals };
	if (decision === 'approved') return { ...sight, decidedAt };
	if (decision === 'rejected' || end === null) return sight;
	if (end === 'cancelled') return { ...sight, state: 'cancelled' };
	return { ...sight, state: 'done', knowsNoDecision: true };
}

function whyWaiting(
	id: string,
	{ approvals, isOwn, end, doubts }: Verdict,
	{ isUnread, name }: { isUnread: boolean; name: string | undefined },
): string[] {
	const why: string[] = [];
	if (isUnread) why.push(`What was chosen in request ${id} could not be read now.`);
	if (isOwn) why.push(`An approval by the requester of request ${id} does not count.`);
	if (name !== undefined && approvals.length === 0 && end === null) {
		why.push(`Request ${id} has no approval "${name}" yet.`);
	}
	const unknown = approvals.find(({ option, decision }) => option !== null && decision === null);
	if (unknown && !isOwn) why.push(unknownWord(`Task ${unknown.id}`, unknown.option!));
	if (!isUnread && doubts.length > 0) {
		why.push(`Request ${id} goes on waiting, though somebody has approved. ${doubts.join(' ')}`);
	}
	return why;
}

function refuseOwn(context: IExecuteFunctions, item: number, id: string): never {
	throw fieldError(
		context.getNode(),
		'The requester may not approve their own request',
		`An approval of request ${id} is its requester's. Give it to somebody else, or turn on ${ownApprovalField.displayName} in Options.`,
		item,
	);
}
