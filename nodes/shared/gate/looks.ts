/**
 * When a wait looks again (L6): n8n keeps and rewrites every round, so looks grow apart, and there is a most of them.
 * Times are milliseconds since 1970, spans milliseconds.
 */

export const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Of whatever interval, where no deadline comes before: n8n can store no date beyond all bounds. */
const YEAR = 366 * DAY;
/** Of the time waited: who has waited a week does not mind an hour. */
const SHARE = 0.1;
/** Looks times tasks, of one wait. */
export const MOST_READINGS = 25_000;
/** A wait without an end has its looks in this time; then they grow apart to a day. */
const HORIZON = 30 * DAY;

export interface LookPlan {
	startedAt: number;
	/** `null`: it waits for as long as it takes. */
	deadline: number | null;
	/** A fixed interval; `null`: they grow apart. */
	every: number | null;
	/** What intervals are multiplied by, so that the looks are not too many; 1 where they are not. */
	stretch: number;
}

/** Plans the looks at so many tasks. */
export function planLooks(wait: Omit<LookPlan, 'stretch'>, tasks: number): LookPlan {
	const most = Math.max(1, Math.floor(MOST_READINGS / tasks));
	const fits = (stretch: number) => countLooks({ ...wait, stretch }, most + 1) <= most;
	let [least, enough] = [1, 1];
	while (!fits(enough)) [least, enough] = [enough, enough * 2];
	while (enough - least > 0.01) {
		const middle = (least + enough) / 2;
		if (fits(middle)) enough = middle;
		else least = middle;
	}
	return { ...wait, stretch: enough };
}

/** When to look after a look at this time: at the deadline at the latest. */
export function nextLook(plan: LookPlan, now: number): number {
	const span = spanAt(plan, now - plan.startedAt);
	if (plan.deadline !== null) return Math.min(now + span, plan.deadline);
	return now + Math.min(span, YEAR);
}

/** How many looks a wait takes that nothing ends before, the last one included; up to `most`. */
export function countLooks(plan: LookPlan, most = Infinity): number {
	const end = plan.deadline ?? plan.startedAt + HORIZON;
	let looks = 1;
	for (let at = plan.startedAt; at < end && looks < most; looks++) at = nextLook(plan, at);
	return looks;
}

function spanAt({ every, stretch }: LookPlan, waited: number): number {
	const share = waited * SHARE;
	const span = every ?? Math.min(Math.max(MINUTE, share), HOUR);
	if (waited < HORIZON) return span * stretch;
	return Math.max(span * stretch, Math.min(share, DAY));
}
