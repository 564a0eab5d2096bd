/** Compares what was decided with what came of it, where it takes effect. */

/** Something the step after a gate or a trigger did. */
export interface Effect {
	/** Of what was decided: a task's ID, or whatever the row counts. */
	subject: string;
	/** The branch that was taken. */
	outcome: string;
	/** The trigger's `event.id`; the same for each delivery of the same change. */
	eventId?: string;
}

/** An execution in n8n's list. */
export interface Run {
	id: string;
	status: string;
}

export interface Story {
	/** By subject: what has to take effect. */
	decisions: Map<string, string>;
	/** All there were, oldest first. */
	effects: Effect[];
	/** The executions that n8n lists for a subject. */
	runsOf(subject: string): Run[];
	/** Failed executions of which n8n kept no data: each may be that of one subject without any. */
	anonymous?: Run[];
}

export interface Counts {
	decided: number;
	/** Took effect once, as decided. */
	right: number;
	/** No effect, but a run in n8n's list that says it failed: somebody can see it and retry it. */
	crashed: number;
	/** No effect, and a run that says it goes on. */
	hanging: number;
	/** No effect, and nobody can see it. */
	lost: number;
	/** Took effect more than once. */
	twice: number;
	/** Of those, the repetitions that cannot be told by `event.id`. */
	unlike: number;
	/** Took effect otherwise than decided. */
	wrong: number;
	/** Went on as approved although nobody had approved. */
	opened: number;
}

export interface Account extends Counts {
	/** What was not right, one sentence each. */
	details: string[];
	/** The failed runs without an effect. */
	failedRuns: string[];
	/** The subjects that are lost. */
	lostSubjects: string[];
	/** The subjects of which nothing has taken effect: crashed, hanging or lost. */
	withoutEffect: string[];
}

const FAILED = ['crashed', 'error', 'canceled'];
const GOES_ON = ['new', 'running', 'waiting', 'unknown'];

function missing(runs: Run[]): 'crashed' | 'hanging' | 'lost' {
	if (runs.some(({ status }) => FAILED.includes(status))) return 'crashed';
	return runs.some(({ status }) => GOES_ON.includes(status)) ? 'hanging' : 'lost';
}

function verdict(decision: string, effects: Effect[], runs: Run[]): keyof Counts {
	if (effects.length === 0) return missing(runs);
	if (effects.some(({ outcome }) => outcome !== decision)) return 'wrong';
	return effects.length === 1 ? 'right' : 'twice';
}

/** Whether a builder can tell that they are the same. */
const areLike = (effects: Effect[]) =>
	Boolean(effects[0].eventId) && new Set(effects.map(({ eventId }) => eventId)).size === 1;

export function account({ decisions, effects, runsOf, anonymous = [] }: Story): Account {
	const unclaimed = anonymous.filter(({ status }) => FAILED.includes(status));
	const counts: Account = {
		...{ decided: decisions.size, right: 0, crashed: 0, hanging: 0, lost: 0 },
		...{ twice: 0, unlike: 0, wrong: 0, opened: 0 },
		...{ details: [], failedRuns: [], lostSubjects: [], withoutEffect: [] },
	};
	for (const [subject, decision] of decisions) {
		const mine = effects.filter((effect) => effect.subject === subject);
		const known = runsOf(subject);
		const runs = known.length > 0 || mine.length > 0 ? known : unclaimed.splice(0, 1);
		const word = verdict(decision, mine, runs);
		counts[word]++;
		if (word === 'right') continue;
		const shown = runs.map(({ id, status }) => `${id} ${status}`).join(', ') || 'none';
		const outcomes = mine.map(({ outcome }) => outcome).join(', ') || 'none';
		counts.details.push(`${word}: ${subject}, ${decision}; effects: ${outcomes}; runs: ${shown}`);
		if (word === 'twice' && !areLike(mine)) counts.unlike++;
		if (mine.length === 0) counts.withoutEffect.push(subject);
		if (word === 'lost') counts.lostSubjects.push(subject);
		const failed = runs.filter(({ status }) => FAILED.includes(status));
		if (word === 'crashed') counts.failedRuns.push(...failed.map(({ id }) => id));
	}
	for (const { subject, outcome } of effects) {
		if (outcome !== 'approved' || decisions.get(subject) === 'approved') continue;
		counts.opened++;
		counts.details.push(`opened: ${subject}, ${decisions.get(subject) ?? 'not decided'}`);
	}
	return counts;
}

/** How many of what n8n itself does to a run are no fault of ours; `true`: as many as there are. */
export type Allowed = Partial<
	Record<'crashed' | 'hanging' | 'lost' | 'twice' | 'unlike', number | true>
>;

const DETAILS = 12;

/** What may not be, in sentences; empty when all is well. */
export function faultsOf(counts: Account, allowed: Allowed = {}): string[] {
	const words = ['crashed', 'hanging', 'lost', 'twice', 'unlike', 'wrong', 'opened'] as const;
	const limit = (word: (typeof words)[number]) => {
		const given = (allowed as Record<string, number | true | undefined>)[word] ?? 0;
		return given === true ? Infinity : given;
	};
	const faults = words
		.filter((word) => counts[word] > limit(word))
		.map((word) => `${word}: ${counts[word]} of ${counts.decided}`);
	if (counts.decided === 0) faults.push('nothing was decided');
	return faults.length > 0 ? [...faults, ...counts.details.slice(0, DETAILS)] : [];
}
