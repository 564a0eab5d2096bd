/**
 * A scripted fault on the wire, for any service.
 *
 * With none of `status`, `body`, `html`, `cut` and `hang` the request is served normally: only later
 * (`delayMs`, `delay`), after something happened (`before`), with more headers (`headers`), in part (`breakOff`) or slowly (`dripMs`).
 */
export interface FaultRule {
	/** Any method when absent. */
	method?: string;
	/** Tested against the path without the query. */
	path: RegExp;
	/** Tested against the query as it was sent, `?` included. Any query when absent. */
	query?: RegExp;
	/** How many requests it affects; without limit when absent. */
	times?: number;
	/** How many matching requests pass untouched first. */
	skip?: number;
	/** Called before the request is performed, as to change a list between two of its pages. */
	before?: () => void;
	/** Answered instead; 500 when only `body` or `html` is given. */
	status?: number;
	/** A string is sent as text, anything else as JSON. */
	body?: unknown;
	headers?: Record<string, string>;
	/** An HTML page, as a proxy in front of the service would send. */
	html?: string;
	/** Destroys the socket without an answer. */
	cut?: boolean;
	/** Ends the answer in the middle of its body. */
	breakOff?: BreakOff;
	/** Sends the answer's body byte by byte: real milliseconds between two of them. */
	dripMs?: number;
	/** Never answers; the socket is destroyed when the sandbox closes. */
	hang?: boolean;
	/** Real milliseconds before the answer. */
	delayMs?: number;
	/** Like `delayMs`, asked for each request. */
	delay?: () => number;
	/** Performs the request first and then fails the answer. */
	after?: boolean;
}

/**
 * `length`: the connection ends before the announced length. `chunks`: it ends before the last chunk. `gzip`: as
 * `chunks`, of a compressed body. `text`: the answer ends properly, as from a proxy, with half the body. `empty`: likewise,
 * with none of it.
 */
export type BreakOff = 'length' | 'chunks' | 'gzip' | 'text' | 'empty';

export interface Fault {
	/** How many requests it has affected. */
	readonly hits: number;
	remove(): void;
}

/** What the faults in force want done with one request. */
export interface FaultPlan {
	delayMs: number;
	headers: Record<string, string>;
	breakOff?: BreakOff;
	dripMs?: number;
	/** The first matching rule that replaces the answer. */
	failure: FaultRule | undefined;
}

export interface Faults {
	add(rule: FaultRule): Fault;
	/** Counts the request and says what to do with it. */
	plan(method: string, path: string, query: string): FaultPlan;
}

interface ActiveFault {
	rule: FaultRule;
	seen: number;
	hits: number;
}

function replacesAnswer({ status, body, html, cut, hang }: FaultRule): boolean {
	return [status, body, html].some((value) => value !== undefined) || cut === true || hang === true;
}

function affects(fault: ActiveFault, method: string, path: string, query: string): boolean {
	const { rule } = fault;
	if (rule.method !== undefined && rule.method.toUpperCase() !== method) return false;
	if (path.search(rule.path) === -1) return false;
	if (rule.query && query.search(rule.query) === -1) return false;
	fault.seen += 1;
	return fault.seen > (rule.skip ?? 0) && fault.hits < (rule.times ?? Infinity);
}

export function createFaults(): Faults {
	let active: ActiveFault[] = [];

	return {
		add(rule) {
			const fault: ActiveFault = { rule, seen: 0, hits: 0 };
			active.push(fault);
			return {
				get hits() {
					return fault.hits;
				},
				remove: () => void (active = active.filter((other) => other !== fault)),
			};
		},

		plan(method, path, query) {
			const plan: FaultPlan = { delayMs: 0, headers: {}, failure: undefined };
			for (const fault of active) {
				// One failure per request: the next rule waits for the next request.
				if (plan.failure && replacesAnswer(fault.rule)) continue;
				if (!affects(fault, method, path, query)) continue;
				fault.hits += 1;
				fault.rule.before?.();
				plan.delayMs += fault.rule.delayMs ?? fault.rule.delay?.() ?? 0;
				Object.assign(plan.headers, fault.rule.headers);
				plan.breakOff ??= fault.rule.breakOff;
				plan.dripMs ??= fault.rule.dripMs;
				if (replacesAnswer(fault.rule)) plan.failure = fault.rule;
			}
			return plan;
		},
	};
}
