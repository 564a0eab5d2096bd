/** @jest-environment ./test/engine/environment.ts */
import { byId, PLUGIN, useSandbox } from './sandboxed';

const used = useSandbox();
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

const createTasks = (count: number) =>
	Array.from({ length: count }, (_, at) => used.sandbox.appmixer.createTask({ title: `T${at}` }));

async function get(...ids: string[]) {
	used.sandbox.requests.clear();
	const items = ids.map((id) => ({ id }));
	const taskId = byId('={{ $json.id }}');
	const node = { onError: 'continueRegularOutput' as const };
	const { outputs } = await used.run('task:get', { taskId }, { items, node });
	return {
		titles: outputs[0].map(({ json }) => json.title ?? null),
		errors: outputs[0].map(({ error }) => error?.message ?? null),
		lists: used.calls().filter((call) => call === `GET ${PLUGIN}/tasks`).length,
	};
}

describe('Get of a task that is not there, among 2,000', () => {
	beforeEach(() => void createTasks(2000));

	it('asks three times, and once when it is known that the filter by ID works', async () => {
		const first = await get(UNKNOWN);
		expect(first.errors).toEqual([`Task ${UNKNOWN} was not found`]);
		expect(first.lists).toBe(3);
		const second = await get(UNKNOWN, UNKNOWN.replace('4', '5'));
		expect(second.errors.every((message) => message?.endsWith('was not found'))).toBe(true);
		expect(second.lists).toBe(2);
	});

	it('asks nothing for what cannot be an ID', async () => {
		expect(await get('T.1,or:another')).toMatchObject({
			errors: ['Task T.1,or:another was not found'],
			lists: 0,
		});
	});
});

it('Get of a task that is not there asks twice where there is none at all', async () => {
	expect(await get(UNKNOWN)).toMatchObject({ lists: 2 });
});

describe.each<[string, (query: { filter: string; sort?: unknown }, ids: string[]) => void]>([
	['ignores the filter by ID', (query) => (query.filter = '')],
	[
		'ignores it and gives the oldest first',
		(query) => Object.assign(query, { filter: '', sort: 'created:1' }),
	],
	['finds nothing by it', (query) => (query.filter = 'taskId:another')],
	[
		'finds another task by it',
		(query, [first, second]) => {
			const isFirst = query.filter === `taskId:${first}`;
			query.filter = `taskId:${isFirst ? second : 'another'}`;
		},
	],
])('a service that %s', (_, spoil) => {
	it('is looked through for the task', async () => {
		const ids = createTasks(250).map(({ taskId }) => taskId);
		used.sandbox.appmixer.beforeList = (query) => {
			if (typeof query.filter !== 'string') return;
			spoil(query as { filter: string }, ids);
			if (query.filter === '') delete query.filter;
		};
		// it has nothing to go by, the oldest and the first of a list may be the same one
		const { titles, errors } = await get(ids[0], ids[120], ids[249]);
		expect(titles).toEqual(['T0', 'T120', 'T249']);
		expect(errors).toEqual([null, null, null]);
		expect(await get(UNKNOWN)).toMatchObject({ errors: [`Task ${UNKNOWN} was not found`] });
	});
});
