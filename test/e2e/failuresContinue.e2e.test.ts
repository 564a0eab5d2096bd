import { ADA, BOB } from '../../sandbox';
import { openStage, type Stage } from './appmixerStage';

jest.setTimeout(120_000);

let stage: Stage;
beforeAll(async () => {
	stage = await openStage({}, { apiPath: 'plugin' });
});
afterAll(async () => await stage?.close());
beforeEach(() => void stage.sandbox.appmixer.tasks.splice(0));

const PATH = '/plugins/appmixer/utils/tasks/tasks';
const CREATE = {
	...{ resource: 'task', operation: 'create', title: '={{ $json.title }}', requester: ADA.email },
	...{ approver: '={{ $json.approver }}', decisionBy: '2099-01-02T03:04:05.000Z' },
};
/** A new task per letter; Appmixer refuses those in upper case, because of their approver. */
const letters = (text: string) =>
	[...text].map((title) => ({
		title,
		approver: title === title.toUpperCase() ? 'bob@corp.internal' : BOB.email,
	}));
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };
const REFUSED = 'Appmixer did not accept the values (HTTP 400): could not create the task';

/** The titles Appmixer was asked to create. */
const asked = () =>
	stage.sandbox.requests
		.filter(({ method, path }) => method === 'POST' && path === PATH)
		.map(({ body }) => (body as { title: string }).title);

it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
	'F1: an old approval does not pass a node whose settings cannot be used (%s)',
	async (onError) => {
		const rejected = stage.sandbox.appmixer.createTask({ title: 'rejected' }).taskId;
		await stage.sandbox.appmixer.reject(rejected);
		const get = { resource: 'task', operation: 'get', taskId: rejected };
		const options = { itemsInParallel: 50 };
		const items = [{ approved: true }, { approved: true }];
		const ran = await stage.run({ ...get, options }, { items, settings: { onError } });
		expect(ran.execution.status).toBe('success');
		const failed = ran.outputs.flat();
		expect(failed.map(({ json }) => json)).toEqual(
			items.map(() => ({ error: 'Items in Parallel "50" is not a whole number from 1 to 20' })),
		);
		const next = onError === 'continueErrorOutput' ? 'Failed' : 'Done';
		expect(ran.nodes).toEqual(['Start', 'Node', next]);
	},
);

it('F1: with Always Output Data and all failed, n8n runs the success branch; the node has warned', async () => {
	const settings = { onError: 'continueErrorOutput' as const, alwaysOutputData: true };
	const ran = await stage.run(CREATE, { items: letters('B'), settings });
	expect(ran.json).toEqual([{}]);
	expect(ran.nodes).toEqual(['Start', 'Node', 'Done', 'Failed']);
	expect(ran.execution.runData.Node[0].hints?.map(({ message }) => message)).toEqual([
		expect.stringContaining('Always Output Data'),
	]);
});

describe('E1: a failing item with Retry On Fail', () => {
	it('that may heal, and an error output: tried again also as a later one, the others done once', async () => {
		const fault = stage.sandbox.fault({
			method: 'POST',
			path: /tasks$/,
			skip: 1,
			status: 429,
			times: 2,
		});
		const settings = { ...RETRY, onError: 'continueErrorOutput' as const };
		const ran = await stage.run(CREATE, { items: letters('abc'), settings });
		fault.remove();
		// the second failure is that of c
		expect(asked()).toEqual(['a', 'b', 'c', 'b', 'c']);
		expect(ran.json.map(({ title }) => title)).toEqual(['a', 'b', 'c']);
		expect(ran.outputs[1]).toEqual([]);
	});

	it('that may heal, and Continue: tried again where it is the first', async () => {
		const fault = stage.sandbox.fault({ method: 'POST', path: /tasks$/, status: 429, times: 1 });
		const settings = { ...RETRY, onError: 'continueRegularOutput' as const };
		const ran = await stage.run(CREATE, { items: letters('ab'), settings });
		fault.remove();
		expect(asked()).toEqual(['a', 'b', 'a']);
		expect(ran.json.map(({ title }) => title)).toEqual(['a', 'b']);
	});

	it('and an error output: one run, each item created once, the failure on the right of it', async () => {
		const settings = { ...RETRY, onError: 'continueErrorOutput' as const };
		const ran = await stage.run(CREATE, { items: letters('aBc'), settings });
		expect(asked()).toEqual(['a', 'B', 'c']);
		expect(ran.runs).toBe(1);
		expect(ran.execution.status).toBe('success');
		const [good, failed] = ran.outputs;
		expect(good.map(({ json, pairedItem }) => [json.title, pairedItem])).toEqual([
			['a', { item: 0 }],
			['c', { item: 2 }],
		]);
		expect(failed).toHaveLength(1);
		expect(failed[0].json).toMatchObject({ error: REFUSED });
		expect(failed[0].pairedItem).toEqual({ item: 1 });
		expect(ran.nodes).toEqual(['Start', 'Node', 'Done', 'Failed']);
	});

	it('and Continue: one run, each item in its place', async () => {
		const settings = { ...RETRY, onError: 'continueRegularOutput' as const };
		const ran = await stage.run(CREATE, { items: letters('aBc'), settings });
		expect(asked()).toEqual(['a', 'B', 'c']);
		expect(ran.runs).toBe(1);
		expect(ran.outputs).toHaveLength(1);
		expect(ran.outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(ran.json[0].title).toBe('a');
		expect(ran.json[1]).toMatchObject({ error: REFUSED });
		expect(ran.json[2].title).toBe('c');
	});

	it('that is found before anything is sent: the other items are created', async () => {
		const settings = { ...RETRY, onError: 'continueErrorOutput' as const };
		const items = [...letters('ab'), { title: '', approver: BOB.email }];
		const ran = await stage.run(CREATE, { items, settings });
		expect(asked()).toEqual(['a', 'b']);
		expect(ran.outputs.map((output) => output.length)).toEqual([2, 1]);
		expect(ran.outputs[1][0].json).toMatchObject({ error: 'Title is empty' });
	});
});

it('E9: Retry On Fail without Continue repeats only the item that failed', async () => {
	const ran = await stage.run(CREATE, { items: letters('aB'), settings: RETRY });
	expect(ran.execution.status).toBe('error');
	expect(asked()).toEqual(['a', 'B', 'B', 'B']);
	expect(ran.error?.description).toContain('Items already done, not to be repeated: 0.');
});

it('E9: without Continue no item starts after a failure, and the error says which succeeded', async () => {
	const ran = await stage.run(CREATE, { items: letters('abCde') });
	expect(asked()).toEqual(['a', 'b', 'C']);
	expect(ran.execution.status).toBe('error');
	expect(ran.error).toMatchObject({
		message: REFUSED,
		description: expect.stringContaining('Items already done, not to be repeated: 0, 1.'),
		context: { itemIndex: 2 },
	});
});

/** Delays the answers of Appmixer and counts how many it works on at the same time. */
function slowly(delayOf: (title: string) => number) {
	let most = 0;
	const fault = stage.sandbox.fault({
		path: /tasks/,
		delay() {
			const working = stage.sandbox.requests.filter(({ status }) => status === undefined);
			most = Math.max(most, working.length);
			const { title = '' } = (stage.sandbox.requests.at(-1)?.body ?? {}) as { title?: string };
			return delayOf(title);
		},
	});
	return {
		/** Ends the delays; gives the highest count. */
		stop() {
			fault.remove();
			return most;
		},
	};
}

it('E9: Items in Parallel keeps the order and never goes above its number', async () => {
	const watch = slowly((title) => 'hdfbgcea'.indexOf(title) * 80);
	const options = { itemsInParallel: 3 };
	const ran = await stage.run({ ...CREATE, options }, { items: letters('abcdefgh') });
	expect(watch.stop()).toBe(3);
	expect(ran.json.map(({ title }) => title)).toEqual([...'abcdefgh']);
	expect(ran.outputs[0].map(({ pairedItem }) => pairedItem)).toEqual(
		[0, 1, 2, 3, 4, 5, 6, 7].map((item) => ({ item })),
	);
});

it('E9: writes go one by one unless asked otherwise, reads five at a time', async () => {
	const writes = slowly(() => 200);
	await stage.run(CREATE, { items: letters('abc') });
	expect(writes.stop()).toBe(1);

	const reads = slowly(() => 500);
	const items = Array.from({ length: 12 }, () => ({}));
	await stage.run({ resource: 'task', operation: 'count' }, { items });
	expect(reads.stop()).toBe(5);
});

it('E9: in parallel the lowest failing item is named, and running ones are finished', async () => {
	const watch = slowly((title) => (title === 'B' ? 700 : 100));
	const options = { itemsInParallel: 2 };
	const ran = await stage.run({ ...CREATE, options }, { items: letters('aBCd') });
	watch.stop();
	// a ended first, then C began beside B; d had not begun when the first of the two failed
	expect(asked().sort()).toEqual(['B', 'C', 'a']);
	expect(ran.error?.context.itemIndex).toBe(1);
	expect(ran.error?.description).toContain('Items already done, not to be repeated: 0.');
});
