/** @jest-environment ./test/engine/environment.ts */
import type { INodeParameters } from 'n8n-workflow';

import type { RecipientTask } from '../../../sandbox/nutrient/store';
import { engine } from '../../engine';
import { left, only, ONE_HOUR, useLoops, type Line } from './looped';
import { byId, useSandbox } from './sandboxed';

const used = useSandbox();
const open = useLoops(used, 'task');

type Users = typeof used.nutrient.options.users;
const users = (): Users => used.nutrient.options.users;
const approval = (more: Parameters<typeof used.nutrient.createApproval>[0] = {}) =>
	used.nutrient.createApproval(more);
/** The copies of an approval by several people. */
const copies = (...places: number[]) => {
	const first = approval({ recipients: places.map((place) => users()[place]) });
	return used.nutrient.tasks.filter(
		({ instanceTaskSid }) => instanceTaskSid === first.instanceTaskSid,
	);
};
const lineOf = ({ recipientTaskSid: id, instanceSid: request }: RecipientTask): Line => ({
	id,
	request,
});
const decide = (task: RecipientTask, label: string) =>
	used.nutrient.workflow.decide(task, label, 'fine');
const rowsOf = ({ instanceSid }: RecipientTask) =>
	`GET /api/instance/${instanceSid}/recipientTask/list/data`;
const asked = () => used.calls();

it('L3: waits until every approval is decided; then each leaves by its own output, paired', async () => {
	const tasks = [approval(), approval(), approval()];
	const loop = await open(tasks.map(lineOf));
	expect([loop.error, loop.status]).toEqual([null, 'waiting']);
	decide(tasks[0], 'Deny');
	decide(tasks[2], 'Approve');
	await loop.wake();
	expect(loop.status).toBe('waiting');
	decide(tasks[1], 'Approve');
	await loop.wake();
	expect(left(loop)).toEqual([
		['Approved', tasks[1].recipientTaskSid, 'approved', true, 2],
		['Approved', tasks[2].recipientTaskSid, 'approved', true, 3],
		['Rejected', tasks[0].recipientTaskSid, 'rejected', false, 1],
	]);
});

it('gives the Task record with the option and who decided; no secret is stored', async () => {
	const task = approval({ name: 'Laptops' });
	decide(task, 'Approve');
	const loop = await open([lineOf(task)]);
	const any: unknown = expect.any(String);
	const bob = { id: null, name: 'Bob Baker', email: 'bob@example.com' };
	expect(only(loop)).toEqual({
		...{ approved: true, outcome: 'approved', decidedBy: { ...bob, provenance: 'configured' } },
		...{ id: task.recipientTaskSid, title: 'Manager Approval', description: 'Laptops' },
		...{ status: 'Completed', state: 'done', decision: 'approved', option: 'Approve' },
		...{ requester: { id: null, name: 'Ada Lovelace', email: null }, assignee: bob },
		...{ dueAt: null, createdAt: any, updatedAt: null, decidedAt: any, url: null },
		source: 'nutrient',
	});
	expect(Object.keys(only(loop)).slice(0, 3)).toEqual(['approved', 'outcome', 'decidedBy']);
	for (const secret of [used.nutrient.options.systemKey, 'eyJ', 'Bearer']) {
		expect(loop.stored).not.toContain(secret);
	}
});

describe('words', () => {
	it('any option in neither list keeps waiting, and is told', async () => {
		const task = approval();
		decide(task, 'Re-work');
		const loop = await open([lineOf(task)], ONE_HOUR);
		expect([loop.status, loop.hints.join()]).toEqual([
			'waiting',
			expect.stringMatching(/was answered "Re-work", which is in neither list/),
		]);
		await loop.wake();
		expect(only(loop)).toMatchObject({ outcome: 'timedOut', approved: false, option: 'Re-work' });
	});

	it.each([
		['rejects, where a builder says so', { rejectedWords: 'deny, RE-WORK' }, 'rejected'],
		['approves, where a builder says so', { approvedWords: 're-work' }, 'approved'],
		['approves, in a list', { approvedWords: "={{ ['Yes, please', 'Re-work'] }}" }, 'approved'],
	])('an option %s', async (_, words, outcome) => {
		const task = approval();
		decide(task, 'Re-work');
		expect(only(await open([lineOf(task)], words))).toMatchObject({ outcome });
	});

	it.each([
		['nothing approves', { approvedWords: "={{ '' }}" }, 'Approved Words is empty'],
		['one means both', { rejectedWords: 'no, APPROVE' }, '"Approve" is in both'],
	])('it refuses when %s, before it looks', async (_, words, message) => {
		const loop = await open([lineOf(approval())], words);
		expect(loop.error?.message).toContain(message);
		expect(asked()).toEqual([]);
	});
});

describe('where the option is read', () => {
	it.each(['approval', 'selectedOption', 'object'] as const)(
		'L7: from the rows, one request a look (%s)',
		async (rowDecision) => {
			Object.assign(used.nutrient.options, { rowDecision });
			const task = approval();
			const loop = await open([lineOf(task)]);
			expect(asked()).toEqual([rowsOf(task)]);
			decide(task, 'Approve');
			used.nutrient.requests.clear();
			await loop.wake();
			expect(asked()).toEqual([rowsOf(task)]);
			expect(only(loop)).toMatchObject({ outcome: 'approved', option: 'Approve' });
		},
	);

	it.each([
		['the approval itself', { decidedApproval: 'told' }, ['approval']],
		['the detail of the request', {}, ['approval', 'detail']],
		[
			'the detail, though the approval is refused',
			{ decidedApproval: 'refused' },
			['approval', 'detail'],
		],
	] as const)('where the rows are silent, from %s', async (_, options, places) => {
		Object.assign(used.nutrient.options, { rowDecision: 'none', ...options });
		const task = approval();
		const loop = await open([lineOf(task)]);
		expect(asked()).toEqual([rowsOf(task)]);
		decide(task, 'Deny');
		used.nutrient.requests.clear();
		await loop.wake();
		const more = {
			approval: `GET /api/instance/tasktypes/approval/${task.recipientTaskSid}`,
			detail: `GET /api/instance/${task.instanceSid}`,
		};
		expect(asked()).toEqual([rowsOf(task), ...places.map((place) => more[place])]);
		expect(only(loop)).toMatchObject({ outcome: 'rejected' });
	});

	it('L7: where it was told is kept, so that others are looked up there first', async () => {
		Object.assign(used.nutrient.options, { rowDecision: 'none' });
		const [one, two] = [approval(), approval()];
		const loop = await open([lineOf(one), lineOf(two)]);
		decide(one, 'Approve');
		await loop.wake();
		decide(two, 'Approve');
		used.nutrient.requests.clear();
		await loop.wake();
		expect(asked()).toEqual([rowsOf(two), `GET /api/instance/${two.instanceSid}`]);
		expect(left(loop)).toHaveLength(2);
	});

	it('told nowhere, it goes on waiting', async () => {
		Object.assign(used.nutrient.options, { rowDecision: 'none', detailDecision: false });
		const task = approval();
		decide(task, 'Approve');
		const loop = await open([lineOf(task)], ONE_HOUR);
		expect(loop.status).toBe('waiting');
		await loop.wake();
		expect(only(loop)).not.toHaveProperty('option');
		expect(only(loop).outcome).toBe('timedOut');
	});

	it('where the rows have names of their own, from Decision Field', async () => {
		Object.assign(used.nutrient.options, { rowDecision: 'ownName', detailDecision: false });
		const task = approval();
		decide(task, 'Approve');
		const options = { decisionField: 'freigabe.ergebnis' };
		expect(only(await open([lineOf(task)], { options }))).toMatchObject({ outcome: 'approved' });
	});

	it('L7: several tasks of one request are one request a look', async () => {
		const tasks = copies(1, 2);
		await open(tasks.map(lineOf));
		expect(asked()).toEqual([rowsOf(tasks[0])]);
	});
});

describe('without Request', () => {
	const alone = { requestId: byId('') };
	const asBob = () => ({ credential: used.as('bob') });

	it('the task is found among the open ones of the login, once', async () => {
		const task = approval();
		for (let other = 0; other < 3; other++) approval();
		const loop = await open([lineOf(task)], alone, asBob());
		expect(asked()).toEqual(['GET /api/instance/mytask/list', rowsOf(task)]);
		decide(task, 'Approve');
		used.nutrient.requests.clear();
		await loop.wake();
		expect(asked()).toEqual([rowsOf(task)]);
		expect(left(loop)).toEqual([['Approved', task.recipientTaskSid, 'approved', true, 1]]);
	});

	it.each<[string, (task: RecipientTask) => void, string[]]>([
		['was approved', (task) => decide(task, 'Approve'), ['Approved', 'approved']],
		['was rejected', (task) => decide(task, 'Deny'), ['Rejected', 'rejected']],
	])(
		'its request is kept though the first look could not read it, and it %s since',
		async (_, end, [output, outcome]) => {
			const task = approval();
			const fault = used.nutrient.fault({
				...{ path: /recipientTask\/list\/data$/, status: 503, headers: { 'retry-after': '0' } },
			});
			const loop = await open([lineOf(task)], alone, asBob());
			expect([loop.error, loop.status, loop.hints.join()]).toEqual([
				...[null, 'waiting'],
				expect.stringMatching(/None of the requests could be read now: .*503/),
			]);
			fault.remove();
			end(task);
			used.nutrient.requests.clear();
			await loop.wake();
			expect(asked()).toEqual([rowsOf(task)]);
			expect(left(loop)).toEqual([
				[output, task.recipientTaskSid, outcome, outcome === 'approved', 1],
			]);
		},
		30_000,
	);

	it("one that is not the login's is an error that names the item and the way out", async () => {
		const [mine, hers] = [approval(), approval({ recipients: [users()[2]] })];
		const loop = await open([lineOf(mine), lineOf(hers)], alone, asBob());
		expect(loop.error).toMatchObject({
			message: `Task ${hers.recipientTaskSid} is not among the open tasks of the login`,
			description: expect.stringMatching(/under Request/),
			itemIndex: 1,
		});
	});
});

describe('a group', () => {
	it('has votes, and a rejection rejects it', async () => {
		const [bobs, carols] = copies(1, 2);
		const loop = await open([bobs, carols].map(lineOf), { grouping: 'all' });
		decide(bobs, 'Approve');
		await loop.wake();
		expect(loop.status).toBe('waiting');
		decide(carols, 'Deny');
		await loop.wake();
		expect(only(loop)).toMatchObject({
			...{ approved: false, outcome: 'rejected', group: null },
			votes: [
				{ task: bobs.recipientTaskSid, approver: 'bob@example.com', decision: 'approved' },
				{ task: carols.recipientTaskSid, approver: 'carol@example.com', decision: 'rejected' },
			],
		});
	});

	it('by a field: each value is a question, and one of its people is enough where that is the rule', async () => {
		const [bobs, carols] = copies(1, 2);
		const other = approval();
		const lines = [bobs, carols, other].map((task, place) => ({
			...lineOf(task),
			order: place < 2 ? 'A' : 'B',
		}));
		const parameters = { grouping: 'field', groupField: 'order', rule: 'one' };
		const loop = await open(lines, parameters);
		decide(carols, 'Approve');
		decide(other, 'Deny');
		await loop.wake();
		expect(loop.arrived('Approved').map(({ json }) => json.group)).toEqual(['A']);
		const alone = loop.arrived('Rejected').map(({ json }) => json.id);
		expect(alone).toEqual([other.recipientTaskSid]);
	});

	it.each(['Cancelled', 'Completed'] as const)(
		'knows that who was ended by the option of another will never vote (%s)',
		async (othersEndAs) => {
			Object.assign(used.nutrient.options, { othersEndAs });
			const [bobs, carols] = copies(1, 2);
			const loop = await open([bobs, carols].map(lineOf));
			decide(bobs, 'Deny');
			await loop.wake();
			expect(left(loop)).toEqual([
				['Rejected', bobs.recipientTaskSid, 'rejected', false, 1],
				['No Decision', carols.recipientTaskSid, 'cancelled', false, 2],
			]);
		},
	);
});

describe('a copy that has ended without a choice', () => {
	it('is not called off while somebody else can still choose', async () => {
		const [, bobs, carols] = copies(0, 1, 2);
		decide(bobs, 'Approve');
		carols.state = 'Completed';
		const loop = await open([lineOf(carols)]);
		expect([loop.error, loop.status]).toEqual([null, 'waiting']);
	});

	it('nor while what was chosen in it cannot be read', async () => {
		const [bobs, carols] = copies(1, 2);
		decide(bobs, 'Approve');
		carols.state = 'Completed';
		const status = 503;
		const fault = used.nutrient.fault({
			...{ path: /tasktypes\/approval/, status, headers: { 'retry-after': '0' } },
		});
		const loop = await open([lineOf(carols)]);
		expect([loop.error, loop.status]).toEqual([null, 'waiting']);
		fault.remove();
		await loop.wake();
		expect(left(loop)).toEqual([['No Decision', carols.recipientTaskSid, 'cancelled', false, 1]]);
	});
});

describe('L10', () => {
	it('a time-out is no decision; an answer that came after it counts for nothing', async () => {
		const [silent, late] = [approval(), approval()];
		const loop = await open([silent, late].map(lineOf), ONE_HOUR);
		const { deadline } = { deadline: loop.waitTill!.getTime() };
		engine.clockAhead(deadline + 5000 - (performance.timeOrigin + performance.now()));
		decide(late, 'Approve');
		await loop.wake();
		expect(left(loop)).toEqual([
			['No Decision', silent.recipientTaskSid, 'timedOut', false, 1],
			['No Decision', late.recipientTaskSid, 'timedOut', false, 2],
		]);
	});

	it('one that came before it counts at the last look', async () => {
		const task = approval();
		const loop = await open([lineOf(task)], ONE_HOUR);
		decide(task, 'Approve');
		await loop.wake();
		expect(left(loop)).toEqual([['Approved', task.recipientTaskSid, 'approved', true, 1]]);
	});
});

describe('what is gone', () => {
	it('at the first look is an error that names the task and the item', async () => {
		const [here, gone] = [approval(), approval()];
		const missing = { ...lineOf(here), id: gone.recipientTaskSid };
		const loop = await open([lineOf(here), missing]);
		expect(loop.error).toMatchObject({
			message: `Task ${gone.recipientTaskSid} was not found`,
			itemIndex: 1,
		});
		const none = '00000000-0000-0000-0000-000000000000';
		const nowhere = await open([{ ...lineOf(here), request: none }]);
		expect(nowhere.error?.message).toBe(`Task ${here.recipientTaskSid} was not found`);
	});

	it.each<[string, (task: RecipientTask) => void]>([
		[
			'is called off with its request',
			({ instanceSid }) =>
				used.nutrient.workflow.cancel(used.nutrient.workflow.instance(instanceSid)),
		],
		['timed out at the service', (task) => used.nutrient.workflow.timeOut(task)],
		[
			'lost its request',
			({ instanceSid }) => {
				const { instances } = used.nutrient;
				instances.splice(
					instances.findIndex(({ sid }) => sid === instanceSid),
					1,
				);
			},
		],
	])('later, an approval that %s is cancelled', async (_, lose) => {
		const task = approval();
		const loop = await open([lineOf(task)]);
		lose(task);
		await loop.wake();
		expect(left(loop)).toEqual([['No Decision', task.recipientTaskSid, 'cancelled', false, 1]]);
	});

	it('a row that is missing is cancelled when two whole lists lack it', async () => {
		const task = approval();
		const loop = await open([lineOf(task)]);
		used.nutrient.tasks.splice(used.nutrient.tasks.indexOf(task), 1);
		await loop.wake();
		expect(loop.status).toBe('waiting');
		await loop.wake();
		expect(left(loop)).toEqual([['No Decision', task.recipientTaskSid, 'cancelled', false, 1]]);
	});

	it('a form is no approval, and refused', async () => {
		const { instanceSid } = approval();
		const form = used.nutrient.tasks.find(
			(task) => task.instanceSid === instanceSid && task.taskType === 'form',
		)!;
		const loop = await open([lineOf(approval()), lineOf(form)]);
		expect(loop.error).toMatchObject({
			message: `Task ${form.recipientTaskSid} is no approval`,
			itemIndex: 1,
		});
	});
});

describe('L9', () => {
	const ACCEPT: INodeParameters = { options: { whenEdited: 'accept' } };
	const rename = ({ instanceSid }: RecipientTask) =>
		void (used.nutrient.workflow.instance(instanceSid).name = 'Yachts');

	it('what was edited is changed, and an option accepts: both texts come out', async () => {
		for (const [options, outcome] of [
			[{}, 'changed'],
			[ACCEPT, 'approved'],
		] as const) {
			const task = approval({ name: 'Laptops' });
			const loop = await open([lineOf(task)], options);
			rename(task);
			decide(task, 'Approve');
			await loop.wake();
			expect(only(loop)).toMatchObject({
				...{ outcome, approved: outcome === 'approved', edited: ['description'] },
				...{ asked: { description: 'Laptops' }, found: { description: 'Yachts' } },
			});
		}
	});

	it('a task that becomes another’s is changed, with both approvers', async () => {
		const task = approval();
		const loop = await open([lineOf(task)]);
		const now = used.nutrient.workflow.reassign(task, users()[2]);
		decide(now, 'Approve');
		await loop.wake();
		expect(only(loop)).toMatchObject({
			...{ id: now.recipientTaskSid, outcome: 'changed', approved: false, edited: ['approver'] },
			...{ asked: { approver: 'bob@example.com' }, found: { approver: 'carol@example.com' } },
		});
	});

	it('where that is accepted, the copy of the new person counts', async () => {
		const task = approval();
		const loop = await open([lineOf(task)], ACCEPT);
		const now = used.nutrient.workflow.reassign(task, users()[2]);
		await loop.wake();
		expect(loop.status).toBe('waiting');
		decide(now, 'Approve');
		await loop.wake();
		expect(only(loop)).toMatchObject({ id: now.recipientTaskSid, outcome: 'approved' });
		expect(only(loop).decidedBy).toMatchObject({ email: 'carol@example.com' });
	});

	it('where it goes on to a third person, theirs counts; and where it was given away before, nobody’s does', async () => {
		const [task, before] = [approval(), approval()];
		decide(used.nutrient.workflow.reassign(before, users()[2]), 'Approve');
		const loop = await open([task, before].map(lineOf), ACCEPT);
		const { workflow } = used.nutrient;
		const last = workflow.reassign(workflow.reassign(task, users()[2]), users()[0]);
		decide(last, 'Approve');
		await loop.wake();
		expect(left(loop)).toEqual([
			['Approved', last.recipientTaskSid, 'approved', true, 1],
			['No Decision', before.recipientTaskSid, 'cancelled', false, 2],
		]);
	});

	it('nobody’s is changed, and where edits are accepted cancelled: to whom it went is not clear', async () => {
		for (const [options, outcome] of [
			[{}, 'changed'],
			[ACCEPT, 'cancelled'],
		] as const) {
			const [bobs, carols] = copies(1, 2);
			const loop = await open([lineOf(bobs)], options);
			const one = used.nutrient.workflow.reassign(bobs, users()[0]);
			const other = used.nutrient.workflow.reassign(carols, users()[0]);
			decide(one, 'Approve');
			decide(other, 'Approve');
			await loop.wake();
			expect(only(loop)).toMatchObject({ outcome, approved: false });
		}
	});

	it('a copy that was there before is not the one of the new person', async () => {
		const [bobs, carols] = copies(1, 2);
		const loop = await open([lineOf(bobs)], ACCEPT);
		used.nutrient.workflow.reassign(bobs, users()[0]).state = 'Reassigned';
		decide(carols, 'Approve');
		await loop.wake();
		expect(only(loop)).toMatchObject({ outcome: 'cancelled', approved: false });
	});
});

describe('L8', () => {
	const rows = /recipientTask\/list\/data$/;

	it.each([
		['503', { status: 503, headers: { 'retry-after': '0' } }],
		['429', { status: 429, headers: { 'retry-after': '0' } }],
		['a cut connection', { cut: true }],
	])(
		'%s at a look is skipped, counted and told',
		async (_, weather) => {
			const task = approval();
			const loop = await open([lineOf(task)]);
			const fault = used.nutrient.fault({ path: rows, ...weather });
			decide(task, 'Approve');
			await loop.wake();
			expect([loop.status, loop.hints.join()]).toEqual([
				'waiting',
				expect.stringMatching(/^One look failed so far/),
			]);
			fault.remove();
			await loop.wake();
			expect(left(loop)).toEqual([['Approved', task.recipientTaskSid, 'approved', true, 1]]);
		},
		30_000,
	);

	it.each([401, 403])('%d is fatal at the first look, and outlived later', async (status) => {
		const rule = { path: rows, status, body: { status, message: 'No' } };
		const task = approval();
		const early = used.nutrient.fault(rule);
		const first = await open([lineOf(task)]);
		expect([first.status, first.error?.httpCode]).toEqual(['error', String(status)]);
		early.remove();
		const loop = await open([lineOf(task)]);
		const late = used.nutrient.fault(rule);
		await loop.wake();
		expect(loop.status).toBe('waiting');
		late.remove();
		decide(task, 'Approve');
		await loop.wake();
		expect(left(loop)).toEqual([['Approved', task.recipientTaskSid, 'approved', true, 1]]);
	});

	it('F14: one request that is hidden later leaves the others', async () => {
		const [hidden, seen] = [approval(), approval()];
		const loop = await open([hidden, seen].map(lineOf));
		const path = new RegExp(`${hidden.instanceSid}/recipientTask`);
		used.nutrient.fault({ path, status: 403, body: { status: 403, message: 'No' } });
		decide(seen, 'Approve');
		await loop.wake();
		expect(loop.stored).toContain('"Approve"');
		expect(loop.hints.join()).not.toMatch(/look failed/);
	});

	it('where only the option cannot be read, it is read at the next look', async () => {
		Object.assign(used.nutrient.options, { rowDecision: 'none', decidedApproval: 'told' });
		const task = approval();
		const loop = await open([lineOf(task)]);
		const status = 503;
		const fault = used.nutrient.fault({
			...{ path: /tasktypes\/approval/, status, headers: { 'retry-after': '0' } },
		});
		decide(task, 'Approve');
		await loop.wake();
		expect([loop.status, loop.hints.join()]).toEqual([
			'waiting',
			expect.stringMatching(/could not be read now/),
		]);
		fault.remove();
		await loop.wake();
		expect(left(loop)).toEqual([['Approved', task.recipientTaskSid, 'approved', true, 1]]);
	}, 30_000);
});

describe('§4', () => {
	const alias = () => void (users()[1].email = 'A.da+boss@example.com');

	it.each<[string, () => void, string | null]>([
		['by name only, which says nothing', () => undefined, null],
		['by an alias of the address', () => void alias(), 'The requester may not approve'],
	])('requester and approver are compared %s', async (_, make, message) => {
		make();
		used.nutrient.options.requesterEmails = message !== null;
		const loop = await open([lineOf(approval())]);
		expect(loop.error?.message ?? null).toEqual(message && expect.stringContaining(message));
	});

	it('an option lets the requester approve', async () => {
		used.nutrient.options.requesterEmails = true;
		alias();
		const task = approval();
		decide(task, 'Approve');
		const loop = await open([lineOf(task)], { options: { requesterMayApprove: true } });
		expect(only(loop)).toMatchObject({ outcome: 'approved' });
	});

	it('a task that becomes the requester’s does not open, also where edits are accepted', async () => {
		used.nutrient.options.requesterEmails = true;
		const task = approval();
		const loop = await open([lineOf(task)], { options: { whenEdited: 'accept' } });
		decide(used.nutrient.workflow.reassign(task, users()[0]), 'Approve');
		await loop.wake();
		expect(only(loop)).toMatchObject({ outcome: 'changed', approved: false });
	});
});
