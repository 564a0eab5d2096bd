/** @jest-environment ./test/engine/environment.ts */
import type { RecordedRequest } from '../../../sandbox';
import { LEGACY, NEW_TASK, PLUGIN, useSandbox } from './sandboxed';

const used = useSandbox();
const ITEMS = Array.from({ length: 200 }, (_, index) => ({ name: `Task ${index}` }));
const createEach = (itemsInParallel?: number) => ({
	...NEW_TASK,
	title: '={{ $json.name }}',
	...(itemsInParallel && { options: { itemsInParallel } }),
});
const created = () =>
	used.sandbox.requests.filter(({ method, path }) => method === 'POST' && /\/tasks$/.test(path));
const titleOf = ({ body }: RecordedRequest) => (body as { title: string }).title;
const outputTitles = (run: Awaited<ReturnType<typeof used.run>>) =>
	run.outputs[0].map(({ json }) => json.title);

/** Delays every answer at random and measures how many requests are under way at once. */
function measureConcurrency(path: RegExp): () => number {
	let underWay = 0;
	let highest = 0;
	const open = (): number =>
		used.sandbox.requests.filter((request) => path.test(request.path) && !request.status).length;
	used.sandbox.fault({
		path,
		delay() {
			underWay = open();
			highest = Math.max(highest, underWay);
			return Math.random() * 8;
		},
	});
	return () => highest;
}

describe('200 items whose answers come back at random', () => {
	it.each([
		[undefined, 1],
		[7, 7],
		[20, 20],
	])('E9: Items in Parallel %s writes with %i at a time, in order', async (parallel, ceiling) => {
		const highest = measureConcurrency(/\/tasks$/);
		const items = ceiling === 20 ? ITEMS : ITEMS.slice(0, 40);
		const run = await used.run('task:create', createEach(parallel), { items });
		expect(run.error).toBeNull();
		expect(outputTitles(run)).toEqual(items.map(({ name }) => name));
		expect(run.outputs[0].map(({ pairedItem }) => pairedItem)).toEqual(
			items.map((_, item) => ({ item })),
		);
		expect(highest()).toBeLessThanOrEqual(ceiling);
		expect(highest() > 1).toBe(ceiling > 1);
	});

	it('E9: reads run five at a time without being asked', async () => {
		const highest = measureConcurrency(/\/tasks-count$/);
		const run = await used.run('task:count', {}, { items: ITEMS.slice(0, 60) });
		expect(run.outputs[0]).toHaveLength(60);
		expect(highest()).toBeGreaterThan(1);
		expect(highest()).toBeLessThanOrEqual(5);
	});

	it('E9: with Continue On Fail the failing ones give a fail item in their place', async () => {
		const highest = measureConcurrency(/\/tasks$/);
		used.sandbox.fault({ method: 'POST', path: /\/tasks$/, skip: 50, times: 20, status: 500 });
		const run = await used.run('task:create', createEach(10), {
			items: ITEMS,
			node: { onError: 'continueRegularOutput' },
		});
		expect(run.status).toBe('success');
		const failed = run.outputs[0].filter(({ error }) => error);
		expect(failed).toHaveLength(20);
		expect(run.outputs[0].map(({ pairedItem }) => pairedItem)).toEqual(
			ITEMS.map((_, item) => ({ item })),
		);
		run.outputs[0].forEach(({ json, error }, index) => {
			if (error) expect(error.itemIndex).toBe(index);
			else expect(json.title).toBe(`Task ${index}`);
		});
		expect(created()).toHaveLength(200);
		expect(highest()).toBeGreaterThan(1);
		expect(highest()).toBeLessThanOrEqual(10);
	});

	it('E9: without it nothing new starts, what runs settles and the lowest index is thrown', async () => {
		measureConcurrency(/\/tasks$/);
		used.sandbox.fault({ method: 'POST', path: /\/tasks$/, skip: 50, times: 3, status: 500 });
		const run = await used.run('task:create', createEach(10), { items: ITEMS });
		expect(run.status).toBe('error');
		const answered = created();
		const failed = answered.filter(({ status }) => status === 500).map(titleOf);
		const done = answered.filter(({ status }) => status === 200).map(titleOf);
		expect(answered.length).toBeLessThanOrEqual(63);
		const indexes = (titles: string[]) =>
			titles.map((name) => Number(name.slice(5))).sort((a, b) => a - b);
		expect(run.error?.itemIndex).toBe(indexes(failed)[0]);
		expect(run.error?.description).toBe(
			`Try again later. Check in the service whether a change was made before you repeat one. Items already done, not to be repeated: ${indexes(done).join(', ')}.`,
		);
	});
});

it('E9: checks the parameters of every item before the first write', async () => {
	const items = [{ name: 'good' }, { name: 'good too' }, { name: '' }];
	const run = await used.run('task:create', createEach(), { items });
	expect(run.error).toMatchObject({ message: 'Title is empty', itemIndex: 2 });
	expect(used.sandbox.requests).toEqual([]);
});

it.each([0, 21, 2.5])('E9: refuses %p Items in Parallel before the first write', async (number) => {
	const run = await used.run('task:create', {
		...NEW_TASK,
		options: { itemsInParallel: number },
	});
	expect(run.error?.message).toContain(
		`Items in Parallel "${number}" is not a whole number from 1 to 20`,
	);
	expect(created()).toEqual([]);
});

describe('a fail item', () => {
	it('E1: has an empty json, the error and its pairing; n8n adds the message', async () => {
		used.sandbox.fault({ method: 'POST', path: /\/tasks$/, status: 500, times: 1 });
		const run = await used.run('task:create', NEW_TASK, {
			node: { onError: 'continueRegularOutput' },
		});
		expect(run.outputs).toEqual([
			[
				{
					json: {
						error: 'Appmixer could not process the request (HTTP 500): could not create the task',
					},
					pairedItem: { item: 0 },
					error: {
						name: 'NodeApiError',
						message: 'Appmixer could not process the request (HTTP 500): could not create the task',
						description:
							'Try again later. Check in the service whether a change was made before you repeat one.',
						httpCode: '500',
						itemIndex: 0,
					},
				},
			],
		]);
	});

	it('E1: leaves by the error output', async () => {
		const items = [{ name: 'good' }, { name: '' }];
		const run = await used.run('task:create', createEach(), {
			items,
			node: { onError: 'continueErrorOutput' },
		});
		expect(run.outputs.map((output) => output.length)).toEqual([1, 1]);
		expect(run.outputs[1][0].json.error).toBe('Title is empty');
	});

	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
	const SETTINGS = ['continueRegularOutput', 'continueErrorOutput'] as const;

	it.each(SETTINGS)('E1: is tried again, and done at last (%s)', async (onError) => {
		used.sandbox.fault({ method: 'POST', path: /\/tasks$/, status: 429, times: 2 });
		const run = await used.run('task:create', NEW_TASK, { node: { onError, ...retry } });
		expect(run.tries).toBe(3);
		expect(created()).toHaveLength(3);
		expect(run.outputs.flat().map(({ json }) => json.title)).toEqual([NEW_TASK.title]);
	});

	it('E1: is tried again with an error output also when it is a later one', async () => {
		used.sandbox.fault({ method: 'POST', path: /\/tasks$/, skip: 2, status: 429, times: 1 });
		const items = ITEMS.slice(0, 4);
		const run = await used.run('task:create', createEach(), {
			items,
			node: { onError: 'continueErrorOutput', ...retry },
		});
		expect(run.tries).toBe(2);
		expect(outputTitles(run)).toEqual(items.map(({ name }) => name));
		expect(run.outputs[1]).toEqual([]);
		expect(created().map(titleOf)).toEqual(['Task 0', 'Task 1', 'Task 2', 'Task 3', 'Task 2']);
	});

	it('E1: of a read is tried again', async () => {
		used.sandbox.fault({ path: /tasks-count$/, status: 500, times: 1 });
		const run = await used.run(
			'task:count',
			{},
			{ node: { onError: 'continueErrorOutput', ...retry } },
		);
		expect(run.tries).toBe(2);
		expect(run.outputs[0].map(({ json }) => json)).toEqual([{ count: 0 }]);
	});

	it.each(SETTINGS)('E1: is not tried again when its answer was lost (%s)', async (onError) => {
		used.sandbox.fault({ method: 'POST', path: /\/tasks$/, cut: true, after: true });
		const run = await used.run('task:create', NEW_TASK, { node: { onError, ...retry } });
		expect(run.tries).toBe(1);
		expect(created()).toHaveLength(1);
	});

	it.each(SETTINGS)('E1: is not tried again for bad input (%s)', async (onError) => {
		for (const title of ['={{ "" }}', '={{ $json.not.there.at.all }}', '={{ $("Nobody").item }}']) {
			const node = { onError, ...retry };
			const run = await used.run('task:create', { ...NEW_TASK, title }, { node, items: [{}, {}] });
			expect(run.tries).toBe(1);
			expect(run.outputs.flat().map(({ error }) => error?.itemIndex)).toEqual([0, 1]);
		}
		expect(created()).toEqual([]);
	});

	it('E1: does not make Retry On Fail run the node again: one create', async () => {
		const items = [{ name: 'good' }, { name: '' }];
		const run = await used.run('task:create', createEach(), {
			items,
			node: { onError: 'continueRegularOutput', retryOnFail: true, waitBetweenTries: 1 },
		});
		expect(run.tries).toBe(1);
		expect(created().map(titleOf)).toEqual(['good']);
	});
});

describe('the path of the API', () => {
	it('E8: 404 of the version call means the legacy path', async () => {
		used.sandbox.appmixer.options.flavours = ['legacy'];
		await used.run('task:count');
		expect(used.calls()).toEqual([`GET ${LEGACY}/tasks-count`]);
	});

	it.each([401, 500])(
		'E8: %i of the version call is an error and nothing more is sent',
		async (status) => {
			used.sandbox.fault({ path: new RegExp(`${PLUGIN}/$`), status });
			const run = await used.run('task:create', NEW_TASK);
			expect(run.error?.httpCode).toBe(String(status));
			expect(used.calls()).toEqual([]);
		},
	);

	it('E8: asks the version once for all items', async () => {
		await used.run('task:count', {}, { items: ITEMS.slice(0, 20) });
		const versions = used.sandbox.requests.filter(({ path }) => path === `${PLUGIN}/`);
		expect(versions).toHaveLength(1);
	});
});

describe('Retry-After', () => {
	it('E10: a read is tried three times and succeeds on the third', async () => {
		used.sandbox.fault({
			path: /tasks-count$/,
			status: 429,
			headers: { 'Retry-After': '0' },
			times: 2,
		});
		const run = await used.run('task:count');
		expect(run.outputs[0][0].json).toEqual({ count: 0 });
		expect(used.calls()).toHaveLength(3);
	});

	it('E10: a read gives up after three tries', async () => {
		used.sandbox.fault({ path: /tasks-count$/, status: 503, headers: { 'Retry-After': '0' } });
		const run = await used.run('task:count');
		expect(run.error?.httpCode).toBe('503');
		expect(used.calls()).toHaveLength(3);
	});

	it('E10: waits as long as the service asks', async () => {
		used.sandbox.fault({
			path: /tasks-count$/,
			status: 429,
			headers: { 'Retry-After': '1' },
			times: 1,
		});
		await used.run('task:count');
		const [first, second] = used.sandbox.requests.slice(-2).map(({ at }) => at);
		expect(second - first).toBeGreaterThanOrEqual(990);
	});

	it('E10: a long one fails at once and is named', async () => {
		used.sandbox.fault({ path: /tasks-count$/, status: 429, headers: { 'Retry-After': '31' } });
		const run = await used.run('task:count');
		expect(run.error?.description).toBe(
			'It asks to wait 31 seconds. Lower Items in Parallel, or try again later.',
		);
		expect(used.calls()).toHaveLength(1);
	});

	it.each([429, 502, 503, 504])('E10: a write answered %i is never repeated', async (status) => {
		used.sandbox.fault({
			method: 'POST',
			path: /\/tasks$/,
			status,
			headers: { 'Retry-After': '0' },
		});
		const run = await used.run('task:create', NEW_TASK);
		expect(run.error?.httpCode).toBe(String(status));
		expect(created()).toHaveLength(1);
	});

	it('E10: a write whose connection broke is never repeated', async () => {
		used.sandbox.fault({ method: 'POST', path: /\/tasks$/, cut: true, after: true });
		const run = await used.run('task:create', NEW_TASK);
		expect(run.status).toBe('error');
		expect(used.sandbox.appmixer.tasks).toHaveLength(1);
	});
});

it.each([
	[
		'http://api.example.com',
		'The Base URL must start with https:// (http:// only on this machine)',
	],
	['api.example.com', 'The Base URL "api.example.com" is not a URL: start it with https://'],
	['', 'The Base URL is empty'],
])('E11: refuses the Base URL "%s"', async (baseUrl, message) => {
	const run = await used.run('task:count', {}, { credential: { ...used.ada, baseUrl } });
	expect(run.error).toMatchObject({
		message,
		description: 'Correct it in the Appmixer credential.',
	});
});

it('E9: Retry On Fail creates each task once and goes on with the item that failed', async () => {
	used.sandbox.fault({ path: /\/tasks$/, method: 'POST', skip: 1, times: 1, status: 429 });
	const items = ITEMS.slice(0, 3);
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
	const run = await used.run('task:create', createEach(), { items, node: retry });
	expect(run.error).toBeNull();
	expect(outputTitles(run)).toEqual(['Task 0', 'Task 1', 'Task 2']);
	expect(created().map(titleOf)).toEqual(['Task 0', 'Task 1', 'Task 1', 'Task 2']);
});

it('W17: Retry On Fail registers again for the task it created, and creates no second one', async () => {
	used.sandbox.fault({ path: /\/webhooks$/, method: 'POST', times: 3, status: 500 });
	const options = { notifyUrl: 'https://n8n.example.com/webhook/1', includeLinks: true };
	const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
	const run = await used.run(
		'task:create',
		{ ...NEW_TASK, options },
		{ node: retry, credential: { ...used.ada, callbackSecret: 'a secret of our own' } },
	);
	expect(run.error).toBeNull();
	expect(created()).toHaveLength(1);
	expect(run.outputs[0][0].json.approverSecret).toMatch(/^[0-9a-f]{64}$/);
	expect(used.sandbox.appmixer.webhooks).toHaveLength(1);
});
