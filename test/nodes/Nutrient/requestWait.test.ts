/** @jest-environment ./test/engine/environment.ts */
import type { INodeParameters } from 'n8n-workflow';

import type { Instance, RecipientTask } from '../../../sandbox/nutrient/store';
import { engine } from '../../engine';
import { left, only, ONE_HOUR, useLoops, type Line } from './looped';
import { useSandbox } from './sandboxed';

const used = useSandbox();
const open = useLoops(used, 'request');

const user = (place: number) => used.nutrient.options.users[place];
const [ADA, BOB, CAROL] = [0, 1, 2];
const OPTIONS = [
	{ label: 'Approve', completesTask: false },
	{ label: 'Approve alone', completesTask: true },
	{ label: 'Deny', completesTask: true },
	{ label: 'Re-work', completesTask: true },
];
const ALONE = { approvedWords: 'Approve, Approve alone' };

/** A request of Ada: a form, an approval by these people, and when that is done a form that Bob may fill in. */
function start(...people: number[]): Instance & { line: Line } {
	const { nutrient } = used;
	const recipients = people.map(user);
	const process = nutrient.addProcess(
		'Purchase',
		{ name: 'Form', taskType: 'form' },
		{ name: 'Approval', taskType: 'approval', options: OPTIONS, recipients },
		{ name: 'Order', taskType: 'form', recipients: [user(BOB)] },
	);
	const instance = nutrient.workflow.start(process, user(ADA), { requestName: 'Laptops' });
	complete(instance, 'Form');
	return Object.assign(instance, { line: { id: instance.sid } });
}

const tasksOf = ({ sid }: Instance, name: string): RecipientTask[] =>
	used.nutrient.tasks.filter((task) => task.instanceSid === sid && task.name === name);
const complete = (instance: Instance, name: string) =>
	used.nutrient.workflow.complete(tasksOf(instance, name).at(-1)!, {});
const approvals = (instance: Instance) => tasksOf(instance, 'Approval');
const decide = (task: RecipientTask, label: string) =>
	used.nutrient.workflow.decide(task, label, 'fine');
/** Begins the approval once more, as a process that goes back does. */
const again = (instance: Instance, ...people: number[]) => {
	const { workflow } = used.nutrient;
	return workflow.assign(instance, workflow.design(approvals(instance)[0]), people.map(user));
};
const named = (more: INodeParameters = {}) => ({ options: { taskName: ' approval ', ...more } });
const looks = ({ sid }: Instance) => [
	`GET /api/instance/${sid}`,
	`GET /api/instance/${sid}/recipientTask/list/data`,
];

it('L3, L7: waits until every request has ended, two requests a look for each; then each leaves paired', async () => {
	const [one, two] = [start(BOB), start(BOB)];
	const loop = await open([one.line, two.line]);
	expect([loop.error, loop.status]).toEqual([null, 'waiting']);
	expect(used.calls().sort()).toEqual([...looks(one), ...looks(two)].sort());
	decide(approvals(one)[0], 'Approve');
	decide(approvals(two)[0], 'Deny');
	complete(two, 'Order');
	await loop.wake();
	expect(loop.status).toBe('waiting');
	complete(one, 'Order');
	used.nutrient.requests.clear();
	await loop.wake();
	expect(used.calls()).toEqual(looks(one));
	expect(left(loop)).toEqual([
		['Approved', one.sid, 'approved', true, 1],
		['Rejected', two.sid, 'rejected', false, 2],
	]);
});

it('gives the request with who said what and when; no secret is stored', async () => {
	const request = start(BOB);
	const [task] = approvals(request);
	decide(task, 'Approve');
	complete(request, 'Order');
	const loop = await open([request.line]);
	const assignee = { id: null, name: 'Bob Baker', email: 'bob@example.com' };
	const { decidedAt, approvals: said, ...json } = only(loop);
	expect(json).toMatchObject({
		...{ approved: true, outcome: 'approved', id: request.sid, title: 'Laptops' },
		...{ decidedBy: { ...assignee, provenance: 'configured' }, decision: 'approved' },
		...{ state: 'done', status: 'Completed', assignee: null, source: 'nutrient' },
	});
	expect(decidedAt).toBe(task.completedDate);
	expect(said).toEqual([
		{
			...{ id: task.recipientTaskSid, title: 'Approval', assignee, option: 'Approve' },
			...{ decision: 'approved', decidedAt },
		},
	]);
	expect(loop.stored).not.toMatch(/eyJ|Bearer|system\/key/);
});

it('a rejecting option rejects at once, though the request goes on', async () => {
	const request = start(BOB);
	const loop = await open([request.line]);
	decide(approvals(request)[0], 'Deny');
	await loop.wake();
	expect(left(loop)).toEqual([['Rejected', request.sid, 'rejected', false, 1]]);
});

describe('Task Name', () => {
	it('the approval of that name decides, before the request has ended', async () => {
		const request = start(BOB, CAROL);
		const loop = await open([request.line], named());
		const [bobs, carols] = approvals(request);
		decide(bobs, 'Approve');
		await loop.wake();
		expect(loop.status).toBe('waiting');
		decide(carols, 'Approve');
		await loop.wake();
		expect(only(loop)).toMatchObject({ outcome: 'approved', state: 'open', decidedBy: null });
	});

	it('one that has not begun is waited for, and told', async () => {
		const request = start(BOB);
		const loop = await open([request.line], { options: { taskName: 'Finance' } });
		expect([loop.status, loop.hints.join()]).toEqual([
			'waiting',
			expect.stringMatching(/has no approval "Finance" yet/),
		]);
		decide(approvals(request)[0], 'Approve');
		complete(request, 'Order');
		await loop.wake();
		expect(left(loop)).toEqual([['No Decision', request.sid, 'done', false, 1]]);
	});
});

describe('several people', () => {
	it.each(['Cancelled', 'Completed'] as const)(
		'an option that ends the approval alone is enough: the others can choose no more (%s)',
		async (othersEndAs) => {
			Object.assign(used.nutrient.options, { othersEndAs });
			const request = start(BOB, CAROL);
			const loop = await open([request.line], { ...ALONE, ...named() });
			decide(approvals(request)[0], 'Approve alone');
			await loop.wake();
			expect(left(loop)).toEqual([['Approved', request.sid, 'approved', true, 1]]);
		},
	);

	it('while what one of them has chosen cannot be read, nothing is approved', async () => {
		Object.assign(used.nutrient.options, { othersEndAs: 'Completed' });
		const request = start(BOB, CAROL);
		decide(approvals(request)[0], 'Approve alone');
		const status = 503;
		const fault = used.nutrient.fault({
			...{ path: /tasktypes\/approval/, status, headers: { 'retry-after': '0' } },
		});
		const loop = await open([request.line], { ...ALONE, ...named() });
		expect([loop.status, loop.hints.join()]).toEqual([
			'waiting',
			expect.stringMatching(/could not be read now/),
		]);
		fault.remove();
		await loop.wake();
		expect(left(loop)).toEqual([['Approved', request.sid, 'approved', true, 1]]);
	});

	it('what somebody has chosen and nobody tells is no approval', async () => {
		const request = start(BOB, CAROL);
		const [bobs, carols] = approvals(request);
		decide(bobs, 'Approve');
		// as if her choice were hidden: she ended it later, and nobody knows how
		const later = new Date(Date.parse(bobs.completedDate!) + 60_000).toISOString();
		Object.assign(carols, { state: 'Completed', completedDate: later });
		const loop = await open([request.line], { ...named(), ...ONE_HOUR });
		expect(loop.status).toBe('waiting');
		await loop.wake();
		expect(only(loop)).toMatchObject({ outcome: 'timedOut', approved: false });
	});

	it('of two that ended on one day, where days are shown only, one does not end the other, which is told', async () => {
		const request = start(BOB, CAROL);
		const [bobs, carols] = approvals(request);
		decide(bobs, 'Approve');
		const today = new Date().toISOString().slice(0, 10);
		Object.assign(carols, { state: 'Completed', completedDate: today });
		Object.assign(bobs, { completedDate: today });
		const loop = await open([request.line], { ...named(), ...ONE_HOUR });
		expect([loop.status, loop.hints.join()]).toEqual([
			'waiting',
			expect.stringContaining(
				`though somebody has approved. Nothing tells what was chosen in task ${carols.recipientTaskSid}.`,
			),
		]);
		await loop.wake();
		expect(only(loop)).toMatchObject({ outcome: 'timedOut', approved: false });
	});

	it('a copy that was given to somebody else does not count, that of the other does', async () => {
		const request = start(BOB);
		const loop = await open([request.line], named());
		const now = used.nutrient.workflow.reassign(approvals(request)[0], user(CAROL));
		await loop.wake();
		expect(loop.status).toBe('waiting');
		decide(now, 'Approve');
		await loop.wake();
		expect(only(loop)).toMatchObject({
			outcome: 'approved',
			decidedBy: { email: 'carol@example.com' },
		});
	});
});

describe('rounds', () => {
	it('of an approval that was begun anew, the last counts', async () => {
		const request = start(BOB);
		const loop = await open([request.line], named());
		decide(approvals(request)[0], 'Re-work');
		const [second] = again(request, BOB);
		await loop.wake();
		expect(loop.status).toBe('waiting');
		decide(second, 'Approve');
		await loop.wake();
		expect(only(loop)).toMatchObject({ outcome: 'approved', approvals: [{}, {}] });
	});

	it('on one day, where days are shown only, do not end the wait, and it is told why', async () => {
		const request = start(BOB);
		decide(approvals(request)[0], 'Re-work');
		decide(again(request, BOB)[0], 'Approve');
		const today = new Date().toISOString().slice(0, 10);
		for (const one of approvals(request)) {
			Object.assign(one, { createdDate: today, completedDate: today });
		}
		const loop = await open([request.line], { ...named(), ...ONE_HOUR });
		expect([loop.error, loop.status, loop.hints.join()]).toEqual([
			...[null, 'waiting'],
			expect.stringMatching(/do not tell which round of "Approval" was the last/),
		]);
		await loop.wake();
		expect(left(loop)).toEqual([['No Decision', request.sid, 'timedOut', false, 1]]);
	});

	it('two of one name at the same time both count', async () => {
		const request = start(BOB);
		const [second] = again(request, CAROL);
		const loop = await open([request.line], { ...named(), ...ONE_HOUR });
		decide(approvals(request)[0], 'Re-work');
		decide(second, 'Approve');
		await loop.wake();
		expect(only(loop)).toMatchObject({ outcome: 'timedOut', approved: false });
	});

	it('an option in neither list keeps waiting, and is told', async () => {
		const request = start(BOB);
		decide(approvals(request)[0], 'Re-work');
		complete(request, 'Order');
		const loop = await open([request.line], ONE_HOUR);
		expect(loop.hints.join()).toMatch(/answered "Re-work", which is in neither list/);
		await loop.wake();
		expect(left(loop)).toEqual([['No Decision', request.sid, 'timedOut', false, 1]]);
	});
});

describe('without a decision', () => {
	it('a request that has ended without an approval is done, which approves nothing', async () => {
		const { workflow, processes } = used.nutrient;
		const request = workflow.start(processes[1], user(ADA), {});
		const loop = await open([{ id: request.sid }]);
		expect(loop.status).toBe('waiting');
		workflow.complete(used.nutrient.tasks.at(-1)!, {});
		await loop.wake();
		expect(only(loop)).toMatchObject({ outcome: 'done', approved: false, approvals: [] });
		expect(only(loop)).not.toHaveProperty('knowsNoDecision');
	});

	it('one that was called off is cancelled, whoever approved before', async () => {
		const request = start(BOB);
		const loop = await open([request.line]);
		decide(approvals(request)[0], 'Approve');
		used.nutrient.workflow.cancel(request);
		await loop.wake();
		expect(left(loop)).toEqual([['No Decision', request.sid, 'cancelled', false, 1]]);
	});

	it('one whose approval timed out is cancelled when it has ended', async () => {
		const request = start(BOB);
		const loop = await open([request.line]);
		used.nutrient.workflow.timeOut(approvals(request)[0]);
		await loop.wake();
		expect(loop.status).toBe('waiting');
		complete(request, 'Order');
		await loop.wake();
		expect(left(loop)).toEqual([['No Decision', request.sid, 'cancelled', false, 1]]);
	});

	it('one that is gone: an error at first, cancelled later', async () => {
		const none = '00000000-0000-0000-0000-000000000000';
		const request = start(BOB);
		const first = await open([request.line, { id: none }]);
		expect(first.error).toMatchObject({ message: `Request ${none} was not found`, itemIndex: 1 });
		const loop = await open([request.line]);
		used.nutrient.instances.splice(used.nutrient.instances.indexOf(request), 1);
		await loop.wake();
		expect(left(loop)).toEqual([['No Decision', request.sid, 'cancelled', false, 1]]);
	});

	it('L10: an approval that came after the deadline counts for nothing', async () => {
		const request = start(BOB);
		const loop = await open([request.line], { ...named(), ...ONE_HOUR });
		const deadline = loop.waitTill!.getTime();
		engine.clockAhead(deadline + 5000 - (performance.timeOrigin + performance.now()));
		decide(approvals(request)[0], 'Approve');
		await loop.wake();
		expect(left(loop)).toEqual([['No Decision', request.sid, 'timedOut', false, 1]]);
	});

	it('L9: a request with another name is changed, with both', async () => {
		const request = start(BOB);
		const loop = await open([request.line], named());
		used.nutrient.workflow.instance(request.sid).name = 'Yachts';
		decide(approvals(request)[0], 'Approve');
		await loop.wake();
		expect(only(loop)).toMatchObject({
			...{ outcome: 'changed', edited: ['title'] },
			...{ asked: { title: 'Laptops' }, found: { title: 'Yachts' } },
		});
	});
});

it('a group of requests has a vote for each', async () => {
	const [one, two] = [start(BOB), start(CAROL)];
	const loop = await open([one.line, two.line], { ...named(), grouping: 'all' });
	for (const request of [one, two]) decide(approvals(request)[0], 'Approve');
	await loop.wake();
	expect(only(loop)).toMatchObject({
		outcome: 'approved',
		votes: [
			{ task: one.sid, decision: 'approved' },
			{ task: two.sid, decision: 'approved' },
		],
	});
});

describe('where the option is read', () => {
	it('in the detail, which is read anyway', async () => {
		Object.assign(used.nutrient.options, { rowDecision: 'none' });
		const request = start(BOB);
		decide(approvals(request)[0], 'Approve');
		expect(only(await open([request.line], named()))).toMatchObject({ outcome: 'approved' });
		expect(used.calls()).toEqual(looks(request));
	});

	it('in the approvals, where neither rows nor detail tell: one request more for each that has ended', async () => {
		Object.assign(used.nutrient.options, {
			...{ rowDecision: 'none', detailDecision: false, decidedApproval: 'told' },
		});
		const request = start(BOB);
		const [task] = approvals(request);
		const loop = await open([request.line], named());
		expect(used.calls()).toEqual(looks(request));
		decide(task, 'Approve');
		used.nutrient.requests.clear();
		await loop.wake();
		const own = `GET /api/instance/tasktypes/approval/${task.recipientTaskSid}`;
		expect(used.calls()).toEqual([...looks(request), own]);
		expect(only(loop)).toMatchObject({ outcome: 'approved' });
	});
});

describe('§4', () => {
	beforeEach(() => void (used.nutrient.options.requesterEmails = true));

	it('an approval of the requester’s is refused at the first look, and an option lets it be', async () => {
		const [other, own] = [start(BOB), start(ADA)];
		const refused = await open([other.line, own.line], named());
		expect(refused.error).toMatchObject({
			message: 'The requester may not approve their own request',
			itemIndex: 1,
		});
		decide(approvals(own)[0], 'Approve');
		const loop = await open([own.line], named({ requesterMayApprove: true }));
		expect(only(loop)).toMatchObject({ outcome: 'approved' });
	});

	it('one that comes later does not count, which is told', async () => {
		const request = start(BOB);
		const loop = await open([request.line]);
		const now = used.nutrient.workflow.reassign(approvals(request)[0], user(ADA));
		await loop.wake();
		expect(loop.hints.join()).toMatch(/by the requester of request .* does not count/);
		decide(now, 'Approve');
		complete(request, 'Order');
		await loop.wake();
		expect(left(loop)).toEqual([['No Decision', request.sid, 'cancelled', false, 1]]);
	});
});

it.each([401, 403])('L8: %d is fatal at the first look, and outlived later', async (status) => {
	const request = start(BOB);
	const rule = { path: /\/api\/instance\/[^/]+$/, status, body: { status, message: 'No' } };
	const early = used.nutrient.fault(rule);
	expect((await open([request.line])).error?.httpCode).toBe(String(status));
	early.remove();
	const loop = await open([request.line], named());
	const late = used.nutrient.fault(rule);
	await loop.wake();
	expect([loop.status, loop.hints.join()]).toEqual([
		'waiting',
		expect.stringMatching(/^One look failed so far/),
	]);
	late.remove();
	decide(approvals(request)[0], 'Approve');
	await loop.wake();
	expect(left(loop)).toEqual([['Approved', request.sid, 'approved', true, 1]]);
});
