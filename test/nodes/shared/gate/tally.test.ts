import * as fc from 'fast-check';

import { tally, type Rule, type Vote } from '../../../../nodes/shared/gate/tally';
import { FUZZ } from '../../../fuzz';

const ALL = { needed: 'all', veto: false } as const;
const anyOf = (needed: number, veto = false): Rule => ({ needed, veto });

test.each<[string, Vote[], Rule, string]>([
	['one approves alone', ['approved'], ALL, 'approved'],
	['one rejects alone', ['rejected'], ALL, 'rejected'],
	['one has said nothing', ['none'], ALL, 'undecided'],
	['two of three are enough', ['approved', 'none', 'approved'], anyOf(2), 'approved'],
	['one of three is not, two needed', ['approved', 'none', 'none'], anyOf(2), 'undecided'],
	['two can still be reached', ['rejected', 'none', 'approved'], anyOf(2), 'undecided'],
	['two can no longer be reached', ['rejected', 'none', 'rejected'], anyOf(2), 'rejected'],
	['any is enough', ['none', 'approved', 'rejected'], anyOf(1), 'approved'],
	['all, and one is missing', ['approved', 'none'], ALL, 'undecided'],
	['all, and one rejects', ['approved', 'rejected', 'none'], ALL, 'rejected'],
	['a veto', ['none', 'rejected', 'none'], anyOf(1, true), 'rejected'],
	['a veto beside enough approvals', ['approved', 'rejected'], anyOf(1, true), 'rejected'],
	['no vote at all', [], ALL, 'rejected'],
	['no approval needed', ['none'], anyOf(0), 'undecided'],
	['a number that is none', ['approved'], anyOf(NaN), 'undecided'],
	['more needed than there are', ['approved', 'approved'], anyOf(3), 'rejected'],
])('tally: %s', (_, votes, rule, verdict) => {
	expect(tally(votes, rule)).toBe(verdict);
});

const words = fc.constantFrom<Vote>('approved', 'rejected', 'none');
const strange = fc.constantFrom(
	'APPROVED',
	'true',
	'',
	'due',
	'constructor',
) as fc.Arbitrary<string>;
const votesOf = fc.array(fc.oneof({ weight: 9, arbitrary: words }, strange as fc.Arbitrary<Vote>), {
	maxLength: 20,
});
const rules = fc.record({
	needed: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constant('all' as const)),
	veto: fc.boolean(),
});

const approvals = (votes: Vote[]) => votes.filter((vote) => vote === 'approved').length;
const enough = (votes: Vote[], { needed }: Rule) => (needed === 'all' ? votes.length : needed);

test('tally: never approves below the rule, whatever the votes are', () => {
	fc.assert(
		fc.property(votesOf, rules, (votes, rule) => {
			const isEnough = votes.length > 0 && approvals(votes) >= enough(votes, rule);
			const isStopped = rule.veto && votes.includes('rejected');
			expect(tally(votes, rule) === 'approved').toBe(isEnough && !isStopped);
		}),
		FUZZ,
	);
});

test('tally: is the same for every order of the votes', () => {
	const shuffled = votesOf.chain((votes) =>
		fc.tuple(
			fc.constant(votes),
			fc.shuffledSubarray(votes, { minLength: votes.length, maxLength: votes.length }),
		),
	);
	fc.assert(
		fc.property(shuffled, rules, ([votes, others], rule) => {
			expect(tally(others, rule)).toBe(tally(votes, rule));
		}),
		FUZZ,
	);
});

/** One person's vote: known late, told several times, or lost, which is read at the next look. */
interface Call {
	person: number;
	vote: Vote;
	isLost: boolean;
}

const calls = fc.array(
	fc.record<Call>({ person: fc.nat({ max: 19 }), vote: words, isLost: fc.boolean() }),
	{ maxLength: 60 },
);

test('tally: never flips back, however votes come: duplicates, losses and late ones', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 20 }), rules, calls, (people, rule, told) => {
			const votes = Array.from({ length: people }, (): Vote => 'none');
			let last = tally(votes, rule);
			for (const { person, vote, isLost } of told) {
				// who has decided has decided: a service takes no second answer
				if (isLost || person >= people || votes[person] !== 'none') continue;
				votes[person] = vote;
				const now = tally(votes, rule);
				if (last === 'rejected') expect(now).toBe('rejected');
				if (last === 'approved') expect(rule.veto || now === 'approved').toBe(true);
				if (last !== 'undecided') expect(now).not.toBe('undecided');
				last = now;
			}
		}),
		FUZZ,
	);
});

test('tally: an approval that is taken back is none, and one that was changed to it counts', () => {
	fc.assert(
		fc.property(votesOf, rules, fc.nat(), words, (votes, rule, place, vote) => {
			if (votes.length === 0) return;
			const changed = [...votes];
			changed[place % votes.length] = vote;
			const fresh = tally([...changed], rule);
			expect(tally(changed, rule)).toBe(fresh);
			if (approvals(changed) < enough(changed, rule)) expect(fresh).not.toBe('approved');
		}),
		FUZZ,
	);
});
