/* eslint-disable @n8n/community-nodes/no-restricted-globals -- dev-only, never shipped */

/** `manual`: jobs run only inside `advance`. `live`: a timer also runs them once a second. */
export type ClockMode = 'manual' | 'live';

/** The one clock every service of the sandbox reads. It moves with real time, plus whatever was advanced. */
export interface Clock {
	/** May be switched at any time. */
	mode: ClockMode;
	/** Milliseconds since 1970: wall time plus everything advanced so far. */
	now(): number;
	/**
	 * Moves `ms` milliseconds ahead, running the jobs that fall due one after another, each at its own time.
	 * Resolves when they are done, so it waits for the callbacks a job waits for. Calls queue up.
	 */
	advance(ms: number): Promise<void>;
	/**
	 * Runs `job` after every `periodMs`, counted from the clock's start, whenever the service that asks was first used.
	 * A job must not reject.
	 */
	every(periodMs: number, job: () => Promise<void>): void;
	/** Stops the live timer for good. */
	stop(): void;
}

interface Job {
	periodMs: number;
	nextAt: number;
	run: () => Promise<void>;
}

const LIVE_TICK_MS = 1000;

export function createClock(initialMode: ClockMode = 'manual'): Clock {
	const jobs: Job[] = [];
	let offset = 0;
	let queue: Promise<void> = Promise.resolve();
	let mode: ClockMode = 'manual';
	let timer: NodeJS.Timeout | undefined;
	let ticking = false;
	let stopped = false;

	const now = () => Date.now() + offset;
	const startedAt = now();

	async function runUntil(targetOffset: number): Promise<void> {
		const end = Date.now() + targetOffset;
		for (;;) {
			const [next] = jobs.filter((job) => job.nextAt <= end).sort((a, b) => a.nextAt - b.nextAt);
			if (!next || stopped) break;
			offset = Math.max(offset, next.nextAt - Date.now());
			next.nextAt += next.periodMs;
			await next.run();
		}
		offset = Math.max(offset, targetOffset);
	}

	async function advance(ms: number): Promise<void> {
		queue = queue.then(async () => await runUntil(offset + ms));
		await queue;
	}

	function tick(): void {
		if (ticking) return;
		ticking = true;
		void advance(0).finally(() => (ticking = false));
	}

	function setMode(value: ClockMode): void {
		clearInterval(timer);
		mode = value;
		timer = value === 'live' && !stopped ? setInterval(tick, LIVE_TICK_MS) : undefined;
	}

	setMode(initialMode);

	return {
		now,
		advance,
		get mode() {
			return mode;
		},
		set mode(value: ClockMode) {
			setMode(value);
		},
		every(periodMs, run) {
			const periods = Math.floor((now() - startedAt) / periodMs) + 1;
			jobs.push({ periodMs, nextAt: startedAt + periods * periodMs, run });
		},
		stop() {
			stopped = true;
			clearInterval(timer);
		},
	};
}

/** Resolves after `ms` milliseconds of real time, or at once when `signal` is aborted. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
	if (signal.aborted) return;
	await new Promise<void>((resolve) => {
		const done = () => {
			clearTimeout(timer);
			signal.removeEventListener('abort', done);
			resolve();
		};
		const timer = setTimeout(done, ms);
		signal.addEventListener('abort', done);
	});
}
