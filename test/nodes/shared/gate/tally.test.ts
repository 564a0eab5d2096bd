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

/** What people say, and the order in which they do. A service takes no second answer. */
const said = fc
	.array(words, { minLength: 1, maxLength: 20 })
	.chain((all) =>
		fc.tuple(
			fc.constant(all),
			fc.shuffledSubarray([...all.keys()], { minLength: all.length, maxLength: all.length }),
		),
	);

// an approval that was told is not taken back: who reads all votes at once cannot know which came first, and fails closed
test('tally: a vote more changes no answer, but for a rejection that has a veto, which makes rejected of approved', () => {
	fc.assert(
		fc.property(said, rules, ([all, order], rule) => {
			const votes = all.map((): Vote => 'none');
			let last = tally(votes, rule);
			for (const person of order) {
				votes[person] = all[person];
				const now = tally(votes, rule);
				const isVeto = rule.veto && last === 'approved' && all[person] === 'rejected';
				if (last !== 'undecided') expect(now).toBe(isVeto ? 'rejected' : last);
				last = now;
			}
		}),
		FUZZ,
	);
});

test('tally: without one of just enough approvals it is not approved, and with it again it is', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 20 }),
			fc.nat(19),
			fc.nat(19),
			fc.boolean(),
			(approving, silent, place, veto) => {
				const needed = silent === 0 ? 'all' : approving;
				const votes = Array.from({ length: approving + silent }, (_, index): Vote =>
					index < approving ? 'approved' : 'none',
				);
				const withVote = (vote: Vote) => {
					votes[place % approving] = vote;
					return tally(votes, { needed, veto });
				};
				expect(withVote('none')).toBe('undecided');
				expect(withVote('approved')).toBe('approved');
				expect(withVote('rejected')).toBe(veto || silent === 0 ? 'rejected' : 'undecided');
			},
		),
		FUZZ,
	);
});
