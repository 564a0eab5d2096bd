/** Judges the votes on one question. Both gates ask it, and nothing else decides what several people have said. */

/** What one person has said so far. Whatever is no known word counts as nothing said. */
export type Vote = 'approved' | 'rejected' | 'none';

export interface Rule {
	/** How many approvals it takes. */
	needed: number | 'all';
	/** Whether one rejection rejects, however many approve. */
	veto: boolean;
}

/** Of one person who is asked alone. */
export const ALONE: Rule = { needed: 'all', veto: true };

export type Verdict = 'approved' | 'rejected' | 'undecided';

/**
 * Rejected, when one rejection came and has a veto, or when the approvals that are still possible are too few; approved,
 * when as many as are needed are there; else undecided. It depends on the votes alone, not on their order. A rejection
 * that has a veto is looked at first: who reads all votes at once cannot tell which came first, and a gate fails closed.
 * More votes never make an approval out of a rejection, nor an open question out of an answer.
 */
export function tally(votes: readonly Vote[], { needed, veto }: Rule): Verdict {
	const count = (word: Vote) => votes.filter((vote) => vote === word).length;
	// nobody's approval, or none at all, is none
	const enough = Math.max(1, needed === 'all' ? votes.length : needed);
	if (veto && count('rejected') > 0) return 'rejected';
	if (count('approved') >= enough) return 'approved';
	return votes.length - count('rejected') < enough ? 'rejected' : 'undecided';
}
