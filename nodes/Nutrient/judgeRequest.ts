/**
 * Judges the approvals of a request. It fails closed: approved is what has ended and was approved by everybody who could
 * still choose, in the last round; whatever cannot be told apart or read is no approval.
 */
import type { IDataObject } from 'n8n-workflow';

import { whyOwnApproval } from '../shared/gate/ownApproval';
import type { Decision, Person, Task } from '../shared/task';
import { approvalsOf, type ApprovalCopy } from './approvalCopies';
import { doubtsOf, isApprovedRound, isClosed, lastRounds, type Vote, type Voted } from './rounds';
import { toTask } from './task';

export interface Verdict {
	decision: Decision;
	/** When the last approval came that it takes; `null` where one of them has no date. */
	decidedAt: string | null;
	/** What it will never be any more: approved, or anything at all. */
	end: 'cancelled' | 'knowsNoDecision' | null;
	/** The approvals that have begun, without copies that were given to somebody else. */
	approvals: Voted[];
	/** Whether an approval does not count because it is the requester's own. */
	isOwn: boolean;
	/** Why it is not approved, and not over either, though somebody approved; as sentences. */
	doubts: string[];
}

export interface Judged {
	/** The request as it stands. */
	request: Task;
	rows: IDataObject[];
	/** Of the approvals that are asked for; all by default. */
	name: string | undefined;
	/** Everything that is told of a copy's option. */
	toldOf(copyId: string): string[];
	decisionOf(option: string | null): Decision;
	requesterMayApprove: boolean;
}

/** The copies that can count, of each approval that is asked for. */
export const countedCopies = (rows: IDataObject[], name: string | undefined): ApprovalCopy[][] =>
	approvalsOf(rows, name)
		.map((copies) => copies.filter(({ isReassigned }) => !isReassigned))
		.filter((copies) => copies.length > 0);

export function judgeRequest(judged: Judged): Verdict {
	const { request, rows, name } = judged;
	const groups = countedCopies(rows, name).map((copies) =>
		copies.map((copy) => voteOf(copy, judged)),
	);
	const rounds = lastRounds(groups);
	const votes = groups.flat();
	const hasEnded = request.state !== 'open';
	const isDone = hasEnded || (name !== undefined && rounds.length > 0 && rounds.every(isClosed));
	const isApproved = isDone && rounds.length > 0 && rounds.every(isApprovedRound);
	const counted = rounds.flat().filter(({ decision }) => decision === 'approved');
	const end = endOf(request, rounds, isDone && !isApproved);
	return {
		decision: votes.some(({ decision }) => decision === 'rejected')
			? 'rejected'
			: isApproved && request.state !== 'cancelled'
				? 'approved'
				: null,
		decidedAt: isApproved ? latest(counted.map(({ decidedAt }) => decidedAt)) : null,
		end,
		approvals: votes.map(({ id, title, assignee, option, decision, decidedAt }) => ({
			...{ id, title, assignee, option, decision, decidedAt },
		})),
		isOwn: rounds.flat().some(({ isOwn }) => isOwn),
		doubts: isDone && !isApproved && end === null ? doubtsOf(rounds) : [],
	};
}

function voteOf(
	copy: ApprovalCopy,
	{ request, toldOf, decisionOf, requesterMayApprove }: Judged,
): Vote {
	const told = toldOf(copy.id);
	const option = told.length === 1 ? told[0] : null;
	const isOwn = !requesterMayApprove && whyOwnApproval(request.requester, copy.recipient) !== null;
	const means = decisionOf(option);
	const counts = !(isOwn && means === 'approved');
	return {
		...{ copy, id: copy.id, title: copy.title, option },
		assignee: copy.recipient as (Person & IDataObject) | null,
		decision: counts ? means : null,
		decidedAt: toTask(copy.raw).decidedAt,
		isUnclear: told.length > 1 || !counts || (option !== null && means !== 'approved'),
		isOwn: isOwn && (means === 'approved' || copy.state === 'open'),
	};
}

function endOf(request: Task, rounds: Vote[][], isLost: boolean): Verdict['end'] {
	if (request.state === 'cancelled') return 'cancelled';
	if (!isLost) return null;
	const votes = rounds.flat();
	if (votes.length === 0) return 'knowsNoDecision';
	// the request goes on, and may come back to it
	if (request.state === 'open') return null;
	const isOver = votes.every(({ copy, isOwn }) => copy.state === 'cancelled' || isOwn);
	return isOver || votes.some(({ isOwn }) => isOwn) ? 'cancelled' : null;
}

const timeOf = (date: string | null) => Date.parse(date ?? '');

const latest = (dates: Array<string | null>) =>
	dates.includes(null)
		? null
		: (dates as string[]).reduce((a, b) => (timeOf(a) > timeOf(b) ? a : b));
