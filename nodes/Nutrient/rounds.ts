/** Which rounds of a request's approvals count, and whether everybody approved in one. Where it is not sure, nobody did. */
import type { IDataObject } from 'n8n-workflow';

import type { Decision } from '../shared/task';
import type { ApprovalCopy } from './approvalCopies';
import { textField } from './readWire';
import { begunOf, endedOf } from './task';
import { isOverBefore, isTogether, whenTold } from './whenTold';

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

export interface Vote extends Voted {
	copy: ApprovalCopy;
	/** Whether several things are told, or what does not count. */
	isUnclear: boolean;
	isOwn: boolean;
}

/** Without those that another one surely came after. Of dates that go round in a circle none is believed. */
export function lastRounds(rounds: Vote[][]): Vote[][] {
	const last = rounds.filter((round) => !rounds.some((later) => supersedes(later, round)));
	return last.length > 0 ? last : rounds;
}

export const isClosed = (round: Vote[]) =>
	round.every(({ copy, option }) => copy.state !== 'open' || option);

/** What was called off cannot choose any more; nor can what has ended in the same moment as somebody's choice. */
export function isApprovedRound(round: Vote[]): boolean {
	const chosen = round.filter(({ decision }) => decision === 'approved');
	const endedBy = (vote: Vote) => chosen.some((one) => isTogether(endOf(one), endOf(vote)));
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

/** Why rounds are no approval though somebody approved, as sentences. */
export function doubtsOf(rounds: Vote[][]): string[] {
	const approved = rounds.filter(isApprovedRound);
	const others = rounds.filter((round) => !approved.includes(round));
	const isUnordered = ([vote]: Vote[]) => others.some(([other]) => isSameDesign(vote, other));
	const order = approved
		.filter(isUnordered)
		.map(
			([{ title }]) =>
				`The dates do not tell which round of "${title ?? 'the approval'}" was the last, so each counts.`,
		);
	const untold = others
		.filter((round) => round.some(({ decision }) => decision === 'approved'))
		.flat()
		.filter(({ copy, option, isUnclear }) => copy.state === 'done' && !option && !isUnclear)
		.map(({ id }) => `Nothing tells what was chosen in task ${id}.`);
	return [...new Set(order), ...untold];
}

/**
 * Whether one is a later round of the same approval: a process that goes back begins it anew, when the one before has ended.
 * Where dates do not tell, it is not, and both count.
 */
const supersedes = (later: Vote[], earlier: Vote[]): boolean =>
	isSameDesign(later[0], earlier[0]) &&
	isClosed(earlier) &&
	isAfter(later, earlier) &&
	// neither of two that began and ended in one moment, nor one itself
	!isAfter(earlier, later);

const isAfter = (later: Vote[], earlier: Vote[]): boolean =>
	later.every(({ copy }) =>
		earlier.every((vote) => isOverBefore(endOf(vote), whenTold(begunOf(copy.raw)))),
	);

const endOf = ({ copy }: Vote) => whenTold(endedOf(copy.raw));

function isSameDesign(one: Vote, other: Vote): boolean {
	const design = designOf(one);
	return design !== null && design === designOf(other);
}

const designOf = ({ copy: { raw, title } }: Vote) =>
	textField(raw, 'processtasksid', 'processtaskguid') ?? title;
