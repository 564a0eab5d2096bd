import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { judgeRequest, type Judged } from '../../../nodes/Nutrient/judgeRequest';
import { decisionOf } from '../../../nodes/Nutrient/readDecision';
import { toRequest } from '../../../nodes/Nutrient/task';
import { FUZZ } from '../../fuzz';

const WORDS = { approved: ['Approve'], rejected: ['Deny'] };
const at = (minute: number) => new Date(Date.UTC(2026, 11, 1, 12, minute, 7)).toISOString();

/** A copy as a row shows it, with everything that is told of its option. */
interface Copy extends IDataObject {
	says?: string[];
}
let ids = 0;
const copy = (more: Copy = {}): Copy => ({
	...{ recipientTaskSid: `c${(ids += 1)}`, instanceTaskSid: 'i1', taskName: 'Approval' },
	...{ taskType: 'approval', taskState: 'Started', startDate: at(0), ...more },
});
const done = (option?: string, more: Copy = {}): Copy =>
	copy({
		taskState: 'Completed',
		completedDate: at(5),
		...(option && { says: [option] }),
		...more,
	});

const judge = (rows: Copy[], more: Partial<Judged> & { state?: string } = {}) =>
	judgeRequest({
		request: toRequest({ sid: 'r', state: more.state ?? 'Completed', requesterEmail: 'ada@x.org' }),
		...{ rows, name: undefined, requesterMayApprove: false },
		toldOf: (id) => rows.find((row) => row.recipientTaskSid === id)?.says ?? [],
		decisionOf: (option) => decisionOf(option, WORDS),
		...more,
	});
const OTHER = { instanceTaskSid: 'i2' };

it.each<[string, Copy[], string | null]>([
	['approved by all', [done('Approve'), done('Approve')], 'approved'],
	['nobody has chosen', [copy()], null],
	['one has not chosen', [done('Approve'), copy()], null],
	['called off for one', [done('Approve'), copy({ taskState: 'Cancelled' })], 'approved'],
	['ended with the choice of another', [done('Approve'), done()], 'approved'],
	[
		'ended later, nobody tells how',
		[done('Approve'), done(undefined, { completedDate: at(6) })],
		null,
	],
	['ended, nobody tells when', [done('Approve'), done(undefined, { completedDate: null })], null],
	['of two minds', [done('Approve'), done(undefined, { says: ['Approve', 'Deny'] })], null],
	['told by nobody', [done()], null],
	['one rejects', [done('Approve'), done('Deny')], 'rejected'],
	['one says something else', [done('Approve'), done('Maybe')], null],
	['given to another', [copy({ taskState: 'Reassigned' }), done('Approve')], 'approved'],
	[
		'given to another anew',
		[copy({ taskState: 'Reassigned' }), done('Approve', OTHER)],
		'approved',
	],
	['another approval is open', [done('Approve'), copy(OTHER)], null],
	['of no type', [done('Approve', { taskType: undefined })], null],
])('a request that has ended, %s', (_, rows, decision) => {
	expect(judge(rows).decision).toBe(decision);
});

it.each<[string, unknown, unknown, string | null]>([
	['a day', '2026-12-01', '2026-12-01', null],
	['a day as its midnight', '2026-12-01T00:00:00Z', '2026-12-01T00:00:00Z', null],
	['a day in a zone', '2026-12-01T00:00:00+05:30', '2026-12-01T00:00:00+05:30', null],
	['a day as Americans write it', '12/1/2026', '12/1/2026', null],
	['a day in milliseconds', Date.UTC(2026, 11, 1), Date.UTC(2026, 11, 1), null],
	['a minute', '2026-12-01 10:17', '2026-12-01 10:17', null],
	['a day, and the other a moment of it', '2026-12-01', '2026-12-01T00:00:01Z', null],
	['seconds', '2026-12-01 10:17:00', '2026-12-01 10:17:01', 'approved'],
	[
		'seconds, as Americans write them',
		'12/1/2026 10:17:00 AM',
		'12/1/2026 10:17:02 AM',
		'approved',
	],
	['seconds that are three apart', '2026-12-01 10:17:00', '2026-12-01 10:17:03', null],
	['milliseconds', Date.UTC(2026, 11, 1, 12, 1), Date.UTC(2026, 11, 1, 12, 1), 'approved'],
])('what is shown as %s proves "the same moment" only to the second', (_, one, other, decision) => {
	const [bobs, carols] = [one, other].map((date) => ({ completedDate: date }) as Copy);
	const verdict = judge([done('Approve', bobs), done(undefined, carols)]);
	expect(verdict.decision).toBe(decision);
	expect(verdict.doubts.join()).toMatch(
		decision ? /^$/ : /^Nothing tells what was chosen in task c\d+\.$/,
	);
});

it.each(['Started', 'Completed', 'Cancelled'])(
	'tells of doubts only where they keep it waiting: %s',
	(state) => {
		const rows = [done('Approve'), done(undefined, { completedDate: at(6) })];
		expect(judge(rows, { state }).doubts).toHaveLength(state === 'Completed' ? 1 : 0);
		const other = done('Maybe', { ...OTHER, taskName: 'Finance' });
		for (const one of [copy(), other]) {
			expect(judge([done('Approve'), one], { state }).doubts).toEqual([]);
		}
	},
);

describe('rounds', () => {
	const again = (more: Copy = {}) => done('Approve', { ...OTHER, startDate: at(5), ...more });

	it.each<[string, Copy[], string | null]>([
		['begun when the one before had ended', [done('Maybe'), again()], 'approved'],
		['in any order', [again(), done('Maybe')], 'approved'],
		['begun before it had ended', [done('Maybe'), again({ startDate: at(4) })], null],
		['begun nobody knows when', [done('Maybe'), again({ startDate: null })], null],
		['of another name', [done('Maybe'), again({ taskName: 'Finance' })], null],
		[
			'of another task of the design',
			[done('Maybe', { processTaskSid: 'a' }), again({ processTaskSid: 'b' })],
			null,
		],
		['while somebody can still choose', [copy({ completedDate: at(1) }), again()], null],
		['after a rejection', [done('Deny'), again()], 'rejected'],
	])('%s', (_, rows, decision) => {
		expect(judge(rows).decision).toBe(decision);
	});

	/** Two rounds, each with when it began and ended; the first is no approval, the second is. */
	it.each<[string, [unknown, unknown], [unknown, unknown], string | null]>([
		['on one day', ['2026-12-01', '2026-12-01'], ['2026-12-01', '2026-12-01'], null],
		['where one day is shared', ['2026-11-30', '2026-12-01'], ['2026-12-01', '2026-12-01'], null],
		['on two days', ['2026-12-01', '2026-12-01'], ['2026-12-02', '2026-12-02'], 'approved'],
		[
			'on one day, written as its midnight',
			['2026-11-30T00:00:00Z', '2026-12-01T00:00:00Z'],
			['2026-12-01T00:00:00Z', '2026-12-01T00:00:00Z'],
			null,
		],
		[
			'on two days, between which the clock went ahead',
			['2027-03-28T00:00:00+01:00', '2027-03-28T00:00:00+01:00'],
			['2027-03-29T00:00:00+02:00', '2027-03-29T00:00:00+02:00'],
			'approved',
		],
		['a day and a time of it', ['2026-12-01', '2026-12-01'], [at(0), at(1)], null],
		['a day and a time near it', ['2026-11-30', '2026-11-30'], [at(-1), at(1)], null],
		['a day and a time that is far', ['2026-11-29', '2026-11-29'], [at(0), at(1)], 'approved'],
		['a time near a day', ['2026-12-01', at(0)], ['2026-12-02', '2026-12-02'], null],
		['a time far from a day', ['2026-12-01', at(0)], ['2026-12-03', '2026-12-03'], 'approved'],
		[
			'in one minute',
			['2026-12-01 10:14', '2026-12-01 10:17'],
			['2026-12-01 10:17', '2026-12-01 10:19'],
			null,
		],
		[
			'in two minutes',
			['2026-12-01 10:14', '2026-12-01 10:17'],
			['2026-12-01 10:18', '2026-12-01 10:19'],
			'approved',
		],
		['in one moment', [at(3), at(3)], [at(3), at(3)], null],
	])('%s: only what surely came later counts alone', (_, one, other, decision) => {
		const [first, second] = [one, other].map(
			([startDate, completedDate]) => ({ startDate, completedDate }) as Copy,
		);
		const rows = [done('Maybe', first), again(second)];
		for (const each of [rows, [...rows].reverse()]) {
			const verdict = judge(each);
			expect([verdict.decision, verdict.end]).toEqual([decision, null]);
			const says =
				/^The dates do not tell which round of "Approval" was the last, so each counts\.$/;
			expect(verdict.doubts.join()).toMatch(decision ? /^$/ : says);
		}
	});

	it('do not all give way to each other: of those that have begun, one counts', () => {
		const date = fc.constantFrom(
			null,
			'2026-12-01',
			'2026-12-02',
			'2026-12-01 10:17',
			at(0),
			at(1),
		);
		const one = fc.record({
			...{
				startDate: date,
				completedDate: date,
				says: fc.constantFrom('Approve', 'Maybe').map((word) => [word]),
			},
			instanceTaskSid: fc.constantFrom('i1', 'i2', 'i3', 'i4'),
		});
		const property = fc.property(fc.array(one, { minLength: 1, maxLength: 5 }), (drawn) => {
			expect(judge(drawn.map((more) => done(undefined, more))).end).toBeNull();
		});
		fc.assert(property, { ...FUZZ, numRuns: 1000 });
	});
});

it.each<[string, Copy[], object, string | null]>([
	['it was called off', [done('Approve')], { state: 'Cancelled' }, 'cancelled'],
	['it goes on', [copy()], { state: 'Started' }, null],
	['it goes on, though all have approved', [done('Approve')], { state: 'Started' }, null],
	[
		'the named one timed out and it goes on',
		[copy({ taskState: 'Timed Out' })],
		{ state: 'Started', name: 'approval' },
		null,
	],
	[
		'the named one timed out and it has ended',
		[copy({ taskState: 'Timed Out' })],
		{ name: 'approval' },
		'cancelled',
	],
	['there is no approval', [], {}, 'knowsNoDecision'],
	['there is none of the name', [done('Approve')], { name: 'Finance' }, 'knowsNoDecision'],
	['something else was said', [done('Maybe')], {}, null],
	[
		"it is the requester's own",
		[done('Approve', { recipientEmail: 'a.da+x@x.org' })],
		{},
		'cancelled',
	],
])('whether it can still be decided when %s', (_, rows, more, end) => {
	const verdict = judge(rows, more);
	expect([verdict.decision, verdict.end]).toEqual([null, end]);
});

it('an approval by the requester counts only where that is allowed', () => {
	const rows = [done('Approve', { recipientEmail: 'ADA@x.org' })];
	expect(judge(rows)).toMatchObject({ isOwn: true, approvals: [{ decision: null }] });
	expect(judge(rows, { requesterMayApprove: true })).toMatchObject({
		...{ decision: 'approved', isOwn: false },
	});
});

it('is dated by the last of its approvals, and not where one has no date', () => {
	const first = done('Approve', { completedDate: at(4) });
	const last = done('Approve', { completedDate: at(7) });
	expect(judge([last, first]).decidedAt).toBe(at(7));
	expect(judge([last, done('Approve', { completedDate: null })]).decidedAt).toBeNull();
});

it('never approves unless somebody did, nobody rejected, and nobody can still choose', () => {
	const one = fc.record({
		taskState: fc.constantFrom('Started', 'Completed', 'Cancelled', 'Reassigned', 'New word'),
		says: fc.subarray(['Approve', 'Deny', 'Maybe'], { maxLength: 2 }),
		instanceTaskSid: fc.constantFrom('i1', 'i2'),
		completedDate: fc.constantFrom(null, at(5), at(6)),
	});
	const property = fc.property(fc.array(one, { maxLength: 5 }), (drawn) => {
		// only what has ended can say anything
		const rows = drawn.map((more) =>
			copy({ ...more, says: more.taskState === 'Completed' ? more.says : [] }),
		);
		if (judge(rows).decision !== 'approved') return;
		const counted = rows.filter(({ taskState }) => taskState !== 'Reassigned');
		expect(counted.some(({ says }) => says?.join() === 'Approve')).toBe(true);
		expect(counted.filter(({ says = [] }) => !['', 'Approve'].includes(says.join()))).toEqual([]);
		expect(counted.map(({ taskState }) => taskState)).not.toContain('Started');
		expect(counted.map(({ taskState }) => taskState)).not.toContain('New word');
	});
	fc.assert(property, { ...FUZZ, numRuns: 3000 });
});
