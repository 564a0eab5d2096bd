/* eslint-disable @n8n/community-nodes/no-restricted-globals -- dev-only, never shipped */
import { start } from '../../sandbox';
import { listenersOn } from '../../scripts/ports';
import { newTask, PLUGIN, startSandbox, type Started } from './callAppmixer';
import { gate, nextTurn, startReceiver } from './receiver';

let started: Started;
beforeEach(async () => (started = await startSandbox()));
afterEach(async () => await started.sandbox.close());

describe('the journal', () => {
	it('records what came and what was answered', async () => {
		const { client, sandbox, ada } = started;
		await client.post(`${PLUGIN}/tasks?x=1&x=2&y=3`, '{ "title": 1 }', {
			headers: { ...ada.headers, 'content-type': 'application/json' },
		});
		expect(sandbox.requests).toHaveLength(1);
		const [record] = sandbox.requests;
		expect(record).toMatchObject({
			method: 'POST',
			path: `${PLUGIN}/tasks`,
			query: { x: ['1', '2'], y: '3' },
			headers: { authorization: ada.headers.authorization },
			rawBody: '{ "title": 1 }',
			body: { title: 1 },
			status: 400,
			responseBody: { statusCode: 400 },
		});
		expect(Math.abs(record.at - Date.now())).toBeLessThan(5000);
	});

	it('records a refused request with its body, and text that is not JSON', async () => {
		const { client, sandbox } = started;
		await client.post(`${PLUGIN}/tasks`, 'not json', { headers: { 'content-type': 'text/plain' } });
		expect(sandbox.requests[0]).toMatchObject({
			rawBody: 'not json',
			body: 'not json',
			status: 401,
		});
		sandbox.requests.clear();
		expect(sandbox.requests).toEqual([]);
	});
});

describe('a fault', () => {
	const version = async () => await started.client.get(`${PLUGIN}/`);

	it('answers with a status, headers and a body, a number of times, after some', async () => {
		const fault = started.sandbox.fault({
			path: /\/tasks\/$/,
			skip: 1,
			times: 2,
			status: 429,
			headers: { 'retry-after': '2' },
			body: { message: 'slow down' },
		});
		const answers = [await version(), await version(), await version(), await version()];
		expect(answers.map(({ status }) => status)).toEqual([200, 429, 429, 200]);
		expect(answers[1].data).toEqual({ message: 'slow down' });
		expect(answers[1].headers['retry-after']).toBe('2');
		expect(fault.hits).toBe(2);
		expect(started.sandbox.requests[1]).toMatchObject({ status: 429 });
	});

	it('answers with a page, on one method only, until removed', async () => {
		const html = '<h1>Bad gateway</h1>';
		const fault = started.sandbox.fault({ method: 'get', path: /./, status: 502, html });
		const answer = await version();
		expect([answer.status, answer.data]).toEqual([502, html]);
		expect(answer.headers['content-type']).toContain('text/html');
		expect((await started.client.post('/user/auth', {})).status).toBe(400);
		fault.remove();
		expect((await version()).status).toBe(200);
	});

	it('cuts the connection, before or after the request was performed', async () => {
		const { client, sandbox, ada } = started;
		const create = async () => await client.post(`${PLUGIN}/tasks`, newTask(), ada);
		sandbox.fault({ path: /tasks$/, cut: true, times: 1 });
		await expect(create()).rejects.toThrow();
		expect(sandbox.appmixer.tasks).toHaveLength(0);
		sandbox.fault({ path: /tasks$/, cut: true, after: true, times: 1 });
		await expect(create()).rejects.toThrow();
		expect(sandbox.appmixer.tasks).toHaveLength(1);
		sandbox.fault({ path: /tasks$/, status: 504, after: true, times: 1 });
		expect((await create()).status).toBe(504);
		expect(sandbox.appmixer.tasks).toHaveLength(2);
		expect(sandbox.requests.map(({ status }) => status)).toEqual([undefined, undefined, 504]);
	});

	it('delays the real answer', async () => {
		started.sandbox.fault({ path: /./, delay: () => 30, headers: { 'x-slow': 'yes' } });
		started.sandbox.fault({ path: /./, delayMs: 30 });
		const began = Date.now();
		const { status, headers, data } = await version();
		expect([status, headers['x-slow'], data]).toEqual([200, 'yes', { version: '1.0' }]);
		expect(Date.now() - began).toBeGreaterThanOrEqual(55);
	});

	it('lets one failure at a time answer', async () => {
		const first = started.sandbox.fault({ path: /./, status: 500, times: 1 });
		const second = started.sandbox.fault({ path: /./, status: 503, times: 1 });
		expect([(await version()).status, (await version()).status, (await version()).status]).toEqual([
			500, 503, 200,
		]);
		expect([first.hits, second.hits]).toEqual([1, 1]);
	});
});

describe('the clock', () => {
	it('starts at the real time and moves with it', async () => {
		const { clock } = started.sandbox;
		expect(Math.abs(clock.now() - Date.now())).toBeLessThan(50);
		await clock.advance(3_600_000);
		expect(Math.abs(clock.now() - Date.now() - 3_600_000)).toBeLessThan(50);
	});

	it('runs each job at its own time, in order', async () => {
		const { appmixer, clock } = started.sandbox;
		const receiver = await startReceiver(() => 500);
		const began = clock.now();
		const { taskId } = appmixer.createTask({ decisionBy: new Date(began + 150_000) });
		await started.client.post(`${PLUGIN}/webhooks`, { url: receiver.url, taskId }, started.ada);
		await clock.advance(11 * 60_000);
		const minutes = appmixer.deliveries.map(({ at }) => Math.round((at - began) / 60_000));
		expect(minutes).toEqual([3, 10]);
		await receiver.close();
	});

	it('runs the jobs by itself when live', async () => {
		const live = await start({ clock: 'live' });
		expect(live.clock.mode).toBe('live');
		const task = live.appmixer.createTask({ decisionBy: new Date(0) });
		await live.clock.advance(40_000);
		expect(task.status).toBe('pending');
		await live.clock.advance(19_500);
		const limit = Date.now() + 4000;
		while (task.status === 'pending' && Date.now() < limit) await nextTurn();
		expect(task.status).toBe('due');
		live.clock.mode = 'manual';
		await live.close();
	});
});

describe('closing', () => {
	it('ends hanging requests and callbacks in flight, and frees the port', async () => {
		const receiver = await startReceiver();
		const never = gate();
		receiver.reply(async () => await never.opened.then(() => 200));
		const { client, sandbox, ada, bob } = started;
		const { taskId } = sandbox.appmixer.createTask();
		await client.post(`${PLUGIN}/webhooks`, { url: receiver.url, taskId }, ada);
		sandbox.fault({ path: /user$/, hang: true });
		sandbox.fault({ path: /dashboard/, delayMs: 60_000 });
		const waiting = [
			client.put(`${PLUGIN}/tasks/${taskId}/approve`, {}, bob),
			client.get('/user', ada),
			client.get(`${PLUGIN}/dashboard-url`, ada),
		].map(
			async (request) =>
				await request.then(
					() => 'answered',
					() => 'cut',
				),
		);
		while (receiver.received.length === 0 || sandbox.requests.length < 4) await nextTurn();
		const port = Number(new URL(sandbox.url).port);
		await expect(start({ port })).rejects.toThrow('EADDRINUSE');
		expect(listenersOn(port)).toEqual([process.pid]);
		await Promise.all([sandbox.close(), sandbox.close()]);
		// by now another process may have taken it
		expect(listenersOn(port)).not.toContain(process.pid);
		expect(await Promise.all(waiting)).toEqual(['cut', 'cut', 'cut']);
		await sandbox.appmixer.callbacksIdle();
		never.open();
		await receiver.close();
	});
});
