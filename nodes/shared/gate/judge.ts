/** What became of a group of tasks: the tally of what counts, and what ends it without an answer. */
import { tally, type Vote } from './tally';
import type { Outcome } from './parking';
import type { WaitGroup, WaitedTask } from './waitState';

export interface Judging {
	/** Whether the service knows decisions; where it knows only what is done, done is the answer, and approves nothing. */
	decides: boolean;
	/** Milliseconds since 1970; `null`: none. */
	deadline: number | null;
	now: number;
}

/** The outcome of a group; `undefined` while it is open. */
export function judge(
	{ rule, tasks: places }: WaitGroup,
	all: WaitedTask[],
	judging: Judging,
): Outcome | undefined {
	const tasks = places.map((place) => all[place]);
	const votes = tasks.map((task) => voteOf(task, judging));
	const verdict = tally(votes, rule);
	if (verdict === 'approved') return judging.decides ? 'approved' : 'done';
	if (verdict === 'rejected') return 'rejected';
	// what is lost can be approved by nobody: is there still a way to an approval without it?
	const possible = tasks.map((task, place): Vote => (task.lost ? 'rejected' : votes[place]));
	if (tally(possible, { ...rule, veto: false }) === 'rejected') {
		const losses = tasks.map(({ lost }) => lost);
		const worst = (['changed', 'cancelled', 'due'] as const).find((loss) => losses.includes(loss));
		return worst ?? 'done';
	}
	return isOver(judging) ? 'timedOut' : undefined;
}

export const isOver = ({ deadline, now }: Pick<Judging, 'deadline' | 'now'>) =>
	deadline !== null && now >= deadline;

/** An answer counts when it came, or was seen, before the deadline; after it only a rejection does, which opens nothing. */
export function voteOf(task: WaitedTask, judging: Judging): Vote {
	const { last, lost } = task;
	if (!last || lost) return 'none';
	const answer = judging.decides ? last.decision : last.state === 'done' ? 'approved' : null;
	if (answer === 'rejected') return 'rejected';
	return answer === 'approved' && isInTime(task, judging.deadline) ? 'approved' : 'none';
}

function isInTime({ last, seenAt }: WaitedTask, deadline: number | null): boolean {
	if (deadline === null || (seenAt !== undefined && seenAt < deadline)) return true;
	// a time that nobody tells is none before the deadline
	return endOf(last?.decidedAt ?? '') <= deadline;
}

/** A day is over at its end, wherever on earth it was: it cannot be later than that. */
function endOf(date: string): number {
	const isDay = /^\d{4}-\d{2}-\d{2}$/.test(date);
	return isDay ? Date.parse(date) + 36 * 3_600_000 : Date.parse(date);
}
