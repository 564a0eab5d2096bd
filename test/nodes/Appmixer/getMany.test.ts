/** @jest-environment ./test/engine/environment.ts */
import fc from 'fast-check';

import { engine } from '../../engine';
import { PLUGIN, useSandbox } from './sandboxed';

const used = useSandbox({ maxLimit: 100 });
const title = (run: Awaited<ReturnType<typeof used.run>>) =>
	run.outputs[0].map(({ json }) => json.title);

/** Tasks named `T0` … with creation times a second apart, the first the oldest. */
function createTasks(count: number, namePrefix = 'T'): void {
	const { appmixer } = used.sandbox;
	const base = Date.now() - 1_000_000_000;
	for (let index = 0; index < count; index++) {
		const task = appmixer.createTask({ title: `${namePrefix}${index}` });
		task.created = new Date(base + index * 1000);
	}
}

const newestFirst = (count: number) =>
	Array.from({ length: count }, (_, index) => `T${count - 1 - index}`);

const lists = () =>
	used.sandbox.requests
		.filter(({ path }) => path === `${PLUGIN}/tasks`)
		.map(({ query }) => Number(query.offset));

describe.each([
	[0, 1],
	[1, 2],
	[100, 2],
	[101, 3],
	[1000, 12],
])('with %i tasks and pages cut at 100', (count, pages) => {
	beforeEach(() => createTasks(count));

	it('returns every task once, newest first', async () => {
		const run = await used.run('task:getAll', { returnAll: true });
		expect(run.error).toBeNull();
		expect(title(run)).toEqual(newestFirst(count));
		expect(lists().length).toBeLessThanOrEqual(pages);
	});

	it('loses none and repeats none while tasks are added between the pages', async () => {
		const { appmixer } = used.sandbox;
		let added = 0;
		appmixer.beforeList = () => {
			if (lists().length > 1) appmixer.createTask({ title: `added ${added++}` });
		};
		const run = await used.run('task:getAll', { returnAll: true });
		expect(run.error).toBeNull();
		expect(title(run).filter((name) => String(name).startsWith('T'))).toEqual(newestFirst(count));
		expect(new Set(title(run)).size).toBe(title(run).length);
	});

	it('loses none and repeats none while listed tasks leave the filter', async () => {
		const { appmixer } = used.sandbox;
		appmixer.beforeList = async () => {
			if (lists().length < 2) return;
			const pending = appmixer.tasks.filter(({ status }) => status === 'pending');
			if (pending.length > count - 30) await appmixer.approve(pending.at(-1)!.taskId);
		};
		const run = await used.run('task:getAll', { returnAll: true, filters: { status: 'pending' } });
		expect(run.error).toBeNull();
		const left = appmixer.tasks.filter(({ status }) => status === 'pending').length;
		expect(title(run).slice(-left)).toEqual(newestFirst(left));
		expect(new Set(title(run)).size).toBe(title(run).length);
	});
});

it('reads no more pages than the limit needs', async () => {
	createTasks(250);
	const run = await used.run('task:getAll', { limit: 101 });
	expect(title(run)).toEqual(newestFirst(250).slice(0, 101));
	expect(lists()).toEqual([0, 99]);
});

it('reads with a secret as that person, whoever the login is', async () => {
	const { appmixer } = used.sandbox;
	appmixer.createTask({ title: 'Carols', requester: 'carol@example.com', approver: 'dan@x.com' });
	const secret = appmixer.secretOf('dan@x.com');
	expect(title(await used.run('task:getAll'))).toEqual([]);
	expect(title(await used.run('task:getAll', { options: { secret } }))).toEqual(['Carols']);
	const counted = await used.run('task:count', { options: { secret } });
	expect(counted.outputs[0][0].json).toEqual({ count: 1 });
});

it('refuses a raw filter that Appmixer would not understand', async () => {
	const { error } = await used.run('task:getAll', { filters: { filter: 'pending' } });
	expect(error).toMatchObject({
		message: 'Raw Filter "pending" is not field:value',
		description: 'Write it as status:pending, several with commas.',
		itemIndex: 0,
	});
	expect(used.sandbox.requests).toEqual([]);
});

it('matches Title Contains literally, whatever the text', async () => {
	const { appmixer } = used.sandbox;
	const anyText = fc.oneof(
		fc.string({ minLength: 1, maxLength: 8 }),
		fc.string({
			unit: fc.constantFrom(...'.*+?^${}()|[]\\/-aB1 &=#%'),
			minLength: 1,
			maxLength: 6,
		}),
	);
	await fc.assert(
		fc.asyncProperty(anyText, fc.array(anyText, { maxLength: 4 }), async (text, others) => {
			appmixer.tasks.splice(0);
			const names = [`x${text}y`, `pre ${text}`, ...others];
			for (const name of names) appmixer.createTask({ title: name });
			const filters = { titleContains: '={{ $json.text }}' };
			const run = await used.run('task:getAll', { filters }, { items: [{ text }] });
			expect(run.error).toBeNull();
			const matching = names.filter((name) => name.toLowerCase().includes(text.toLowerCase()));
			expect(title(run).sort()).toEqual(matching.sort());
		}),
		{ numRuns: 50 },
	);
});

describe('From List', () => {
	const search = async (filter?: string) =>
		await engine.searchList(
			{
				type: 'appmixer',
				parameters: { resource: 'task', operation: 'get' },
				credential: used.ada,
			},
			filter,
		);

	it('E11: offers the newest 100 tasks with their status, the value being the ID', async () => {
		createTasks(150);
		const results = await search();
		expect(results.map(({ name }) => name)).toEqual(
			newestFirst(150)
				.slice(0, 100)
				.map((name) => `${name} (pending)`),
		);
		expect(results[0].value).toBe(used.sandbox.appmixer.tasks[149].taskId);
	});

	it('searches titles literally', async () => {
		const { appmixer } = used.sandbox;
		const [wanted] = ['3 laptops (new)', '3 laptops new'].map((name) =>
			appmixer.createTask({ title: name }),
		);
		expect(await search('(NEW')).toEqual([
			{ name: '3 laptops (new) (pending)', value: wanted.taskId },
		]);
	});
});
