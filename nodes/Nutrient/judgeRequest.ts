/**
 * Judges the approvals of a request. It fails closed: approved is what has ended and was approved by everybody who could
 * still choose, in the last round; whatever cannot be told apart or read is no approval.
 */
import type { IDataObject } from 'n8n-workflow';

import { whyOwnApproval } from '../shared/gate/ownApproval';
import type { Decision, Person, Task } from '../shared/task';
import { approvalsOf, type ApprovalCopy } from './approvalCopies';
import { textField } from './readWire';
import { toTask } from './task';

/** Copies that an option has ended end with it; in milliseconds. */
const TOGETHER = 2000;

/** What somebody has said in an approval. */
export interface Voted extends IDataObject {
	id: string;
	title: string | null;
	assignee: IDataObject | null;
	/** The chosen option. */
	option: string | null;
	decision: Decision;
	decidedAt: string | null;
}

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

interface Vote extends Voted {
	copy: ApprovalCopy;
	/** Whether several things are told, or what does not count. */
	isUnclear: boolean;
	isOwn: boolean;
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
	const rounds = groups.filter((group) => !groups.some((later) => supersedes(later, group)));
	const votes = groups.flat();
	const hasEnded = request.state !== 'open';
	const isDone = hasEnded || (name !== undefined && rounds.length > 0 && rounds.every(isClosed));
	const isApproved = isDone && rounds.length > 0 && rounds.every(isApprovedRound);
	const counted = rounds.flat().filter(({ decision }) => decision === 'approved');
	return {
		decision: votes.some(({ decision }) => decision === 'rejected')
			? 'rejected'
			: isApproved && request.state !== 'cancelled'
				? 'approved'
				: null,
		decidedAt: isApproved ? latest(counted.map(({ decidedAt }) => decidedAt)) : null,
		end: endOf(request, rounds, isDone && !isApproved),
		approvals: votes.map(({ id, title, assignee, option, decision, decidedAt }) => ({
			...{ id, title, assignee, option, decision, decidedAt },
		})),
		isOwn: rounds.flat().some(({ isOwn }) => isOwn),
	};
}

function voteOf(copy: ApprovalCopy, { request, toldOf, decisionOf, requesterMayApprove }: Judged) {
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

const isClosed = (round: Vote[]) =>
	round.every(({ copy, option }) => copy.state !== 'open' || option);

/** What was called off cannot choose any more; nor can what has ended in the same moment as somebody's choice. */
function isApprovedRound(round: Vote[]): boolean {
	const chosen = round.filter(({ decision }) => decision === 'approved');
	const endedBy = ({ decidedAt }: Vote) =>
		chosen.some((vote) => Math.abs(timeOf(vote.decidedAt) - timeOf(decidedAt)) <= TOGETHER);
	return (
		chosen.length > 0 &&
		round.every(
			(vote) =>
				!vote.isUnclear &&
				(vote.decision === 'approved' ||
					vote.copy.state === 'cancelled' ||
					(vote.copy.state === 'done' && endedBy(vote))),
		)
	);
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

/**
 * Whether one is a later round of the same approval: a process that goes back begins it anew, when the one before has ended.
 * Where dates do not tell, it is not, and both count.
 */
function supersedes(later: Vote[], earlier: Vote[]): boolean {
	const [one, other] = [designOf(later[0]), designOf(earlier[0])];
	if (one === null || one !== other || later === earlier || !isClosed(earlier)) return false;
	const begun = Math.min(...later.map(({ copy }) => timeOf(toTask(copy.raw).createdAt)));
	const ended = Math.max(...earlier.map(({ decidedAt }) => timeOf(decidedAt)));
	return ended <= begun;
}

const designOf = ({ copy: { raw, title } }: Vote) =>
	textField(raw, 'processtasksid', 'processtaskguid') ?? title;

const timeOf = (date: string | null) => Date.parse(date ?? '');

const latest = (dates: Array<string | null>) =>
	dates.includes(null)
		? null
		: (dates as string[]).reduce((a, b) => (timeOf(a) > timeOf(b) ? a : b));
