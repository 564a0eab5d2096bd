import * as fc from 'fast-check';

import { judge } from '../../../../nodes/shared/gate/judge';
import { judged, oneVoteEach, outcomeOf } from '../../../../nodes/shared/gate/request';
import { seen, type Sight } from '../../../../nodes/shared/gate/sight';
import { questionOf } from '../../../../nodes/shared/gate/edited';
import type { Rule } from '../../../../nodes/shared/gate/tally';
import type { WaitedTask } from '../../../../nodes/shared/gate/waitState';
import type { Task } from '../../../../nodes/shared/task';
import { FUZZ } from '../../../fuzz';

/** What people were asked becomes votes, and these an outcome: by the code of both gates, from what a service may show. */

const REQUESTER = 'ada@example.com';
const emailOf = (person: number) => `person${person}@example.com`;
const person = (email: string) => ({ id: null, name: null, email });

/** How a task may be found. */
const KINDS = ['open', 'approved', 'rejected', 'edited', 'passedOn', 'own'] as const;
const ABSENT = ['missing', 'gone', 'unread'] as const;
type Kind = (typeof KINDS)[number] | (typeof ABSENT)[number];

interface Found {
	kind: Kind;
	/** Who has it now, where it was passed on. */
	to: number;
}

const found: fc.Arbitrary<Found> = fc.record({
	kind: fc.constantFrom(...KINDS, 'approved' as const, ...ABSENT),
	to: fc.nat(4),
});
const rules: fc.Arbitrary<Rule> = fc.record({
	needed: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant('all' as const)),
	veto: fc.boolean(),
});
const settings = fc.record({ acceptsEdited: fc.boolean(), requesterMayApprove: fc.boolean() });
type Settings = typeof settings extends fc.Arbitrary<infer T> ? T : never;

const isAbsent = (kind: Kind): kind is (typeof ABSENT)[number] =>
	(ABSENT as readonly string[]).includes(kind);

const asked = (place: number): Task => ({
	...{ id: String(place), title: 'Laptops', description: null, status: 'pending', state: 'open' },
	...{ decision: null, dueAt: null, createdAt: null, updatedAt: null, decidedAt: null, url: null },
	...{ requester: person(REQUESTER), assignee: person(emailOf(place)), source: 'appmixer' },
});

/** All but `open` and `rejected` are approvals, whatever else they are. */
function sightOf(place: number, { kind, to }: Found): Sight {
	if (isAbsent(kind)) return kind;
	if (kind === 'open') return asked(place);
	const decision = kind === 'rejected' ? 'rejected' : 'approved';
	return {
		...{ ...asked(place), decision, state: 'done', status: decision },
		...(kind === 'edited' && { title: 'Yachts' }),
		...(kind === 'passedOn' && { assignee: person(`P.erson${to}+x@Example.com`) }),
		...(kind === 'own' && { assignee: person(REQUESTER) }),
	};
}

/** Who has approved what was asked, by the sight alone; `null`: nobody. */
function approverIn(place: number, { kind, to }: Found, settings: Settings): string | null {
	if (kind === 'approved') return emailOf(place);
	if (kind === 'edited' && settings.acceptsEdited) return emailOf(place);
	// letters, dots and a tag make no other mailbox, but another approver than was asked
	if (kind === 'passedOn' && settings.acceptsEdited) return emailOf(to);
	return kind === 'own' && settings.acceptsEdited && settings.requesterMayApprove
		? REQUESTER
		: null;
}

const isOpened = (approvals: number, rejections: number, people: number, rule: Rule) =>
	approvals >= (rule.needed === 'all' ? people : rule.needed) && !(rule.veto && rejections > 0);

const shuffled = <One>(all: One[]) =>
	fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });

const looks = fc
	.array(found, { minLength: 1, maxLength: 5 })
	.chain((all) => fc.tuple(fc.constant(all), shuffled([...all.keys()])));

test('W24, W25: several are approved by so many people as the rule says and by nothing else, in any order', () => {
	fc.assert(
		fc.property(looks, rules, settings, ([all, order], rule, chosen) => {
			const policy = { ...chosen, seesEdits: true, endsWhenDue: false, isDue: () => false };
			const come = (places: number[]) => {
				const tasks = places.map((place): WaitedTask => {
					const last = asked(place);
					const task = { item: 0, asked: { id: last.id }, question: questionOf(last), last };
					return judged(task, sightOf(place, all[place]), policy);
				});
				return outcomeOf({ tasks: oneVoteEach(tasks), rule });
			};
			// told of twice, or with a task of somebody else, a person is one
			const people = all.map((one, place) => approverIn(place, one, chosen));
			const approvals = new Set(people.filter((one) => one !== null)).size;
			const rejections = all.filter(({ kind }) => kind === 'rejected').length;
			const outcome = come([...all.keys()]);
			const isApproved = isOpened(approvals, rejections, all.length, rule);
			expect([outcome === 'approved', come(order)]).toEqual([isApproved, outcome]);
		}),
		FUZZ,
	);
});

/** What is seen of each task, look by look; the first look has found what was asked. */
const waits = fc
	.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 6 }))
	.chain(([tasks, count]) =>
		fc.tuple(
			fc.array(fc.array(found, { minLength: count, maxLength: count }), {
				...{ minLength: tasks, maxLength: tasks },
			}),
			shuffled(Array.from({ length: tasks }, (_, place) => place)),
			fc.nat(6),
		),
	);

/** What a wait may believe of one task: its last sight, unless it is lost since. */
function believed(sights: Found[]): Found {
	let [last, missing]: [Found, number] = [{ kind: 'open', to: 0 }, 0];
	for (const sight of sights) {
		if (sight.kind === 'unread') continue;
		if (!isAbsent(sight.kind)) [last, missing] = [sight, 0];
		else missing += sight.kind === 'gone' ? 2 : 1;
	}
	return missing >= 2 ? { kind: 'gone', to: 0 } : last;
}

test('L8, L9: a wait is approved by what it saw last and was asked, whatever is told twice, late or in another order', () => {
	fc.assert(
		fc.property(waits, rules, settings, ([all, order, late], rule, chosen) => {
			const known = (place: number, sights: Found[]) =>
				[{ kind: 'open', to: 0 } as Found, ...sights].reduce<WaitedTask>(
					(task, sight, now) => seen(task, sightOf(place, sight), now, chosen),
					{ item: 0, asked: { id: String(place) } },
				);
			const come = (places: number[], change = (sights: Found[]) => sights) =>
				judge(
					{ name: null, tasks: places.map((_, index) => index), rule },
					places.map((place) => known(place, change(all[place]))),
					{ decides: true, deadline: null, now: 0 },
				);
			const last = all.map(believed);
			const approvals = last.filter((one, place) => approverIn(place, one, chosen) !== null).length;
			const rejections = last.filter(({ kind }) => kind === 'rejected').length;
			const places = [...all.keys()];
			const outcome = come(places);
			const isApproved = isOpened(approvals, rejections, all.length, rule);
			const twice = (sights: Found[]) =>
				sights.flatMap((one) => (isAbsent(one.kind) ? [one] : [one, one]));
			const later = (sights: Found[]): Found[] => [
				...sights.slice(0, late),
				{ kind: 'unread', to: 0 },
				...sights.slice(late),
			];
			expect([
				outcome === 'approved',
				come(order),
				come(places, twice),
				come(places, later),
			]).toEqual([isApproved, outcome, outcome, outcome]);
		}),
		FUZZ,
	);
});
