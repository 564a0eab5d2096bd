import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { judgeRequest, type Judged } from '../../../nodes/Nutrient/judgeRequest';
import { decisionOf } from '../../../nodes/Nutrient/readDecision';
import { toRequest } from '../../../nodes/Nutrient/task';
import { FUZZ } from '../../fuzz';

const WORDS = { approved: ['Approve'], rejected: ['Deny'] };
const at = (minute: number) => new Date(Date.UTC(2026, 11, 1, 12, minute)).toISOString();

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
