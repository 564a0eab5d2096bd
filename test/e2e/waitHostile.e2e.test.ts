import axios from 'axios';

import { branches, seen } from './branches';
import { openDesk, type Desk, type Published } from './gateDesk';
import { hostileCallbacks, post, type HostileCallback } from './hostileCallbacks';

jest.setTimeout(180_000);

let desk: Desk;
let wait: Published;
/** The waits' own resume URLs, and what is posted to the first. */
let [url, otherUrl] = ['', ''];
let callbacks: Record<string, HostileCallback>;

async function park(title: string): Promise<[Published, string]> {
	const { nodes, edges } = branches('perDecision');
	const asking = desk.ask(title, { outputs: 'perDecision' });
	const workflow = await desk.publish([asking, ...nodes], edges);
	await workflow.begin('7');
	await workflow.parked();
	const { taskId } = desk.taskOf(title);
	const [webhook] = desk.sandbox.appmixer.webhooks.filter((one) => one.taskId === taskId);
	return [workflow, webhook.url];
}

beforeAll(async () => {
	desk = await openDesk();
	[wait, url] = await park('attacked');
	[, otherUrl] = await park('another');
	const [{ taskId }, another] = [desk.taskOf('attacked'), desk.taskOf('another')];
	callbacks = hostileCallbacks(taskId, another.taskId);
	callbacks['what the service would send'] = {
		type: 'application/json',
		body: JSON.stringify({ taskId, status: 'approved' }),
	};
});
afterAll(async () => await desk.sandbox.close());

/** What each callback is answered at this URL. */
async function answers(target: string, sent = callbacks): Promise<Record<string, number>> {
	const answered: Record<string, number> = {};
	for (const [name, callback] of Object.entries(sent)) {
		answered[name] = await post(target, callback);
	}
	return answered;
}

async function stillWaits(): Promise<void> {
	const { status, runData } = await wait.parked();
	expect(status).toBe('waiting');
	expect(Object.keys(runData)).toEqual(['Form', 'Ask']);
	expect((await axios.get(`${desk.url}/healthz`, { proxy: false })).data).toEqual({ status: 'ok' });
}

const tokenOf = (from: string) => /signature=([^/]+)\//.exec(from)?.[1] ?? '';
const withToken = (token: string) => url.replace(tokenOf(url), token);

it.each([
	['a wrong token', () => withToken('0'.repeat(tokenOf(url).length))],
	['a wrong token that is shorter', () => withToken('0')],
	["another wait's token", () => withToken(tokenOf(otherUrl))],
	['no token', () => url.split('?')[0]],
	['an empty token', () => withToken('')],
])('refuses every callback with %s', async (_, target) => {
	expect(target()).not.toBe(url);
	const answered = await answers(target());
	expect(new Set(Object.values(answered))).toEqual(new Set([401]));
	await stillWaits();
});

it('W1, W8, W9: answers what is no decision itself and keeps waiting, also with the right token', async () => {
	const { 'what the service would send': genuine, ...hostile } = callbacks;
	expect(genuine).toBeDefined();
	expect(await answers(url, hostile)).toEqual({
		...{ 'no body': 415, 'no body, said to be JSON': 400, null: 400, 'broken JSON': 422 },
		...{ text: 415, 'JSON said to be text': 415, form: 415 },
		// n8n itself answers these, with its page "No action required"
		...{ GET: 200, HEAD: 200, PUT: 200 },
		...{ 'a string': 400, 'a list': 400, 'no task': 400, 'no status': 400 },
		...{ 'unknown status': 400, 'status in capitals': 400, 'status in a list': 400 },
		...{ 'status of an object': 400, pending: 400, '5 MB': 413 },
		'prototype instead of body': 400,
		'prototype with status': 400,
		'constructor with status': 400,
		...{ 'two task ids': 200, 'another task': 200 },
	});
	await stillWaits();
});

it('goes on when the task is really approved', async () => {
	await desk.sandbox.appmixer.approve(desk.taskOf('attacked').taskId);
	const run = await wait.ended();
	expect(run.status).toBe('success');
	expect(Object.keys(seen(run))).toEqual(['Approved']);
	expect(run.runData.Approved).toHaveLength(1);
});
