import { randomUUID } from 'node:crypto';

import { callBack, type Call } from './callBack';
import { sharedN8n } from './sharedN8n';
import { openTriggerStage, type TriggerStage, type TriggerWorkflow } from './triggerStage';

jest.setTimeout(300_000);

let stage: TriggerStage;
let trigger: TriggerWorkflow;
let [mine, other] = ['', ''];
let tokens: Record<string, string>;

const JSON_TYPE = 'application/json';
const json = (body: unknown): Call => ({ body: JSON.stringify(body), type: JSON_TYPE });

beforeAll(async () => {
	stage = await openTriggerStage(await sharedN8n());
	const { appmixer } = stage.sandbox;
	[mine, other] = [1, 2].map(() => appmixer.createTask({ title: 'Target' }).taskId);
	trigger = await stage.watch({ events: ['approved', 'rejected', 'due'] });
	const urlOf = (id: string) => new URL(appmixer.webhooks.find((w) => w.taskId === id)!.url);
	const token = (id: string) => String(urlOf(id).searchParams.get('token'));
	const signed = (task: string, value: string) => `?${new URLSearchParams({ task, token: value })}`;
	tokens = {
		missing: `?task=${mine}`,
		'missing, with the task': '',
		wrong: signed(mine, '0'.repeat(64)),
		'repeated as a list': `${signed(mine, token(mine))}&token=x`,
		"another task's": signed(mine, token(other)),
		right: signed(mine, token(mine)),
	};
});
afterAll(async () => await stage?.close());

const bodies: Array<[string, () => Call, number]> = [
	['an empty body', () => ({ type: JSON_TYPE }), 400],
	['no body and no type', () => ({}), 415],
	['null', () => json(null), 400],
	['broken JSON', () => ({ body: '{"taskId":', type: JSON_TYPE }), 422],
	['a text', () => ({ body: 'approved', type: 'text/plain' }), 415],
	[
		'a form',
		() => ({ body: `taskId=${mine}&status=approved`, type: 'application/x-www-form-urlencoded' }),
		415,
	],
	['a list', () => json([{ taskId: mine, status: 'approved' }]), 400],
	['a number', () => json(1), 400],
	['an unknown status', () => json({ taskId: mine, status: 'APPROVED' }), 400],
	['a status that is a list', () => json({ taskId: mine, status: ['approved'] }), 400],
	['a status every object has', () => json({ taskId: mine, status: 'constructor' }), 400],
	['no status', () => json({ taskId: mine }), 400],
	['an undecided task', () => json({ taskId: mine, status: 'pending' }), 400],
	['no task', () => json({ status: 'approved' }), 400],
	[
		'a task in the prototype',
		() => ({ body: `{"__proto__":{"taskId":"${mine}","status":"approved"}}`, type: JSON_TYPE }),
		400,
	],
	[
		'a task in the constructor',
		() => json({ constructor: { prototype: { taskId: mine, status: 'approved' } } }),
		400,
	],
	['5 MB', () => json({ taskId: mine, status: 'approved', title: 'x'.repeat(5_000_000) }), 413],
	[
		'5 MB without a length',
		() => ({
			...json({ taskId: mine, status: 'approved', title: 'x'.repeat(5_000_000) }),
			chunked: true,
		}),
		413,
	],
	['20 MB', () => json({ taskId: mine, status: 'approved', title: 'x'.repeat(20_000_000) }), 500],
	['another task', () => json({ taskId: other, status: 'approved' }), 401],
	['an invented task', () => json({ taskId: randomUUID(), status: 'approved' }), 401],
];

it.each(bodies)('T13: with the right token refuses %s', async (_, call, status) => {
	expect((await callBack(`${trigger.url}${tokens.right}`, call())).status).toBe(status);
});

it.each(['missing', 'missing, with the task', 'wrong', 'repeated as a list', "another task's"])(
	'T1: with the token %s refuses whatever is sent, a real approval included',
	async (kind) => {
		const url = `${trigger.url}${tokens[kind]}`;
		const approval = json({ taskId: mine, status: 'approved' });
		const due = json({ taskId: mine, status: 'due' });
		const large = json({ taskId: mine, status: 'approved', title: 'x'.repeat(5_000_000) });
		for (const call of [approval, due, large, { type: JSON_TYPE }, json(null), {}]) {
			expect((await callBack(url, call)).status).toBe(401);
		}
	},
);

it('T1: refuses the right token on other methods and for a task nobody signed', async () => {
	const url = `${trigger.url}${tokens.right}`;
	const approval = json({ taskId: mine, status: 'approved' });
	for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH']) {
		const call = method === 'GET' || method === 'HEAD' ? {} : approval;
		expect([method, (await callBack(url, { ...call, method })).status]).toEqual([method, 404]);
	}
});

it('T1: after all that n8n lives, nothing was started, and real decisions still arrive', async () => {
	const { appmixer, clock } = stage.sandbox;
	expect(trigger.watched()).toEqual([mine, other].sort());
	await appmixer.approve(mine);
	await clock.advance(2 * 24 * 60 * 60_000);
	await appmixer.reject(other);
	const found = await trigger.emitted(3);
	expect(found.map(({ json: { id, event } }) => [id, event.type])).toEqual([
		[mine, 'approved'],
		[other, 'due'],
		[other, 'rejected'],
	]);
	expect(found.every(({ json: task }) => task.title === 'Target')).toBe(true);
	expect(await stage.rest.version()).toBe('2.40.7');
});
