/** @jest-environment ./test/engine/environment.ts */
import { sleep, type IDataObject } from 'n8n-workflow';

import type { FaultRule } from '../../sandbox';
import { engine, type Polling } from '../engine';
import { POLLED, usePolled } from './polled';

const open = usePolled();

const NOW = { 'Retry-After': '0' };
const WEATHER: Array<[string, Omit<FaultRule, 'path'>]> = [
	['429', { status: 429, headers: NOW }],
	['503', { status: 503, headers: NOW }],
	['500', { status: 500 }],
	['a cut connection', { cut: true }],
];

const mambu = (returnCode: number) => ({ returnCode, returnStatus: '' });
const exception = (status: number) => ({ status, message: 'IntegrifyException' });

/** Of a server that could not read something itself. */
const PARSER = 'Unexpected token < in JSON at position 0';

/** What a service says under a status that means another thing. */
const WORDS: Record<string, Array<[status: number, body: unknown, cause: string]>> = {
	Appmixer: [
		[500, { message: 'Missing secret query parameter.' }, 'configuration-invalid'],
		[503, { message: 'Missing secret query parameter.' }, 'temporarily-unavailable'],
	],
	Affinitext: [
		[500, { message: 'Unauthenticated.' }, 'credential-invalid'],
		[502, { message: 'Unauthenticated.' }, 'temporarily-unavailable'],
		[500, { message: PARSER }, 'temporarily-unavailable'],
	],
	'Mambu V2': [
		[400, mambu(60), 'temporarily-unavailable'],
		[403, mambu(24), 'rate-limited'],
		[403, mambu(32), 'temporarily-unavailable'],
		[400, mambu(2), 'credential-invalid'],
		[500, mambu(2), 'credential-invalid'],
		[500, mambu(19), 'configuration-invalid'],
	],
	'Nutrient, tasks': [
		[400, exception(503), 'temporarily-unavailable'],
		[200, exception(503), 'temporarily-unavailable'],
		[500, exception(403), 'configuration-invalid'],
	],
	'opentaps, tasks': [
		[500, { error: 'The token is not valid' }, 'credential-invalid'],
		[500, { error: 'You have no permission' }, 'configuration-invalid'],
		[500, { error: PARSER }, 'temporarily-unavailable'],
	],
};
/** Where tokens are had. */
const LOGINS = /^\/(api\/auth|oauth)/;

interface Failed extends Error {
	failure?: IDataObject;
}
/** Services date their answers by the second. */
const untilNextSecond = async () => await sleep(1001 - (Date.now() % 1000));
const failureOf = async (polling: Polling) =>
	await polling.poll().then(
		() => 'none',
		({ failure }: Failed) => failure,
	);

describe.each(POLLED)('the $name trigger', (vendor) => {
	it.each(WEATHER)('F8: is published when its first poll fails with %s', async (_name, rule) => {
		const { trigger, add, fault, ids } = open(vendor);
		const [old, later] = [add(), add()];
		old.decide();
		await untilNextSecond();
		const { remove } = fault(rule);
		const polling = await trigger();
		expect(await polling.poll()).toBeNull();
		expect(engine.logged().join()).toContain('was started without seeing its tasks');
		const meanwhile = add();
		meanwhile.decide();
		remove();

		// only Appmixer dates decisions, and a cut connection tells no time
		const isDated = vendor.name === 'Appmixer' && rule.cut === undefined;
		expect(await ids(polling)).toEqual(isDated ? [meanwhile.id] : null);
		expect(engine.logged().join()).toMatch(/Changes between \S+Z and \S+Z may not have started/);
		expect(await ids(polling)).toBeNull();
		later.decide();
		expect(await ids(polling)).toEqual([later.id]);
	});

	it('F8: names after a restart what it gave before, once, for n8n may have been killed before it stored the run', async () => {
		const { trigger, add, ids } = open(vendor);
		const task = add();
		const polling = await trigger();
		await polling.poll();
		task.decide();
		const events = (await polling.poll())!.map(({ event }) => (event as IDataObject).id);
		polling.activate();
		expect(await ids(polling)).toBeNull();
		const named = () => engine.logged().filter((line) => line.includes('gave these events last'));
		expect(named()).toEqual([]);

		const restarted = await trigger({}, polling.staticData());
		expect(await ids(restarted)).toBeNull();
		expect(await ids(restarted)).toBeNull();
		const lines = named();
		expect(lines).toHaveLength(1);
		expect(lines[0]).toContain(`: ${events.join(', ')}. After a normal restart ignore this`);
	});

	it('F8: waits for a good look at each poll, and tells n8n why it fails', async () => {
		const { trigger, add, fault, ids } = open(vendor);
		const task = add();
		const { remove } = fault({ status: 503, headers: { 'Retry-After': '120' } });
		const polling = await trigger();
		expect(await polling.poll()).toBeNull();
		expect(await failureOf(polling)).toEqual({
			cause: 'temporarily-unavailable',
			retryAfterMs: 120_000,
		});
		remove();
		expect(await ids(polling)).toBeNull();
		task.decide();
		expect(await ids(polling)).toEqual([task.id]);
	});

	it('F8: n8n began with what is stored, as its scheduler does: the first look is not taken again', async () => {
		const { trigger, add, fault, ids } = open(vendor);
		const task = add();
		const { remove } = fault({ status: 500 });
		const published = await trigger();
		expect(await published.poll()).toBeNull();
		remove();
		const stored = published.staticData();
		expect(stored).toEqual({ waiting: expect.any(Object) });
		// n8n stores nothing after a silent tick
		const tick = async () => {
			const polling = await trigger({}, stored);
			polling.schedule(100_000);
			return await ids(polling);
		};
		expect(await tick()).toBeNull();
		task.decide();
		expect(await tick()).toEqual([task.id]);
	});

	it('F8: goes on with what it knew when n8n starts in an outage', async () => {
		const { trigger, add, fault, ids } = open(vendor);
		const task = add();
		const before = await trigger();
		await before.poll();
		task.decide();
		const { remove } = fault({ cut: true });
		const after = await trigger({}, before.staticData());
		expect(await after.poll()).toBeNull();
		expect(engine.logged().join()).toContain('was started without seeing its tasks');
		await expect(after.poll()).rejects.toThrow(/could not be (reached|signed in to)/);
		remove();
		expect(await ids(after)).toEqual([task.id]);
		expect(await ids(after)).toBeNull();
	});

	it('F8: a correction is published in an outage, and nothing known is forgotten', async () => {
		const { trigger, add, fault, ids } = open(vendor);
		const task = add();
		const before = await trigger();
		await before.poll();
		task.decide();
		const { remove } = fault({ status: 500 });
		const after = await trigger({ simple: true, dueSoonHours: 5 }, before.staticData());
		expect(await after.poll()).toBeNull();
		remove();
		expect(await ids(after)).toEqual([task.id]);
	});

	it.each([401, 403, 404])('F8: is not published when the service answers %i', async (status) => {
		const { trigger, fault } = open(vendor);
		fault({ status });
		const polling = await trigger();
		// two get a token first, with the same credential
		const isLogin =
			status === 401 || ['nutrientApi', 'opentapsApi'].includes(vendor.credentialType);
		expect(await failureOf(polling)).toEqual({
			cause: isLogin ? 'credential-invalid' : 'configuration-invalid',
		});
		expect(polling.staticData()).toEqual({});
	});

	it.each<[string, Omit<FaultRule, 'path'>]>([
		['400', { status: 400 }],
		['401', { status: 401 }],
		['403', { status: 403 }],
		['404 and a web page', { status: 404, body: '<html>Maintenance</html>' }],
		['200 and a web page', { status: 200, body: '<html>Maintenance</html>' }],
	])('F8: goes on when n8n starts and the service answers %s', async (_name, rule) => {
		const { trigger, add, fault, ids } = open(vendor);
		const task = add();
		const before = await trigger();
		await before.poll();
		const { remove } = fault(rule);
		const restarted = await trigger({}, before.staticData());
		restarted.activate('init');
		expect(await restarted.poll()).toBeNull();
		expect(engine.logged().join()).toContain('was started without seeing its tasks');
		task.decide();
		await expect(restarted.poll()).rejects.toThrow();
		remove();
		expect(await ids(restarted)).toEqual([task.id]);
	});

	it.each(WORDS[vendor.name])(
		'F8: what a service says counts more than its status: %i %j is %s',
		async (status, body, cause) => {
			const { trigger, fault } = open(vendor);
			const path = new RegExp(`^(?!${LOGINS.source.slice(1)})`);
			fault({ path, status, body, headers: NOW });
			const polling = await trigger();
			const isPassing = ['temporarily-unavailable', 'rate-limited'].includes(cause);
			const first = await failureOf(polling);
			expect(isPassing ? first : (first as IDataObject).cause).toBe(isPassing ? 'none' : cause);
			const later = (await failureOf(polling)) as IDataObject;
			expect(later.cause).toBe(cause);
		},
	);

	it('F8: begins anew, and says so, where what it remembered cannot be read', async () => {
		const { trigger, add, ids } = open(vendor);
		const task = add();
		const before = await trigger();
		await before.poll();
		const { seen, ...rest } = before.staticData();
		const spoilt = (value: unknown) =>
			Object.fromEntries(Object.keys(seen as IDataObject).map((id) => [id, value]));
		const unreadable = [null, 'text', ['OPEN'], spoilt(5), spoilt('%zz|x'), spoilt('x;;;["')];
		const polling: Polling[] = [];
		for (const one of unreadable) {
			engine.logged();
			polling.push(await trigger({}, { ...rest, seen: one } as IDataObject));
			expect(await ids(polling.at(-1)!)).toBeNull();
			expect(engine.logged().join()).toMatch(/remembered .* cannot be read.*look in the service/);
		}
		const other = { seen: seen as IDataObject, left: null, astray: 5, waiting: 'x', round: 'many' };
		for (const given of ['text', 5, {}, { at: 'then', events: 'none' }, ['x']]) {
			polling.push(await trigger({}, { ...rest, ...other, given } as IDataObject));
		}
		task.decide();
		for (const one of polling) expect(await ids(one)).toEqual([task.id]);
	});

	it('F8: a poll that is not over leaves the next one out: nothing is told twice', async () => {
		const { trigger, add, fault } = open(vendor);
		const task = add();
		const polling = await trigger();
		await polling.poll();
		task.decide();
		fault({ delayMs: 300 });
		const [first, second] = await Promise.all([polling.poll(), polling.poll()]);
		expect(first?.map(({ id }) => id)).toEqual([task.id]);
		expect(second).toBeNull();
		expect(engine.logged().join()).toContain('so this one was skipped');
	});

	it("F8: ends within the host's budget, and goes on with the next poll", async () => {
		const { trigger, add, fault, ids } = open(vendor);
		const task = add();
		const polling = await trigger();
		await polling.poll();
		task.decide();
		const before = JSON.stringify(polling.staticData());
		const { remove } = fault({ delayMs: 3000 });
		polling.schedule(500);
		await expect(polling.poll()).rejects.toThrow(
			'The list was not read to its end within 0 seconds',
		);
		expect(JSON.stringify(polling.staticData())).toBe(before);
		remove();
		polling.schedule(100_000);
		expect(await ids(polling)).toEqual([task.id]);
	});
});

it('F8: a first poll, which publishing waits for, ends after a minute, and the next one looks', async () => {
	const { trigger, add, fault, ids } = open(POLLED[0]);
	const task = add();
	const polling = await trigger();
	const { remove } = fault({ delayMs: 2500 });
	engine.deadlinesDividedBy(60);
	try {
		expect(await polling.poll()).toBeNull();
	} finally {
		engine.deadlinesDividedBy(1);
	}
	expect(engine.logged().join()).toMatch(/within 60 seconds.*was started without seeing its tasks/);
	remove();
	expect(await ids(polling)).toBeNull();
	task.decide();
	expect(await ids(polling)).toEqual([task.id]);
});

it('F8: a host that is not found may be there at the next poll', async () => {
	const { trigger } = open(POLLED[0]);
	const polling = await trigger();
	expect(await polling.poll()).toBeNull();
	const lost = await engine.openPolling({
		type: 'mambuTrigger',
		credential: { tenant: 'https://nowhere.invalid', apiKey: 'key', apiVersion: 'v2' },
		parameters: { events: ['completed'] },
	});
	expect(await lost.poll()).toBeNull();
	expect(engine.logged().join()).toContain('could not be reached');
});
