/** @jest-environment ./test/engine/environment.ts */
import axios from 'axios';
import { stringify } from 'flatted';
import { sleep, type IWebhookResponseData } from 'n8n-workflow';

import { isCollected } from '../../collectGarbage';
import { engine, type Wait } from '../../engine';
import { NEW_TASK, byId, useSandbox } from './sandboxed';

const used = useSandbox();
const open: Wait[] = [];
const ask = { resource: 'task', operation: 'sendAndWait', ...NEW_TASK, decisionBy: '' };
const TWO = { approver: 'bob@example.com, carol@example.com', rule: 'one' };
const node = { typeVersion: 1.1 };
const MINUTE = 60_000;

async function park(parameters = {}, more = {}): Promise<Wait> {
	const wait = await engine.openWait({
		credential: used.ada,
		parameters: { ...ask, ...parameters },
		node,
		...more,
	});
	expect(wait.run.status).toBe('waiting');
	open.push(wait);
	return wait;
}
afterEach(async () => {
	engine.clockAhead(0);
	for (const wait of open.splice(0)) {
		await wait.close();
		expect(wait.server.thrown.map(String)).toEqual([]);
	}
});

const tasks = () => used.sandbox.appmixer.tasks;
const body = (status = 'approved') => ({ ...tasks()[0], status });
/**
 * The status, or why there is none. It never fails: axios's error holds its sockets, and Jest could write no report of it.
 * Nor does it wait for ever, when something is held back that should not be.
 */
const post = async (status = 'approved', timeout = 10_000): Promise<number | string> =>
	await axios
		.post(used.sandbox.appmixer.webhooks[0].url, body(status), {
			...{ timeout, proxy: false },
			validateStatus: () => true,
		})
		.then(
			(response) => response.status,
			(error: Error) => error.message,
		);
/** As long as a look takes, and then some. */
const looked = async () => await sleep(3000);

/** n8n, which can take a call to a run that has not gone on as far as its storage knows. */
function n8nThat(wait: Wait, ends: (given: IWebhookResponseData) => Promise<number>) {
	const { take } = wait.server;
	wait.server.take = async (callback) => {
		const given = await take(callback);
		if (!given.workflowData || given.noWebhookResponse) return given;
		callback.httpResponse!.status(await ends(given)).json({});
		return { noWebhookResponse: true };
	};
}

/** n8n, until there is room to run what it was given. @returns makes room */
function holdsBack(wait: Wait): () => void {
	let release = () => {};
	const busy = new Promise<void>((resolve) => (release = resolve));
	n8nThat(wait, async (given) => {
		await busy;
		stringify(given.workflowData);
		return 200;
	});
	return () => release();
}

it('W27: a call that comes while n8n holds the run back does not end the wait again', async () => {
	const wait = await park();
	const release = holdsBack(wait);
	const first = post();
	while (wait.resumed.length === 0) await sleep(20);
	expect([await post(), await post('rejected')]).toEqual([503, 503]);
	engine.clockAhead(60 * MINUTE);
	expect(await post()).toBe(503);
	release();
	expect([await first, wait.resumed.length]).toEqual([200, 1]);
	expect(await post()).toBe(503);
	expect(wait.resumed).toHaveLength(1);
});

it('W27: who has hung up meanwhile changes nothing', async () => {
	const wait = await park();
	const release = holdsBack(wait);
	expect(await post('approved', 300)).toBe('timeout of 300ms exceeded');
	expect(await post()).toBe(503);
	release();
	await sleep(50);
	expect(await post()).toBe(503);
	expect(wait.resumed).toHaveLength(1);
});

it.each(['hears it', 'has hung up'])(
	'W27: what n8n could not store is taken from the next call, when the caller %s',
	async (caller) => {
		const wait = await park();
		let release = () => {};
		const busy = new Promise<void>((resolve) => (release = resolve));
		let answers = 0;
		n8nThat(wait, async () => (await busy, answers++ === 0 ? 500 : 200));
		const hears = caller === 'hears it';
		const calling = post('approved', hears ? undefined : 300);
		if (!hears) expect(await calling).toBe('timeout of 300ms exceeded');
		release();
		if (hears) expect(await calling).toBe(500);
		await sleep(50);
		expect([await post(), await post()]).toEqual([200, 503]);
		expect(wait.resumed).toHaveLength(2);
	},
);

describe('W27: several approvers, of whom nobody hears what n8n did', () => {
	it.each([
		['holds back is not ended again, however long that takes', 1],
		['drops, as its storage failed, is ended by a later call', 2],
	])(
		'a wait that n8n %s',
		async (_, times) => {
			const wait = await park(TWO);
			let given: WeakRef<object> | undefined;
			const { take } = wait.server;
			wait.server.take = async (callback) => {
				const { workflowData } = await take(callback);
				if (workflowData) given = new WeakRef(workflowData);
				return { noWebhookResponse: true };
			};
			await used.sandbox.appmixer.approve(tasks()[0].taskId);
			await looked();
			expect(wait.resumed).toHaveLength(1);
			if (times === 2) wait.held.splice(0);
			expect(await isCollected(given!)).toBe(times === 2);
			engine.clockAhead(3 * 60 * MINUTE);
			expect(await post()).toBe(503);
			await looked();
			expect([wait.resumed.length, wait.held.length]).toEqual([times, 1]);
		},
		20_000,
	);

	it('a wait that n8n began to store is ended again by the call in ten minutes, if it still waits', async () => {
		const wait = await park(TWO);
		let given: IWebhookResponseData = {};
		const { take } = wait.server;
		wait.server.take = async (callback) => (given = await take(callback));
		await used.sandbox.appmixer.approve(tasks()[0].taskId);
		await looked();
		const stored = stringify(given.workflowData);
		expect(stored).toContain('approved');
		// nothing is left in what n8n goes on with
		expect(Object.getOwnPropertyNames(given.workflowData)).toEqual(['0', '1', '2', 'length']);
		expect(stringify(given.workflowData)).toBe(stored);
		engine.clockAhead(4 * MINUTE);
		await post();
		await looked();
		expect(wait.resumed).toHaveLength(1);
		engine.clockAhead(10 * MINUTE);
		await post();
		await looked();
		expect(wait.resumed).toHaveLength(2);
	}, 20_000);
});

describe('W27: the limit', () => {
	const limited = { limitWaitTime: true, resumeAmount: 5, resumeUnit: 'minutes' };

	it.each(['approved', 'rejected'])('after it, or just before, nothing is %s', async (status) => {
		const wait = await park(limited);
		const left = wait.run.waitTill!.getTime() - Date.now();
		engine.clockAhead(left - 70_000);
		expect(await post(status)).toBe(503);
		engine.clockAhead(left + 1000);
		expect(await post(status)).toBe(503);
		expect(wait.resumed).toEqual([]);
		engine.clockAhead(left - 80_000);
		expect(await post(status)).toBe(200);
		expect(wait.resumed).toHaveLength(1);
	});

	it('an end that n8n has held back until then cannot be stored, and nothing of it goes on', async () => {
		const wait = await park(limited);
		const left = wait.run.waitTill!.getTime() - Date.now();
		n8nThat(wait, async ({ workflowData }) => {
			engine.clockAhead(left - 60_000);
			expect(() => stringify(workflowData)).toThrow('The limit of the wait was reached');
			return 500;
		});
		engine.clockAhead(left - 90_000);
		expect([await post(), await post()]).toEqual([500, 503]);
		expect(wait.resumed).toHaveLength(1);
	});

	it('a vote before it, which is read after it, does not count', async () => {
		const wait = await park({ ...TWO, ...limited });
		const left = wait.run.waitTill!.getTime() - Date.now();
		engine.clockAhead(left - 76_500);
		await used.sandbox.appmixer.approve(tasks()[0].taskId);
		await looked();
		expect(wait.resumed).toEqual([]);
	});

	it('an edited description, which is read once more, takes no longer than that', async () => {
		const id = used.sandbox.appmixer.createTask().taskId;
		const wait = await park({ ...limited, taskSource: 'existing', taskId: byId(id) });
		tasks()[0].description = 'Another text';
		const left = wait.run.waitTill!.getTime() - Date.now();
		used.sandbox.fault({ method: 'GET', path: /\/tasks/, delayMs: 1500 });
		engine.clockAhead(left - 76_000);
		expect(await post()).toBe(503);
		expect(wait.resumed).toEqual([]);
	});
});
