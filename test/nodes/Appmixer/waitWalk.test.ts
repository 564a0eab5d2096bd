/** @jest-environment ./test/engine/environment.ts */
import * as fc from 'fast-check';

import type { Fault } from '../../../sandbox/faults';
import type { Task } from '../../../sandbox';
import { FUZZ } from '../../fuzz';
import { engine } from '../../engine';
import { DECISIONS, useLoops, type Loop } from '../looped';
import { useSandbox } from './sandboxed';

/**
 * A wait lives through anything in any order: people decide, edit, take back, pass on and withdraw, the service is away,
 * n8n looks, runs an old state again, or the whole run. What leaves is compared with what the service said.
 */
const used = useSandbox();
const open = useLoops(() => ({ type: 'appmixer', credential: used.ada, outputs: DECISIONS }));

const PEOPLE = ['bob@example.com', 'carol@example.com', 'dan@example.com'];
const KINDS = [
	...[
		'approve',
		'approve',
		'approve',
		'reject',
		'edit',
		'edit',
		'undo',
		'passOn',
		'spoil',
		'remove',
	],
	...['storm', 'calm', 'look', 'look', 'look', 'keep', 'replay', 'retry'],
] as const;

interface Step {
	kind: (typeof KINDS)[number];
	place: number;
}

const walks = fc.record({
	tasks: fc.integer({ min: 1, max: 3 }),
	grouping: fc.constantFrom('each', 'all'),
	rule: fc.constantFrom('all', 'one', 'number'),
	needed: fc.integer({ min: 1, max: 3 }),
	oneRejectionRejects: fc.boolean(),
	steps: fc.array(
		fc.record({ kind: fc.constantFrom(...KINDS), place: fc.nat(2) }) as fc.Arbitrary<Step>,
		{ minLength: 3, maxLength: 25 },
	),
});
type Walk = typeof walks extends fc.Arbitrary<infer T> ? T : never;

/** What may be believed of a task: what it was at a look that reached the service, or is now. */
interface Known {
	approved: boolean;
	rejected: boolean;
}

async function walk({ tasks: count, steps, ...chosen }: Walk): Promise<void> {
	const { appmixer } = used.sandbox;
	const tasks = PEOPLE.slice(0, count).map((approver, place) =>
		appmixer.createTask({ title: `Task ${place}`, approver }),
	);
	const titles = tasks.map(({ title }) => title);
	const needed = Math.min(chosen.needed, count);
	const { grouping, rule, oneRejectionRejects } = chosen;
	const loop = await open(
		tasks.map(({ taskId }) => taskId),
		{
			...{ grouping, resumeAmount: 60, resumeUnit: 'minutes', lookAgain: 'fixed', lookMinutes: 7 },
			...(grouping === 'all' && { rule, approvalsNeeded: needed, oneRejectionRejects }),
			options: { wakeUps: false },
		},
	);
	const seen: Known[] = tasks.map(() => ({ approved: false, rejected: false }));
	const left: string[] = [];
	let storm: Fault | undefined;
	let kept = loop.stored;

	const isThere = (task: Task) => appmixer.tasks.includes(task);
	const note = () => {
		tasks.forEach((task, place) => {
			const isAsAsked = task.title === titles[place] && task.approver === PEOPLE[place];
			seen[place].approved ||= isThere(task) && task.status === 'approved' && isAsAsked;
			seen[place].rejected ||= isThere(task) && task.status === 'rejected';
		});
	};
	const came = () => {
		if (!storm) note();
		for (const output of DECISIONS.slice(1)) {
			for (const { json, from } of loop.arrived(output)) {
				left.push(`${output} ${String(json.outcome)}`);
				believe(output, json, from);
			}
		}
	};
	const believe = (output: string, json: Record<string, unknown>, from: unknown) => {
		const approvals = seen.filter(({ approved }) => approved).length;
		const rejections = seen.filter(({ rejected }) => rejected).length;
		expect(json.approved).toBe(output === 'Approved');
		if (grouping === 'each') {
			const place = tasks.findIndex(({ taskId }) => taskId === json.id);
			expect(from).toMatchObject({ line: place + 1 });
			if (output === 'Approved') expect(seen[place].approved).toBe(true);
			if (output === 'Rejected') expect(seen[place].rejected).toBe(true);
			return;
		}
		const enough = rule === 'all' ? count : rule === 'one' ? 1 : needed;
		if (output === 'Approved') expect(approvals).toBeGreaterThanOrEqual(enough);
		if (output === 'Rejected') {
			expect(rejections).toBeGreaterThanOrEqual(oneRejectionRejects ? 1 : count - enough + 1);
		}
	};
	const on: Record<Step['kind'], (task: Task, place: number) => unknown> = {
		approve: (task) => decide(task, 'approved'),
		reject: (task) => decide(task, 'rejected'),
		edit: (task) => Object.assign(task, { title: `${task.title}!`, mtime: new Date() }),
		undo: (task, place) => Object.assign(task, { title: titles[place], approver: PEOPLE[place] }),
		passOn: (task) => Object.assign(task, { approver: 'eve@example.com', mtime: new Date() }),
		spoil: (task) => Object.assign(task, { status: 'perhaps' }),
		remove: (task) => isThere(task) && appmixer.tasks.splice(appmixer.tasks.indexOf(task), 1),
		// tried again at once: a walk has many, and what is waited for is not what is walked here
		storm: () =>
			(storm ??= used.sandbox.fault({
				...{ path: /tasks/, status: 503, headers: { 'retry-after': '0' } },
			})),
		calm() {
			storm?.remove();
			storm = undefined;
		},
		look: async () => await look(loop),
		keep() {
			if (loop.status === 'waiting') kept = loop.stored;
		},
		async replay() {
			await loop.replay(kept);
			came();
		},
		async retry() {
			if (loop.status !== 'error') return;
			await loop.retry();
			came();
		},
	};
	const look = async ({ status }: Loop) => {
		if (status !== 'waiting') return;
		await loop.wake();
		came();
	};
	came();
	for (const { kind, place } of steps) {
		const task = tasks[place % count];
		await on[kind](task, place % count);
	}
	on.calm(tasks[0], 0);
	// nine looks reach the limit
	for (let looks = 0; loop.status === 'waiting' && looks < 15; looks++) await look(loop);
	expect(loop.status).not.toBe('waiting');
	expect(left.length).toBeLessThanOrEqual(grouping === 'each' ? count : 1);
	// unless a replay took the wait's one leave
	if (loop.status === 'success') expect(left).toHaveLength(grouping === 'each' ? count : 1);
	await loop.close();
}

function decide(task: Task, status: string): void {
	if (!['pending', 'due'].includes(task.status)) return;
	Object.assign(task, { status, decisionMade: new Date(), mtime: new Date() });
}

afterEach(() => engine.clockAhead(0));

it('L1, L4, L9, L10: whatever happens in whatever order, a wait leaves once, in time, and as people said', async () => {
	await fc.assert(fc.asyncProperty(walks, walk), {
		...FUZZ,
		numRuns: Math.ceil(FUZZ.numRuns / 25),
	});
}, 240_000);
