import { ADA, BOB } from '../../sandbox';
import { LEGACY, PLUGIN, startSandbox, type ListAnswer, type Started } from './callAppmixer';

let started: Started;
beforeEach(async () => (started = await startSandbox()));
afterEach(async () => await started.sandbox.close());

type Query = Record<string, string | number>;

const list = async (params: Query = {}, who: object = started.bob, prefix = PLUGIN) =>
	(await started.client.get(`${prefix}/tasks`, { ...who, params })) as ListAnswer;
const titles = async (params: Query = {}, who: object = started.bob) =>
	(await list({ sort: 'title:1', ...params }, who)).data.map((task) => task.title);
const addTasks = (...names: string[]) =>
	names.map((title) => started.sandbox.appmixer.createTask({ title }));

describe('who sees a task', () => {
	it('is the approver and the requester by login e-mail, not the creator', async () => {
		addTasks('a');
		expect(await titles({}, started.bob)).toEqual(['a']);
		expect(await titles({}, started.ada)).toEqual(['a']);
		expect(await titles({}, started.carol)).toEqual([]);
	});

	it('is whoever holds a secret; the login then counts for nothing', async () => {
		const [{ approverSecret, requesterSecret }] = addTasks('a');
		expect(await titles({ secret: approverSecret }, {})).toEqual(['a']);
		expect(await titles({ secret: requesterSecret }, started.carol)).toEqual(['a']);
		expect(await titles({ secret: 'wrong' }, started.bob)).toEqual([]);
	});

	it('is nobody without either: 500', async () => {
		expect((await list({}, {})).status).toBe(500);
		expect((await started.client.get(`${PLUGIN}/tasks-count`)).status).toBe(500);
	});

	it('depends on the role, for a login and a secret', async () => {
		const [{ approverSecret }] = addTasks('a');
		expect(await titles({ role: 'approver' })).toEqual(['a']);
		expect(await titles({ role: 'requester' })).toEqual([]);
		expect(await titles({ role: 'boss' })).toEqual([]);
		expect(await titles({ role: 'approver', secret: approverSecret }, {})).toEqual(['a']);
		expect(await titles({ role: 'requester', secret: approverSecret }, {})).toEqual([]);
	});

	it('refuses a bad token even with a secret', async () => {
		const secret = started.sandbox.appmixer.secretOf(BOB.email);
		expect((await list({ secret }, { headers: { authorization: 'Bearer old' } })).status).toBe(401);
	});
});

describe('what a list shows', () => {
	it('tells whether the caller is the approver', async () => {
		const [{ approverSecret, requesterSecret }] = addTasks('a');
		const isApprover = async (params: Query, who: object) =>
			(await list(params, who)).data[0].isApprover;
		expect(await isApprover({}, started.bob)).toBe(true);
		expect(await isApprover({}, started.ada)).toBe(false);
		expect(await isApprover({ secret: approverSecret }, {})).toBe(true);
		expect(await isApprover({ secret: requesterSecret }, {})).toBe(false);
		expect(await isApprover({ projection: '-approver' }, started.bob)).toBe(false);
	});

	it('leaves out what the projection excludes', async () => {
		started.sandbox.appmixer.createTask({ description: 'long' });
		const [task] = (await list({ projection: '-description,-mtime' })).data;
		expect(Object.keys(task).sort()).toEqual([
			'approver',
			'created',
			'decisionBy',
			'isApprover',
			'requester',
			'status',
			'taskId',
			'title',
		]);
	});

	it('renders the description only as bundle 1.1.0', async () => {
		started.sandbox.appmixer.createTask({ description: '**bold** <script>alert(1)</script>' });
		expect((await list()).data[0].description).toContain('**bold**');
		started.sandbox.appmixer.options.renderMarkdownInLists = true;
		const rendered = (await list()).data[0].description;
		expect(rendered).toContain('<strong>bold</strong>');
		expect(rendered).not.toContain('script');
		expect(started.sandbox.appmixer.tasks[0].description).toContain('**bold**');
	});

	it('has "" for a missing description as bundle 1.1.0, and fails on one that is null', async () => {
		const { options, createTask, tasks } = started.sandbox.appmixer;
		createTask();
		expect((await list()).data[0]).not.toHaveProperty('description');
		options.renderMarkdownInLists = true;
		expect((await list()).data[0].description).toBe('');
		const { taskId } = createTask();
		const url = `${PLUGIN}/tasks/${taskId}`;
		const edited = await started.client.put(url, { description: null }, started.bob);
		expect([edited.status, tasks[1].description]).toEqual([200, null]);
		expect((await list()).status).toBe(500);
		expect((await list({ projection: '-description' })).status).toBe(200);
		options.renderMarkdownInLists = false;
		expect((await list()).status).toBe(200);
	});

	it('uses ISO dates with a T and milliseconds', async () => {
		addTasks('a');
		for (const field of ['created', 'mtime', 'decisionBy']) {
			expect((await list()).data[0][field]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
		}
	});

	it('calls the id `id` on the legacy path, also in filters and projections', async () => {
		const [{ taskId }] = addTasks('a', 'b');
		const { data } = await list({ filter: `id:${taskId}` }, started.bob, LEGACY);
		expect(data.map(({ id, title }) => [id, title])).toEqual([[taskId, 'a']]);
		const [bare] = (await list({ projection: '-id' }, started.bob, LEGACY)).data;
		expect(bare).not.toHaveProperty('id');
	});
});

describe('narrowing a list', () => {
	it('filters by fields and operators', async () => {
		const [first] = addTasks('apple', 'banana', 'apricot');
		first.status = 'approved';
		expect(await titles({ filter: 'status:pending' })).toEqual(['apricot', 'banana']);
		expect(await titles({ filter: 'status:!pending' })).toEqual(['apple']);
		expect(await titles({ filter: `taskId:${first.taskId}` })).toEqual(['apple']);
		expect(await titles({ filter: 'status:pending,title:^ap' })).toEqual(['apricot']);
		expect(await titles({ filter: 'title:$ana' })).toEqual(['banana']);
		expect(await titles({ filter: 'title:~ppl' })).toEqual(['apple']);
		expect(await titles({ filter: 'title:>apricot' })).toEqual(['banana']);
		expect(await titles({ filter: 'title:<apricot' })).toEqual(['apple']);
		expect(await titles({ filter: 'title:$inapple|banana' })).toEqual(['apple', 'banana']);
		expect(await titles({ filter: 'title' })).toEqual([]);
		expect(await titles({ filter: 'created:>2000' })).toEqual([]);
	});

	it('takes the pattern as a regular expression on the title, ignoring case', async () => {
		addTasks('Invoice (7)', 'invoice 8', 'Order');
		expect(await titles({ pattern: '^INVOICE' })).toEqual(['Invoice (7)', 'invoice 8']);
		expect(await titles({ pattern: '(7)' })).toEqual(['Invoice (7)']);
		expect((await list({ pattern: '(7' })).status).toBe(500);
	});

	it('counts with the same rules', async () => {
		addTasks('a', 'b');
		const count = async (params: Query, who: object) =>
			(await started.client.get(`${PLUGIN}/tasks-count`, { ...who, params })).data;
		expect(await count({ pattern: 'a' }, started.bob)).toEqual({ count: 1 });
		expect(await count({}, started.carol)).toEqual({ count: 0 });
		const secret = started.sandbox.appmixer.secretOf(ADA.email);
		expect(await count({ secret }, {})).toEqual({ count: 2 });
		expect(await count({ secret, role: 'approver' }, {})).toEqual({ count: 0 });
	});
});

describe('paging', () => {
	const numbered = (count: number) =>
		addTasks(...Array.from({ length: count }, (_, index) => String(index).padStart(3, '0')));

	it('gives 100 tasks unless told otherwise', async () => {
		numbered(105);
		expect((await list()).data).toHaveLength(100);
		expect((await list({ limit: 103 })).data).toHaveLength(103);
		expect(await titles({ limit: 3, offset: 104 })).toEqual(['104']);
		started.sandbox.appmixer.options.maxLimit = 50;
		expect((await list({ limit: 103 })).data).toHaveLength(50);
	});

	it('sorts both ways, and by date', async () => {
		numbered(3);
		expect(await titles({ sort: 'title:-1' })).toEqual(['002', '001', '000']);
		const [task] = started.sandbox.appmixer.tasks;
		task.decisionBy = new Date(0);
		expect((await titles({ sort: 'decisionBy:1' }))[0]).toBe('000');
		expect((await titles({ sort: 'decisionBy:-1' }))[2]).toBe('000');
	});

	it('keeps the order of creation, or none, among those that are equal', async () => {
		addTasks(...'abcdefghijkl');
		for (const task of started.sandbox.appmixer.tasks) task.description = 'the same';
		const sort = 'description:1';
		const order = async () => (await titles({ sort })).join('');
		expect([await order(), await order()]).toEqual(['abcdefghijkl', 'abcdefghijkl']);
		started.sandbox.appmixer.options.shuffleTies = true;
		const orders = [await order(), await order(), await order()];
		expect(new Set(orders).size).toBe(3);
		for (const one of orders) expect([...one].sort().join('')).toBe('abcdefghijkl');
		expect(await titles({ sort: 'title:1' })).toEqual([...'abcdefghijkl']);
	});

	it('keeps no order without a sort', async () => {
		numbered(20);
		const [first, second] = [await list(), await list()].map(({ data }) =>
			data.map(({ title }) => title),
		);
		expect(first).not.toEqual(second);
		expect([...first].sort()).toEqual([...second].sort());
	});

	it('lets a test insert tasks between pages', async () => {
		numbered(2);
		const asked: unknown[] = [];
		started.sandbox.appmixer.beforeList = (query) => {
			asked.push(query.offset);
			addTasks('new');
		};
		expect(await titles({ offset: 1 })).toEqual(['001', 'new']);
		expect(asked).toEqual(['1']);
	});
});
