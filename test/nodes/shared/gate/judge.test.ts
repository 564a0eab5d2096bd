import * as fc from 'fast-check';

import { judge, voteOf, type Judging } from '../../../../nodes/shared/gate/judge';
import { seen, type Sight } from '../../../../nodes/shared/gate/sight';
import type { Rule } from '../../../../nodes/shared/gate/tally';
import type { WaitedTask } from '../../../../nodes/shared/gate/waitState';
import type { Task } from '../../../../nodes/shared/task';
import { FUZZ } from '../../../fuzz';

const DEADLINE = Date.parse('2026-12-01T12:00:00Z');
const task = (more: Partial<Task> = {}): Task => ({
	...{ id: '7', title: 'Laptops', description: 'For the team', status: 'pending', state: 'open' },
	...{ decision: null, dueAt: null, createdAt: null, updatedAt: null, decidedAt: null, url: null },
	requester: { id: null, name: null, email: 'ada@example.com' },
	assignee: { id: null, name: null, email: 'bob@example.com' },
	source: 'appmixer',
	...more,
});
const APPROVED = { decision: 'approved', state: 'done', status: 'approved' } as const;
const REJECTED = { decision: 'rejected', state: 'done', status: 'rejected' } as const;
const done = (more: object = {}): Sight => ({ ...task({ state: 'done' }), ...more });
const NEW: WaitedTask = { item: 0, asked: { id: '7' } };
const at = (offset: number) => DEADLINE + offset;
const iso = (offset: number) => new Date(at(offset)).toISOString();
const STRICT = { acceptsEdited: false };

/** What is known after these sights, each a minute after the other, the last one at the given time. */
const known = (sights: Sight[], last = at(-60_000), settings = STRICT) =>
	sights.reduce<WaitedTask>(
		(before, sight, place) =>
			seen(before, sight, last - (sights.length - 1 - place) * 60_000, settings),
		NEW,
	);
const judging = (more: Partial<Judging> = {}): Judging => ({
	decides: true,
	deadline: DEADLINE,
	now: at(-60_000),
	...more,
});
const ALL: Rule = { needed: 'all', veto: true };
const outcomeOf = (tasks: WaitedTask[], more: Partial<Judging> = {}, rule: Rule = ALL) =>
	judge({ name: null, tasks: tasks.map((_, place) => place), rule }, tasks, judging(more));

it.each<[string, Sight[], Partial<Judging>, string | undefined]>([
	['is open while nobody has decided', [task()], {}, undefined],
	['is approved', [task(), task(APPROVED)], {}, 'approved'],
	['is rejected', [task(), task(REJECTED)], {}, 'rejected'],
	['L9: was edited', [task(), task({ title: 'Yachts' })], {}, 'changed'],
	['L9: was edited and approved', [task(), task({ ...APPROVED, title: 'Yachts' })], {}, 'changed'],
	['L9: another approves', [task(), task({ ...APPROVED, assignee: null })], {}, 'changed'],
	['L9: was edited back', [task(), task({ title: 'Yachts' }), task(APPROVED)], {}, 'approved'],
	['L9: was withdrawn', [task(), task({ ...REJECTED, title: '[Withdrawn]' })], {}, 'rejected'],
	['L8: was missing once', [task(), 'missing'], {}, undefined],
	['L8: was missing twice on end', [task(), 'missing', 'missing'], {}, 'cancelled'],
	['L8: was missing, there, missing', [task(), 'missing', task(), 'missing'], {}, undefined],
	['L8: is gone', [task(), 'gone'], {}, 'cancelled'],
	['L8: cannot be read', [task(), 'unread', 'unread', 'unread'], {}, undefined],
	['was called off', [task(), task({ state: 'cancelled' })], {}, 'cancelled'],
	['L10: ends undecided', [task()], { now: DEADLINE }, 'timedOut'],
	['is done, and knows no decision', [task(), done({ knowsNoDecision: true })], {}, 'done'],
	[
		'knows none, and was edited',
		[task(), done({ knowsNoDecision: true, title: 'x' })],
		{},
		'changed',
	],
	['is done, and may say more', [task(), done()], {}, undefined],
	['has an unknown status', [task(), task({ status: 'APPROVED!' })], {}, undefined],
])('a task that %s', (_, sights, more, outcome) => {
	expect(outcomeOf([known(sights)], more)).toBe(outcome);
});

it.each<[string, string, boolean, string]>([
	['another', 'carol@example.com', false, 'approved'],
	['the requester', 'ada@example.com', false, 'changed'],
	['the requester by alias', 'A.da+boss@example.com', false, 'changed'],
	['the requester, who may approve', 'ada@example.com', true, 'approved'],
])(
	'L9: of a task whose edits are accepted, and that becomes one of %s',
	(_, email, requesterMayApprove, outcome) => {
		const now = task({ ...APPROVED, assignee: { id: null, name: null, email } });
		const settings = { acceptsEdited: true, requesterMayApprove };
		expect(outcomeOf([known([task(), now], undefined, settings)])).toBe(outcome);
	},
);

it('L9: who asked may not take what was nobody’s, and approve it', () => {
	const taken = task({ ...APPROVED, assignee: { id: null, name: null, email: 'ada@example.com' } });
	expect(outcomeOf([known([task({ assignee: null }), taken])])).toBe('changed');
	const settings = { acceptsEdited: false, requesterMayApprove: true };
	const may = known([task({ assignee: null }), taken], undefined, settings);
	expect(outcomeOf([may])).toBe('approved');
});

it('a group that lost some tasks says the worst of it', () => {
	const lost = [
		done({ knowsNoDecision: true }),
		task({ state: 'cancelled' }),
		task({ title: 'x' }),
	];
	const of = (...places: number[]) =>
		outcomeOf(places.map((place) => known([task(), lost[place]])));
	expect([of(0, 0), of(0, 1), of(1, 2), of(0, 2)]).toEqual([
		...['done', 'cancelled', 'changed', 'changed'],
	]);
});

it.each<[string, Partial<Task>, string]>([
	['a minute before it', { ...APPROVED, decidedAt: iso(-60_000) }, 'approved'],
	['at it', { ...APPROVED, decidedAt: iso(0) }, 'approved'],
	['a second after it', { ...APPROVED, decidedAt: iso(1000) }, 'timedOut'],
	['at a time nobody tells', { ...APPROVED, decidedAt: null }, 'timedOut'],
	['at a time that is none', { ...APPROVED, decidedAt: 'soon' }, 'timedOut'],
	['on the day of it', { ...APPROVED, decidedAt: '2026-12-01' }, 'timedOut'],
	['days before it', { ...APPROVED, decidedAt: '2026-11-29' }, 'approved'],
])('L10: found approved at the last look, %s', (_, found, outcome) => {
	const last = known([task(), task(found)], at(5000));
	expect(outcomeOf([last], { now: at(1000) })).toBe(outcome);
});

it('L10: a rejection counts whenever it is found, and an approval that a look saw before the deadline', () => {
	const rejected = known([task(), task({ ...REJECTED, decidedAt: iso(9000) })], at(9500));
	expect(outcomeOf([rejected], { now: at(9000) })).toBe('rejected');
	const early = known([task(), task({ ...APPROVED, decidedAt: null })], at(-1000));
	const later = seen(early, task({ ...APPROVED, decidedAt: null }), at(1000), STRICT);
	expect(outcomeOf([later], { now: at(900) })).toBe('approved');
});

it('L10: an approval that was taken back and given again after the deadline was not seen before it', () => {
	const silent = { decidedAt: null };
	const early = known([task(), task({ ...APPROVED, ...silent })], at(-9000));
	const back = seen(early, task({ ...REJECTED, ...silent }), at(-5000), STRICT);
	const late = seen(back, task({ ...APPROVED, ...silent }), at(1000), STRICT);
	expect(outcomeOf([late], { now: at(900) })).toBe('timedOut');
});

it('L9: an option accepts an edit, and then both texts are known', () => {
	const accepted = known([task(), task({ ...APPROVED, title: 'Yachts' })], at(-1000), {
		acceptsEdited: true,
	});
	expect(outcomeOf([accepted])).toBe('approved');
	expect([accepted.question?.title, accepted.found?.title]).toEqual(['Laptops', 'Yachts']);
});

it('L9: line ends and trailing space are no edit', () => {
	const sights = [
		task({ description: 'one\ntwo' }),
		task({ ...APPROVED, description: 'one  \r\ntwo\n\n' }),
		task({ ...APPROVED, description: 'one\rtwo' }),
	];
	expect(outcomeOf([known(sights)])).toBe('approved');
});

describe('a group', () => {
	const approved = known([task(), task(APPROVED)]);
	const rejected = known([task(), task(REJECTED)]);
	const open = known([task()]);
	const changed = known([task(), task({ title: 'Yachts' })]);
	const gone = known([task(), 'gone']);
	const two: Rule = { needed: 2, veto: false };

	it.each<[string, WaitedTask[], Rule, string | undefined]>([
		['waits for all', [approved, open], ALL, undefined],
		['has all', [approved, approved], ALL, 'approved'],
		['has enough', [approved, open, approved], two, 'approved'],
		['has enough beside one that is lost', [approved, changed, approved], two, 'approved'],
		['can still have enough', [approved, changed, open], two, undefined],
		['can, a veto aside', [approved, changed, open], { needed: 2, veto: true }, undefined],
		['can have enough no more', [approved, changed, rejected], two, 'changed'],
		['can have enough no more, one is gone', [approved, gone, gone], two, 'cancelled'],
		['lost one of all', [approved, changed], ALL, 'changed'],
		['has a veto beside one that is lost', [changed, rejected], ALL, 'rejected'],
		['is rejected by too many', [rejected, rejected, open], two, 'rejected'],
	])('%s', (_, tasks, rule, outcome) => {
		expect(outcomeOf(tasks, {}, rule)).toBe(outcome);
	});

	it('that is only done is done, never approved', () => {
		const done = known([task(), task({ state: 'done', status: 'COMPLETED' })]);
		expect(outcomeOf([done, done], { decides: false })).toBe('done');
		expect(outcomeOf([done], { decides: true, now: DEADLINE })).toBe('timedOut');
		const said = known([task(), task(APPROVED)]);
		expect(outcomeOf([said], { decides: false })).toBe('done');
	});
});

const sights = fc.constantFrom<Sight>(
	task(),
	task(APPROVED),
	task(REJECTED),
	task({ status: 'due' }),
	task({ ...APPROVED, title: 'Yachts' }),
	task({ ...APPROVED, decidedAt: iso(5000) }),
	task({ state: 'done', status: 'COMPLETED' }),
	'missing',
	'gone',
	'unread',
);

it('approves only with as many approvals of what was asked as the rule needs', () => {
	const histories = fc.array(fc.array(sights, { minLength: 1, maxLength: 5 }), {
		minLength: 1,
		maxLength: 6,
	});
	const rules = fc.record({
		needed: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constant('all' as const)),
		veto: fc.boolean(),
	});
	fc.assert(
		fc.property(histories, rules, fc.boolean(), (lists, rule, isLast) => {
			const now = isLast ? at(1000) : at(-60_000);
			const tasks = lists.map((list) => known([task(), ...list], now));
			const counting = tasks.filter((one) => voteOf(one, judging({ now })) === 'approved');
			for (const { last, lost } of counting) {
				expect([last?.decision, last?.title, lost]).toEqual(['approved', 'Laptops', undefined]);
			}
			const needed = rule.needed === 'all' ? tasks.length : rule.needed;
			const outcome = outcomeOf(tasks, { now }, rule);
			if (outcome === 'approved') expect(counting.length).toBeGreaterThanOrEqual(needed);
			if (isLast) expect(outcome).toBeDefined();
		}),
		FUZZ,
	);
});
