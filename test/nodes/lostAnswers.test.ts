/** @jest-environment ./test/engine/environment.ts */
import type { INodeParameters, INodeProperties } from 'n8n-workflow';

import type { Fault, FaultRule, RecordedRequest, Sandbox } from '../../sandbox';
import { engine, type RunResult } from '../engine';
import { byId, NEW_TASK, openSandbox as openAppmixer } from './Appmixer/sandboxed';
import { newTask, openMambu } from './Mambu/sandboxed';
import { CASES as NUTRIENT } from './Nutrient/cases';
import { openSandbox as openNutrient } from './Nutrient/sandboxed';
import { CASES as OPENTAPS } from './Opentaps/cases';
import { openSandbox as openOpentaps, UMAS_ID } from './Opentaps/sandboxed';

/** One write at its service, for as long as a test. */
interface Opened {
	sandbox: Sandbox;
	/** Where the service that is asked takes its faults and keeps its journal. */
	service: { fault(rule: FaultRule): Fault; requests: Iterable<RecordedRequest> };
	/** The request that writes. */
	written: { method: string; path: RegExp };
	run(more?: object, options?: INodeParameters): Promise<RunResult>;
}
type Open = () => Promise<Opened>;
/** The operation, with what else tells it from others. */
type Write = [operation: string, open: Open];
/** With what the service has in the end, and how often three tries send it: three times where nothing is said. */
type Repeated = [...Write, state: (sandbox: Sandbox) => unknown, end: unknown, times?: number];

type Given = INodeParameters & { options?: INodeParameters };
const withOptions = ({ options, ...given }: Given, more: INodeParameters) => ({
	...given,
	options: { ...options, ...more },
});

const ofAppmixer =
	(
		operation: string,
		written: Opened['written'],
		given: (sandbox: Sandbox) => Given | Promise<Given>,
		flavour: 'plugin' | 'legacy' = 'plugin',
	): Open =>
	async () => {
		const used = await openAppmixer({ flavours: [flavour] });
		const parameters = await given(used.sandbox);
		const run = async (more = {}, options: INodeParameters = {}) =>
			await used.run(operation, withOptions(parameters, options), more);
		return { sandbox: used.sandbox, service: used.sandbox, written, run };
	};

const ofMambu =
	(
		version: 'v1' | 'v2',
		operation: string,
		method: string,
		given: (sandbox: Sandbox) => Given,
	): Open =>
	async () => {
		const used = await openMambu();
		const parameters = given(used.sandbox);
		const written = { method, path: /^\/api\/tasks/ };
		const run = async (more = {}, options: INodeParameters = {}) =>
			await used.run(version, operation, withOptions(parameters, options), more);
		return { sandbox: used.sandbox, service: used.mambu, written, run };
	};

const exactly = ({ method, path }: Partial<RecordedRequest>) => ({
	method: String(method),
	path: new RegExp(`^${path}$`),
});

const ofNutrient =
	(operation: string): Open =>
	async () => {
		const used = await openNutrient();
		const { prepare, user } = NUTRIENT.find((one) => one.operation === operation)!;
		const { parameters, files, request } = prepare(used);
		const credential = used.as(user ?? 'bob');
		const run = async (more = {}, options: INodeParameters = {}) =>
			await used.run(operation, withOptions(parameters, options), { files, credential, ...more });
		return { sandbox: used.sandbox, service: used.nutrient, written: exactly(request), run };
	};

const ofOpentaps =
	(operation: string, before?: (sandbox: Sandbox) => void): Open =>
	async () => {
		const used = await openOpentaps();
		const { prepare } = OPENTAPS.find((one) => one.operation === operation)!;
		const { parameters, request } = prepare(used);
		before?.(used.sandbox);
		const run = async (more = {}, options: INodeParameters = {}) =>
			await used.run(operation, withOptions(parameters, options), more);
		return { sandbox: used.sandbox, service: used.opentaps, written: exactly(request), run };
	};

const ASKED = { method: 'POST', path: /\/tasks$/ };
const REGISTERED = { method: 'POST', path: /\/webhooks$/ };
const DECIDED = { method: 'PUT', path: /\/(approve|reject)$/ };

const ofTask = ({ appmixer }: Sandbox, more: INodeParameters = {}): Given => {
	const { taskId, approverSecret } = appmixer.createTask();
	return { taskId: byId(taskId), options: { secret: approverSecret }, ...more };
};

const ofWebhook = async (sandbox: Sandbox): Promise<Given> => {
	const { taskId } = sandbox.appmixer.createTask();
	await engine.runNode({
		type: 'appmixer',
		credential: { baseUrl: sandbox.url, accessToken: String(engine.ADA.accessToken) },
		parameters: {
			...{ resource: 'webhook', operation: 'create' },
			...{ taskId: byId(taskId), url: 'https://example.com/decided' },
		},
	});
	return { webhookId: sandbox.appmixer.webhooks[0].webhookId };
};

const inMambu =
	(status: 'OPEN' | 'COMPLETED', more: INodeParameters = {}) =>
	({ mambu }: Sandbox): Given => {
		const task = mambu.createTask();
		if (status === 'COMPLETED') mambu.complete(task);
		return { taskId: byId(String(task.id)), ...more };
	};

/** What creates, and what decides or acts once: a second time there would be another one, or it would be refused. */
const ONCE: Record<string, Write[]> = {
	appmixer: [
		['task:approve', ofAppmixer('task:approve', DECIDED, ofTask)],
		['task:create', ofAppmixer('task:create', ASKED, () => NEW_TASK)],
		['task:reject', ofAppmixer('task:reject', DECIDED, ofTask)],
		['task:reject, at the old path', ofAppmixer('task:reject', DECIDED, ofTask, 'legacy')],
		[
			'task:sendAndWait',
			ofAppmixer('task:sendAndWait', ASKED, () => ({ ...NEW_TASK, decisionBy: '' })),
		],
		[
			'webhook:create',
			ofAppmixer('webhook:create', REGISTERED, ({ appmixer }) => ({
				taskId: byId(appmixer.createTask().taskId),
				url: 'https://example.com/decided',
			})),
		],
	],
	mambu: [
		['task:create, version 1', ofMambu('v1', 'create', 'POST', newTask)],
		[
			'task:create, as a form',
			ofMambu('v1', 'create', 'POST', () => ({
				...newTask(),
				options: { sendAs: 'form' },
				assignee: { __rl: true, mode: 'username', value: 'demo' },
			})),
		],
	],
	affinitext: [],
	opentaps: ['activity:addContact', 'activity:create', 'tag:create', 'task:create'].map(
		(operation): Write => [operation, ofOpentaps(operation)],
	),
	nutrient: [
		...['file:upload', 'process:start', 'request:cancel', 'task:approve'],
		...['task:completeDataContainer', 'task:completeForm', 'task:decide', 'task:reassign'],
		...['task:reject', 'user:create'],
	].map((operation): Write => [operation, ofNutrient(operation)]),
};

const titleInAppmixer = ({ appmixer }: Sandbox) => appmixer.tasks.map(({ title }) => title);
const webhooks = ({ appmixer }: Sandbox) => appmixer.webhooks;
const inMambuNow = ({ mambu }: Sandbox) => mambu.tasks.map(({ title, status }) => [title, status]);
const activities = ({ opentaps }: Sandbox) =>
	opentaps.activities.map(({ noteText, fields, contacts }) => [
		noteText,
		fields.status,
		contacts.size,
	]);
const tags = ({ opentaps }: Sandbox) => opentaps.tags.map(({ tagName }) => tagName);
const renamed = { updateFields: { title: 'New' } };

/** What only sets the same again. */
const AGAIN: Record<string, Repeated[]> = {
	appmixer: [
		[
			'task:update',
			ofAppmixer('task:update', { method: 'PUT', path: /\/tasks\/[^/]+$/ }, (sandbox) =>
				ofTask(sandbox, renamed),
			),
			titleInAppmixer,
			['New'],
		],
		[
			// what is marked by then is left alone
			'task:withdraw',
			ofAppmixer('task:withdraw', { method: 'PUT', path: /\/tasks\/[^/]+$/ }, ofTask),
			titleInAppmixer,
			['[Withdrawn] A task'],
			1,
		],
		[
			'webhook:delete',
			ofAppmixer('webhook:delete', { method: 'DELETE', path: /webhooks/ }, ofWebhook),
			webhooks,
			[],
		],
		[
			'webhook:delete, by GET',
			ofAppmixer('webhook:delete', { method: 'GET', path: /webhooks/ }, ofWebhook, 'legacy'),
			webhooks,
			[],
		],
	],
	mambu: [
		...(['v1', 'v2'] as const).flatMap((version): Repeated[] => [
			[
				`task:delete, ${version}`,
				ofMambu(version, 'delete', 'DELETE', inMambu('OPEN')),
				inMambuNow,
				[],
			],
		]),
		...(
			[
				['complete', 'OPEN', ['A task', 'COMPLETED']],
				['reopen', 'COMPLETED', ['A task', 'OPEN']],
			] as const
		).flatMap(([verb, before, after]): Repeated[] => [
			// it looks first, and finds the status that it was to set
			[`task:${verb}, v1`, ofMambu('v1', verb, 'POST', inMambu(before)), inMambuNow, [after], 1],
			[`task:${verb}, v2`, ofMambu('v2', verb, 'PATCH', inMambu(before)), inMambuNow, [after]],
		]),
		[
			'task:update, v1',
			ofMambu('v1', 'update', 'POST', inMambu('OPEN', renamed)),
			inMambuNow,
			[['New', 'OPEN']],
		],
		[
			'task:update, v2',
			ofMambu('v2', 'update', 'PATCH', inMambu('OPEN', renamed)),
			inMambuNow,
			[['New', 'OPEN']],
		],
	],
	affinitext: [],
	opentaps: [
		['activity:delete', ofOpentaps('activity:delete'), activities, []],
		[
			'activity:removeContact',
			ofOpentaps('activity:removeContact', ({ opentaps }) => {
				opentaps.activities[0].contacts.set(UMAS_ID, 'reviewer');
			}),
			activities,
			[['A note', 'CREATED', 0]],
		],
		['activity:update', ofOpentaps('activity:update'), activities, [['two', 'COMPLETED', 0]]],
		['tag:delete', ofOpentaps('tag:delete'), tags, []],
		['tag:update', ofOpentaps('tag:update'), tags, ['Sale']],
		[
			'task:complete',
			ofOpentaps('task:complete'),
			activities,
			[['Call the customer', 'COMPLETED', 0]],
		],
		[
			'task:update',
			ofOpentaps('task:update'),
			activities,
			[['Write to the customer', 'STARTED', 0]],
		],
	],
	nutrient: [
		[
			'user:update',
			ofNutrient('user:update'),
			({ nutrient }) => nutrient.options.users.map(({ lastName }) => lastName),
			['Lovelace', 'Baker', 'Chang'],
		],
	],
};

const VENDORS = Object.keys(ONCE);
const operationsIn = (writes: Array<[string, ...unknown[]]>) =>
	[...new Set(writes.map(([name]) => name.split(',')[0]))].sort();

/** `resource:operation` of those that have such an option, in the built node. */
function having(vendor: string, isIt: (option: INodeProperties) => boolean): string[] {
	const { properties } = engine.nodeTypeOf(vendor).description;
	return properties
		.filter(
			({ name, options = [] }) => name === 'options' && (options as INodeProperties[]).some(isIt),
		)
		.map(({ displayOptions }) => {
			const { resource, operation } = displayOptions?.show ?? {};
			return `${String(resource?.[0])}:${String(operation?.[0])}`;
		})
		.sort();
}

/** Writes are done one by one, unless one asks for more. */
const isOfWrite = (option: INodeProperties) =>
	option.name === 'itemsInParallel' && option.default === 1;

describe.each(VENDORS)('F10: %s', (vendor) => {
	beforeAll(async () => await engine.packageLoaded());

	it('does not repeat what would make another one, or decide or act again', () => {
		const once = having(vendor, ({ name }) => name === 'repeatUnknown');
		expect(once).toEqual(operationsIn(ONCE[vendor]));
	});

	it('changes nothing by an operation whose lost answer is not looked at here', () => {
		const known = operationsIn([...ONCE[vendor], ...AGAIN[vendor]]);
		// the gate takes no items in parallel
		expect(having(vendor, isOfWrite)).toEqual(known.filter((name) => name !== 'task:sendAndWait'));
	});
});

const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const UNSURE = /It may have been done all the same: check in .* before repeating it\./;

const inEach = <T extends Array<[string, ...unknown[]]>>(table: Record<string, T>) =>
	VENDORS.flatMap((vendor) =>
		table[vendor].map((row) => ({ vendor, name: row[0], row })),
	) as Array<{
		vendor: string;
		name: string;
		row: T[number];
	}>;

let opened: Opened;
/** How often it was sent. */
const sent = () =>
	[...opened.service.requests].filter(
		({ method, path }) => method === opened.written.method && opened.written.path.test(path),
	).length;
const lose = (times?: number) =>
	opened.service.fault({ ...opened.written, cut: true, after: true, times });
const errorOf = ({ error, outputs }: RunResult) => error ?? outputs.flat()[0].error;

afterEach(async () => await opened?.sandbox.close());

describe.each(inEach(ONCE))('F10: a lost answer to $vendor $name', ({ row: [, open] }) => {
	beforeEach(async () => void (opened = await open()));

	it.each([
		['Retry On Fail', RETRY],
		['Continue On Fail', { onError: 'continueRegularOutput' }],
		['the error output', { onError: 'continueErrorOutput' }],
		['Retry On Fail and Continue On Fail', { ...RETRY, onError: 'continueRegularOutput' }],
		['Retry On Fail and the error output', { ...RETRY, onError: 'continueErrorOutput' }],
	])('is sent once with %s, and again by no retry from the list', async (_name, node) => {
		lose();
		const failed = await opened.run({ node });
		expect(sent()).toBe(1);
		const error = errorOf(failed);
		expect(`${error?.message} ${error?.description}`).toMatch(UNSURE);
		const again = await opened.run({ node, retryOf: failed });
		expect(sent()).toBe(1);
		const refused = errorOf(again);
		expect(refused?.message).toMatch(/^Not sent again, it may have been done: /);
		expect(refused?.description).toContain('I Looked, It Was Not Done');
	});

	it('is lost, not refused: what is answered succeeds', async () => {
		const run = await opened.run();
		expect(run.error).toBeNull();
		expect(sent()).toBe(1);
	});

	it.each(['chunks', 'text', 'empty'] as const)(
		'is one that ends in the middle, too, or says nothing of what it was asked for (%s)',
		async (breakOff) => {
			opened.service.fault({ ...opened.written, breakOff });
			const node = { ...RETRY, maxTries: 2 };
			const failed = await opened.run({ node });
			// where nothing is read, nothing may be all that a success says
			if (failed.error !== null) await opened.run({ node, retryOf: failed });
			expect(sent()).toBe(1);
		},
	);

	it.each([
		['500', { status: 500 }],
		['505', { status: 505 }],
		['303', { status: 303 }],
		['a web page', { status: 200, html: '<html>Welcome to the proxy</html>' }],
	])('is one that does not say whether it was done, too: %s', async (_name, failure) => {
		opened.service.fault({ ...opened.written, ...failure, after: true });
		for (const onError of ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput']) {
			const before = sent();
			const node = { ...RETRY, onError };
			const failed = await opened.run({ node });
			// where nothing is read, a page is a success
			if (errorOf(failed)) {
				const again = await opened.run({ node, retryOf: failed });
				expect(errorOf(again)?.message).toMatch(/^Not sent again, it may have been done: /);
			}
			expect(sent() - before).toBe(1);
		}
	});

	it.each([302, 403, 409, 422, 429])('is not that of %s, which is sent again', async (status) => {
		opened.service.fault({ ...opened.written, status });
		await opened.run({ node: { ...RETRY, maxTries: 2 } });
		expect(sent()).toBe(2);
	});

	it('is sent again by a retry from the list once somebody has looked', async () => {
		const fault = lose();
		const failed = await opened.run();
		fault.remove();
		await opened.run({ retryOf: failed }, { repeatUnknown: failed.parked.executionId });
		expect(sent()).toBe(2);
	});
});

describe.each(inEach(AGAIN))('F10: a lost answer to $vendor $name', ({ row }) => {
	const [, open, state, end, times = 3] = row;
	beforeEach(async () => void (opened = await open()));

	it('is sent again by Retry On Fail, and sets what it was to set', async () => {
		lose(1);
		const run = await opened.run({ node: RETRY });
		expect(run.error).toBeNull();
		expect(sent()).toBe(Math.min(times, 2));
		expect(state(opened.sandbox)).toEqual(end);
	});

	it.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'])(
		'is sent again after a 500 (%s)',
		async (onError) => {
			opened.service.fault({ ...opened.written, status: 500, after: true, times: 1 });
			const run = await opened.run({ node: { ...RETRY, onError } });
			expect(errorOf(run)).toBeUndefined();
			expect(sent()).toBe(Math.min(times, 2));
			expect(state(opened.sandbox)).toEqual(end);
		},
	);

	it('is sent as often as there are tries, and told as what may have been done', async () => {
		lose();
		const run = await opened.run({ node: RETRY });
		expect(sent()).toBe(times);
		if (times > 1) expect(run.error?.description).toMatch(UNSURE);
		expect(state(opened.sandbox)).toEqual(end);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'])(
		'E1: is sent once with %s, and again by a retry from the list',
		async (onError) => {
			const fault = lose();
			const node = { ...RETRY, onError };
			const failed = await opened.run({ node });
			expect(sent()).toBe(1);
			expect(errorOf(failed)?.description).toMatch(UNSURE);
			fault.remove();
			const again = await opened.run({ node, retryOf: failed });
			expect(sent()).toBe(Math.min(times, 2));
			expect(again.outputs.flat().map(({ error }) => error)).toEqual([undefined]);
			expect(state(opened.sandbox)).toEqual(end);
		},
	);
});

it('F10: Mambu V2 sends a lost create again, with the key by which the service knows it', async () => {
	const used = await openMambu();
	used.mambu.fault({ method: 'POST', path: /tasks$/, cut: true, after: true, times: 1 });
	const run = await used.run('v2', 'create', newTask(), { node: RETRY });
	expect(run.status).toBe('success');
	const keys = [...used.mambu.requests]
		.filter(({ method }) => method === 'POST')
		.map(({ headers }) => headers['idempotency-key']);
	expect(keys.length).toBeGreaterThan(1);
	expect(new Set(keys).size).toBe(1);
	await used.sandbox.close();
});
