/** @jest-environment ./test/engine/environment.ts */
import { sleep, type IDataObject } from 'n8n-workflow';

import { engine, type Trigger } from '../../engine';
import { useTriggers } from './openTriggers';
import { byId, LEGACY, NEW_TASK, PLUGIN, useSandbox } from './sandboxed';

const used = useSandbox();
const ALL = ['approved', 'due', 'rejected'];
const HOUR = 3_600_000;
const open = useTriggers(used);

const types = ({ emitted }: Trigger) =>
	emitted.map((outputs) => outputs.flat().map(({ event }) => (event as IDataObject).type));
const watched = () => used.sandbox.appmixer.webhooks.map(({ taskId }) => taskId).sort();
const hookIds = () => used.sandbox.appmixer.webhooks.map(({ webhookId }) => webhookId);
const ids = (tasks: Array<{ taskId: string }>) => tasks.map(({ taskId }) => taskId).sort();
const createTasks = (count: number) =>
	Array.from({ length: count }, (_, index) =>
		used.sandbox.appmixer.createTask({ title: `T${index}` }),
	);
const registrations = (trigger: Trigger) =>
	Object.keys((trigger.staticData().registrations ?? {}) as IDataObject).sort();
const rejection = async (work: Promise<unknown>) =>
	engine.seenError(
		await work.then(
			() => new Error('did not fail'),
			(error: unknown) => error,
		),
	);

describe('publishing', () => {
	it('T5: always registers, because n8n is told that nothing exists', async () => {
		const trigger = await open();
		await trigger.create();
		expect(await trigger.checkExists()).toBe(false);
	});

	it('refuses to watch for no event, and registers nothing', async () => {
		const trigger = await open({ events: '={{ null }}' });
		await expect(trigger.create()).rejects.toThrow('Events is empty');
		expect(used.sandbox.appmixer.webhooks).toEqual([]);
	});

	it('T10: watches the tasks that are pending and those that are due, not the decided', async () => {
		const { appmixer, clock } = used.sandbox;
		const due = appmixer.createTask({ decisionBy: new Date(Date.now() + 1000) });
		await clock.advance(2 * 60_000);
		expect(due.status).toBe('due');
		const [pending, decided] = createTasks(2);
		await appmixer.approve(decided.taskId);
		await (await open()).create();
		expect(watched()).toEqual(ids([due, pending]));
	});

	it('T2: watches what exists when it is published, and no later task', async () => {
		const tasks = createTasks(2);
		const trigger = await open();
		await trigger.create();
		const later = used.sandbox.appmixer.createTask();
		await used.sandbox.appmixer.approve(later.taskId);
		await used.sandbox.appmixer.approve(tasks[0].taskId);
		expect(trigger.emitted.flat(2).map(({ id }) => id)).toEqual([tasks[0].taskId]);
	});

	it('watches only what the filters match', async () => {
		const { appmixer } = used.sandbox;
		const chair = appmixer.createTask({ title: 'Chair (new)' });
		appmixer.createTask({ title: 'Chair new' });
		await (await open({ filters: { titleContains: '(new)' } })).create();
		expect(watched()).toEqual([chair.taskId]);
	});

	it('watches the selected tasks, and refuses one that nobody can see', async () => {
		const [first, second] = createTasks(3);
		const taskIds = `${first.taskId}, ${second.taskId}`;
		await (await open({ watch: 'selected', taskIds })).create();
		expect(watched()).toEqual(ids([first, second]));

		const trigger = await open({ watch: 'selected', taskIds: 'nobody-knows' });
		expect(await rejection(trigger.create())).toMatchObject({
			message: 'Task nobody-knows was not found',
		});
	});

	it('T4: refuses more tasks than the cap, naming it, and registers none', async () => {
		createTasks(4);
		const trigger = await open({ options: { cap: 3 } });
		expect(await rejection(trigger.create())).toMatchObject({
			message: 'There are too many open tasks to watch (4 or more)',
			description:
				'Narrow the filters, raise Maximum Watched Tasks in Options, or use the Appmixer People Task Polling Trigger.',
		});
		expect(watched()).toEqual([]);
	});

	it('T4: stops after a minute and undoes what it had registered', async () => {
		createTasks(8);
		let calls = 0;
		used.sandbox.fault({
			method: 'POST',
			path: /\/webhooks$/,
			delay() {
				if (++calls === 3) engine.clockAhead(61_000);
				return 0;
			},
		});
		const trigger = await open();
		expect((await rejection(trigger.create())).message).toMatch(
			/^There are too many open tasks to watch within a minute \(8, of which \d were registered\)/,
		);
		expect(calls).toBeLessThan(8);
		expect(watched()).toEqual([]);
		expect(registrations(trigger)).toEqual([]);
	});

	it('T4: registers many at once, so that 500 take 18 s where each takes 0.7', async () => {
		createTasks(500);
		const came: number[] = [];
		const rule = { method: 'POST', path: /\/webhooks$/, times: 40 };
		used.sandbox.fault({ ...rule, delay: () => (came.push(performance.now()), 700) });
		await (await open()).create();
		expect(watched()).toHaveLength(500);
		expect(came.filter((at) => at < came[0] + 600).length).toBeGreaterThan(10);
	});

	describe('T4: many at once, with 200 tasks', () => {
		const SLOW = 600;
		/** How many of the next 40 such requests are waiting for their answers at the same time, at most. */
		function countOpen(method: string, path: RegExp): { most: number } {
			const count = { most: 0 };
			let waiting = 0;
			const delay = () => {
				count.most = Math.max(count.most, ++waiting);
				void sleep(SLOW).then(() => waiting--);
				return SLOW;
			};
			used.sandbox.fault({ method, path, times: 40, delay });
			return count;
		}
		const POST = /\/webhooks$/;

		it('publishing registers, and publishing again removes what was registered', async () => {
			createTasks(200);
			const [posts, removals] = [countOpen('POST', POST), countOpen('DELETE', /./)];
			const trigger = await open();
			await trigger.create();
			expect(posts.most).toBeGreaterThanOrEqual(18);
			expect(removals.most).toBe(0);
			await trigger.create();
			expect(removals.most).toBeGreaterThanOrEqual(18);
			expect(watched()).toHaveLength(200);
		});

		it('undoing removes', async () => {
			createTasks(200);
			used.sandbox.fault({ method: 'POST', path: POST, skip: 195, times: 1, status: 500 });
			const removals = countOpen('DELETE', /./);
			await rejection((await open()).create());
			expect(removals.most).toBeGreaterThanOrEqual(18);
			expect(watched()).toEqual([]);
		});
	});

	it('T4: gives up as soon as a minute cannot be enough, names the cap, and leaves none', async () => {
		createTasks(100);
		let calls = 0;
		const delay = () => (engine.clockAhead(++calls * 1000), 0);
		used.sandbox.fault({ method: 'POST', path: /\/webhooks$/, delay });
		const trigger = await open();
		const { message, description } = await rejection(trigger.create());
		expect(message).toMatch(/^There are too many open tasks to watch within a minute \(100, of/);
		expect(description).toContain('Maximum Watched Tasks in Options allows 500');
		expect(description).toContain('Polling Trigger');
		expect(calls).toBeLessThan(30);
		expect(watched()).toEqual([]);
		expect(registrations(trigger)).toEqual([]);
	});

	it('T4: gives up when the tasks are not listed within a minute', async () => {
		createTasks(250);
		const trigger = await open();
		engine.deadlinesDividedBy(30);
		used.sandbox.fault({ method: 'GET', path: /\/tasks$/, delayMs: 1200 });
		const { message } = await rejection(trigger.create());
		engine.deadlinesDividedBy(1);
		expect(message).toMatch(/^Appmixer did not list the tasks to watch within a minute/);
		expect(watched()).toEqual([]);
	});

	it('undoes everything when the third of five registrations fails', async () => {
		createTasks(5);
		used.sandbox.fault({ method: 'POST', path: /\/webhooks$/, skip: 2, times: 1, status: 500 });
		const trigger = await open();
		const error = await rejection(trigger.create());
		expect(error.message).toMatch(
			/^Appmixer could not process the request \(HTTP 500\): could not register a webhook for task /,
		);
		expect(error.description).toMatch(/Nothing is watched; publish again\.$/);
		expect(watched()).toEqual([]);
		expect(registrations(trigger)).toEqual([]);

		await trigger.create();
		expect(watched()).toHaveLength(5);
	});

	it('T5: the undo keeps an ID it could not remove, and the next one removes it', async () => {
		createTasks(5);
		used.sandbox.fault({ method: 'POST', path: /\/webhooks$/, skip: 2, times: 1, status: 500 });
		const broken = used.sandbox.fault({ method: 'DELETE', path: /./, times: 1, status: 500 });
		const trigger = await open();
		await rejection(trigger.create());
		expect(broken.hits).toBe(1);
		expect(registrations(trigger)).toEqual(watched());
		expect(watched()).toHaveLength(1);
		const [{ webhookId }] = used.sandbox.appmixer.webhooks;
		await trigger.create();
		expect(watched()).toEqual(ids(used.sandbox.appmixer.tasks));
		expect(hookIds()).not.toContain(webhookId);
	});

	describe('T5: trusts no registration whose removal may have been carried out', () => {
		const lost = { method: 'DELETE', path: /./, after: true };
		/** Everything is approved; the tasks it was told of. */
		async function told({ emitted }: Trigger): Promise<string[]> {
			for (const { taskId } of used.sandbox.appmixer.tasks) {
				await used.sandbox.appmixer.approve(taskId);
			}
			return emitted.flat(2).map(({ id }) => String(id));
		}
		const all = () => used.sandbox.appmixer.tasks.map(({ taskId }) => taskId);

		it.each([{ cut: true }, { status: 502 }])(
			'when unpublishing does not hear of it (%j)',
			async (fault) => {
				createTasks(3);
				const trigger = await open();
				await trigger.create();
				used.sandbox.fault({ ...lost, ...fault, times: 1 });
				await rejection(trigger.delete());
				expect(watched()).toEqual([]);
				await trigger.create();
				expect(watched()).toEqual(ids(used.sandbox.appmixer.tasks));
				expect(await told(trigger)).toEqual(all());
				expect(registrations(trigger)).toEqual([]);
			},
		);

		it('when publishing fails and its undo does not hear of it', async () => {
			createTasks(3);
			const trigger = await open();
			used.sandbox.fault({ method: 'POST', path: /\/webhooks$/, skip: 2, times: 1, status: 500 });
			used.sandbox.fault({ ...lost, times: 4, status: 502 });
			await rejection(trigger.create());
			await rejection(trigger.delete());
			await trigger.create();
			expect(await told(trigger)).toEqual(all());
		});

		it('when the undo has no time left to hear of it', async () => {
			createTasks(8);
			const delay = () => (engine.clockAhead(73_000), 0);
			const post = { method: 'POST', path: /\/webhooks$/, skip: 5, times: 1 };
			used.sandbox.fault({ ...post, status: 500, delay });
			const slow = used.sandbox.fault({ ...lost, hang: true });
			const trigger = await open();
			await rejection(trigger.create());
			engine.clockAhead(76_000);
			await rejection(trigger.delete());
			slow.remove();
			engine.clockAhead(0);
			await trigger.create();
			expect(await told(trigger)).toEqual(all());
		});

		it('when the filter left it out, and no longer does', async () => {
			used.sandbox.appmixer.createTask({ title: 'Chair' });
			const trigger = await open();
			await trigger.create();
			trigger.parameters.filters = { titleContains: 'Table' };
			used.sandbox.fault({ ...lost, times: 1, cut: true });
			await trigger.create();
			expect(watched()).toEqual([]);
			delete trigger.parameters.filters;
			await trigger.create();
			expect(await told(trigger)).toEqual(all());
		});

		it('when n8n was killed before it had saved that', async () => {
			createTasks(2);
			const stored: { data: IDataObject } = { data: {} };
			const node = { webhookId: 'the same' };
			const before = await open({}, { stored, workflowId: 'killed', node });
			await before.create();
			const { data } = stored;
			await before.delete();
			stored.data = data;
			const publicUrl = before.server.url;
			const after = await open({}, { stored, workflowId: 'killed', node, publicUrl });
			before.server.take = after.server.take;
			await after.create();
			expect(await told(after)).toEqual(all());
		});
	});

	it('T5: keeps the ID of an outdated registration that it could not remove', async () => {
		const [task] = createTasks(1);
		const stored = { data: {} };
		const trigger = await open({}, { stored });
		await trigger.create();
		const [{ webhookId }] = used.sandbox.appmixer.webhooks;
		used.sandbox.fault({ method: 'DELETE', path: /./, times: 1, status: 500 });
		trigger.credential.callbackSecret = 'another key';
		engine.logged();
		await trigger.create();
		expect(used.sandbox.appmixer.webhooks).toHaveLength(2);
		const { registrations: known } = trigger.staticData() as Record<string, IDataObject>;
		expect(known[task.taskId]).toMatchObject({ earlier: [webhookId] });
		// T12
		expect(engine.logged()).toContain(`error Appmixer webhooks left on the server: ${webhookId}`);
		await trigger.delete();
		expect(used.sandbox.appmixer.webhooks).toEqual([]);
	});

	describe('T4: undoing, and the removal that n8n asks for right after it,', () => {
		const removals = () => used.writes().filter((call) => call.startsWith('DELETE')).length;
		/** Publishing 20 tasks fails at the 13th, after 64 seconds of the clock; each removal takes 4 more, up to 80. */
		async function failSlowly(): Promise<Trigger> {
			createTasks(20);
			let clock = 64_000;
			const after = (ms: number) => () => {
				engine.clockAhead((clock = Math.min(clock + ms, 80_000)));
				return 0;
			};
			const post = { method: 'POST', path: /\/webhooks$/, skip: 12, times: 1 };
			used.sandbox.fault({ ...post, status: 500, delay: after(0) });
			used.sandbox.fault({ method: 'DELETE', path: /./, delay: after(4000) });
			const trigger = await open();
			await rejection(trigger.create());
			return trigger;
		}

		it('end before n8n gives up, and keep and name what is left', async () => {
			engine.logged();
			const trigger = await failSlowly();
			const left = used.sandbox.appmixer.webhooks.map(({ webhookId }) => webhookId);
			expect(left).not.toEqual([]);
			expect(registrations(trigger)).toEqual(watched());
			const lines = engine.logged().filter((line) => line.startsWith('error'));
			expect(lines).toEqual([expect.stringContaining('left on the server')]);
			for (const id of left) expect(lines[0]).toContain(id);

			const before = removals();
			const { message } = await rejection(trigger.delete());
			expect(removals()).toBe(before);
			for (const id of left) expect(message).toContain(id);
			expect(registrations(trigger)).toEqual(watched());
		});

		it('end although Appmixer does not even tell its version', async () => {
			const trigger = await failSlowly();
			used.sandbox.fault({ path: /\/utils\/tasks\/$/, hang: true });
			const began = performance.now();
			expect((await rejection(trigger.delete())).message).toContain('could not be removed');
			expect(performance.now() - began).toBeLessThan(10_000);
		});

		it('leave what publishing again removes', async () => {
			const trigger = await failSlowly();
			const before = watched();
			expect(before).not.toEqual([]);
			await trigger.create();
			expect(watched()).toEqual(ids(used.sandbox.appmixer.tasks));
		});

		it('leave what unpublishing later has a minute of its own for', async () => {
			const trigger = await failSlowly();
			expect(watched()).not.toEqual([]);
			used.sandbox.fault({
				method: 'DELETE',
				path: /./,
				delay: () => (engine.clockAhead(90_000), 0),
			});
			engine.clockAhead(90_000);
			await trigger.delete();
			expect(watched()).toEqual([]);
		});

		it('F6: end although the service never answers', async () => {
			createTasks(20);
			const post = { method: 'POST', path: /\/webhooks$/, skip: 12, times: 1 };
			const delay = () => (engine.clockAhead(73_000), 0);
			used.sandbox.fault({ ...post, status: 500, delay });
			used.sandbox.fault({ method: 'DELETE', path: /./, hang: true });
			const trigger = await open();
			const began = performance.now();
			await rejection(trigger.create());
			expect(performance.now() - began).toBeLessThan(10_000);
			expect(registrations(trigger)).toEqual(watched());
			expect(removals()).toBe(5);
		});
	});

	it('T5: registers every task anew, then removes what it had, and what is finished', async () => {
		const [first, second] = createTasks(2);
		const trigger = await open();
		await trigger.create();
		const before = hookIds();
		const third = used.sandbox.appmixer.createTask();
		Object.assign(second, { status: 'approved' });
		used.sandbox.requests.clear();
		await trigger.create();
		expect(watched()).toEqual(ids([first, third]));
		for (const id of before) expect(hookIds()).not.toContain(id);
		expect(used.writes().map((call) => call.split(' ')[0])).toEqual([
			...['POST', 'POST'],
			...['DELETE', 'DELETE'],
		]);
	});

	it('does not watch a task twice that becomes due between the two listings', async () => {
		const [task] = createTasks(1);
		let lists = 0;
		used.sandbox.appmixer.beforeList = ({ filter }) => {
			if (String(filter).includes('due') && lists++ === 0) task.status = 'due';
		};
		await (await open()).create();
		expect(watched()).toEqual([task.taskId]);
	});

	it('T11: a test run listens to the 10 newest open tasks, apart from production', async () => {
		const tasks = createTasks(12);
		tasks.forEach((task, index) => (task.created = new Date(Date.now() - HOUR + index)));
		const production = await open({}, { workflowId: 'same' });
		await production.create();
		const test = await open({}, { workflowId: 'same', test: true });
		await test.create();
		const urls = used.sandbox.appmixer.webhooks.map(({ url, taskId }) => ({
			taskId,
			test: url.includes('/webhook-test/'),
		}));
		const testing = urls.filter((each) => each.test);
		expect(ids(testing)).toEqual(ids(tasks.slice(2)));
		await test.delete();
		expect(watched()).toEqual(ids(tasks));
	});

	it('W14: refuses when Appmixer cannot reach this machine', async () => {
		const credential = { ...used.ada, baseUrl: 'https://appmixer.invalid' };
		const trigger = await open({}, { credential });
		expect((await rejection(trigger.create())).message).toMatch(
			/^Appmixer cannot call http:\/\/127\.0\.0\.1:\d+: it is valid on this machine only$/,
		);
	});
});

describe('unpublishing', () => {
	it.each([PLUGIN, LEGACY])('leaves no registration on %s', async (prefix) => {
		used.sandbox.appmixer.options.flavours = [prefix === PLUGIN ? 'plugin' : 'legacy'];
		createTasks(3);
		const trigger = await open();
		await trigger.create();
		expect(watched()).toHaveLength(3);
		await trigger.delete();
		expect(watched()).toEqual([]);
		expect(registrations(trigger)).toEqual([]);
	});

	it('T12: keeps the ID of what it could not remove and names it to the user and in the log', async () => {
		createTasks(3);
		const trigger = await open();
		await trigger.create();
		used.sandbox.fault({ method: 'DELETE', path: /./, times: 1, status: 500 });
		engine.logged();
		const error = await rejection(trigger.delete());
		const [left] = used.sandbox.appmixer.webhooks;
		expect(used.sandbox.appmixer.webhooks).toHaveLength(1);
		expect(error).toMatchObject({
			name: 'UserError',
			message: `These Appmixer webhooks could not be removed: ${left.webhookId}. Their calls are refused from now on. Delete them with Webhook → Delete.`,
		});
		expect(engine.logged()).toContain(
			`error Appmixer webhooks left on the server: ${left.webhookId}`,
		);
		expect(registrations(trigger)).toEqual([left.taskId]);
	});

	it('T5: remembers what it could not remove as nothing but that', async () => {
		const [task] = createTasks(1);
		task.decisionBy = new Date(Date.now() + 1000);
		const trigger = await open();
		await trigger.create();
		await used.sandbox.clock.advance(2 * 60_000);
		const { registrations: before } = trigger.staticData() as Record<string, IDataObject>;
		expect(before[task.taskId]).toMatchObject({ mark: expect.stringMatching(/./) });
		used.sandbox.fault({ method: 'DELETE', path: /./, times: 1, status: 500 });
		await rejection(trigger.delete());
		const { registrations: known } = trigger.staticData() as Record<string, IDataObject>;
		const [{ webhookId: id }] = used.sandbox.appmixer.webhooks;
		expect(known).toEqual({
			[task.taskId]: { id, status: 'due', url: '', mark: '', earlier: [] },
		});
	});

	it('T5: hears of a task whose two registrations were used up before one could not be removed', async () => {
		const credential = { ...used.ada, callbackSecret: 'one secret for both' };
		const trigger = await open({}, { credential });
		await trigger.create();
		const notifyUrl = String(trigger.staticData().url);
		await used.run('task:create', { ...NEW_TASK, options: { notifyUrl } }, { credential });
		const [task] = used.sandbox.appmixer.tasks;
		task.decisionBy = new Date(Date.now() + 1000);
		await trigger.create();
		await used.sandbox.clock.advance(2 * 60_000);
		used.sandbox.fault({ method: 'DELETE', path: /./, times: 1, status: 503 });
		await rejection(trigger.delete());
		await trigger.create();
		const decisionBy = new Date(used.sandbox.clock.now() + 1000);
		Object.assign(task, { status: 'pending', decisionBy });
		await used.sandbox.clock.advance(2 * 60_000);
		await used.sandbox.appmixer.approve(task.taskId);
		expect(types(trigger).at(-1)).toEqual(['approved']);
	});

	it('T4: ends after a minute, and names what is left then', async () => {
		createTasks(12);
		const trigger = await open();
		await trigger.create();
		let clock = 0;
		const delay = () => {
			engine.clockAhead((clock += 10_000));
			return 0;
		};
		used.sandbox.fault({ method: 'DELETE', path: /./, delay });
		const { message } = await rejection(trigger.delete());
		const left = used.sandbox.appmixer.webhooks.map(({ webhookId }) => webhookId);
		expect(left).not.toEqual([]);
		expect(left.length).toBeLessThan(7);
		for (const id of left) expect(message).toContain(id);
		expect(registrations(trigger)).toEqual(watched());
	});

	it('treats a registration that is gone as removed', async () => {
		createTasks(2);
		const trigger = await open();
		await trigger.create();
		used.sandbox.fault({ method: 'DELETE', path: /./, status: 404 });
		await expect(trigger.delete()).resolves.toBe(true);
	});
});

describe('a decision', () => {
	it('emits the record with its event, once, and spends the registration', async () => {
		const [task] = createTasks(1);
		const trigger = await open();
		await trigger.create();
		const approved = await used.sandbox.appmixer.approve(task.taskId);
		const decidedAt = approved.decisionMade!.toISOString();
		expect(trigger.emitted).toEqual([
			[
				[
					expect.objectContaining({
						id: task.taskId,
						decision: 'approved',
						event: {
							id: `appmixer:${task.taskId}:approved:${decidedAt}`,
							type: 'approved',
							previousStatus: 'pending',
							source: 'webhook',
							receivedAt: expect.any(String),
						},
					}),
				],
			],
		]);
		expect(registrations(trigger)).toEqual([]);
		// W11: a registration that has just fired is never deleted
		expect(used.writes().filter((call) => call.startsWith('DELETE'))).toEqual([]);
	});

	it('that is not wanted spends its registration too', async () => {
		const [task] = createTasks(1);
		const trigger = await open({ events: ['approved'] });
		await trigger.create();
		await used.sandbox.appmixer.reject(task.taskId);
		expect([trigger.emitted, registrations(trigger)]).toEqual([[], []]);
		expect(used.sandbox.appmixer.deliveries.map(({ status }) => status)).toEqual([200]);
	});

	it('T14: leaves by Approved, Rejected or Due', async () => {
		const [a, b, c] = createTasks(3);
		c.decisionBy = new Date(Date.now() + 1000);
		const trigger = await open({ outputs: 'perDecision' });
		await trigger.create();
		await used.sandbox.appmixer.approve(a.taskId);
		await used.sandbox.appmixer.reject(b.taskId);
		await used.sandbox.clock.advance(2 * 60_000);
		expect(trigger.emitted.map((outputs) => outputs.map((items) => items.length))).toEqual([
			[1, 0, 0],
			[0, 1, 0],
			[0, 0, 1],
		]);
	});

	it.each([
		[ALL, [['due'], ['approved']]],
		[['approved'], [['approved']]],
	])(
		'T1: with %j ticked, due is registered again and the approval comes too',
		async (events, seen) => {
			const [task] = createTasks(1);
			task.decisionBy = new Date(Date.now() + 1000);
			const trigger = await open({ events });
			await trigger.create();
			await used.sandbox.clock.advance(2 * 60_000);
			expect(task.status).toBe('due');
			await used.sandbox.appmixer.approve(task.taskId);
			expect(types(trigger)).toEqual(seen);
		},
	);

	it('T1: when registering again fails it answers 503, emits nothing, and takes the redelivery', async () => {
		const [task] = createTasks(1);
		task.decisionBy = new Date(Date.now() + 1000);
		const trigger = await open();
		await trigger.create();
		used.sandbox.fault({ method: 'POST', path: /\/webhooks$/, status: 500, times: 1 });
		await used.sandbox.clock.advance(2 * 60_000);
		expect(used.sandbox.appmixer.deliveries.map(({ status }) => status)).toEqual([503]);
		expect(trigger.emitted).toEqual([]);
		await used.sandbox.clock.advance(10 * 60_000);
		expect(types(trigger)).toEqual([['due']]);
		await used.sandbox.appmixer.approve(task.taskId);
		expect(types(trigger)).toEqual([['due'], ['approved']]);
	});

	it('T6: 50 at once are all emitted, and the memory knows it', async () => {
		const tasks = createTasks(50);
		const trigger = await open();
		await trigger.create();
		await Promise.all(tasks.map(async ({ taskId }) => await used.sandbox.appmixer.approve(taskId)));
		expect(trigger.emitted).toHaveLength(50);
		expect(trigger.staticData().seen).toHaveLength(50);
		expect(registrations(trigger)).toEqual([]);
	});

	it('T8: a task made with Notify Webhook URL is watched too, signed with the Callback Secret', async () => {
		const credential = { ...used.ada, callbackSecret: 'a long random text of our own' };
		const trigger = await open({}, { credential });
		await trigger.create();
		const notifyUrl = `${trigger.server.url}/webhook/1/webhook`;
		const run = await used.run(
			'task:create',
			{ ...NEW_TASK, options: { notifyUrl } },
			{ credential },
		);
		const taskId = String(run.outputs[0][0].json.id);
		await used.sandbox.appmixer.approve(taskId);
		expect(trigger.emitted.flat(2).map(({ id }) => id)).toEqual([taskId]);
	});

	it('T7: the key is minted once, is not the access token, and signs the URL', async () => {
		const [task] = createTasks(1);
		const trigger = await open();
		await trigger.create();
		const { key } = trigger.staticData();
		expect(key).toMatch(/^[0-9a-f]{64}$/);
		await trigger.create();
		expect(trigger.staticData().key).toBe(key);
		const { searchParams } = new URL(used.sandbox.appmixer.webhooks[0].url);
		expect([...searchParams.keys()]).toEqual(['task', 'token']);
		expect(searchParams.get('task')).toBe(task.taskId);
		expect(searchParams.get('token')).toMatch(/^[0-9a-f]{64}$/);
	});
});

describe('processes over one stored memory', () => {
	const openProcess = async (stored: { data: IDataObject }, publicUrl?: string) =>
		await open({}, { stored, publicUrl });

	it('T6: takes the callback after a restart', async () => {
		const [first, second] = createTasks(2);
		const stored = { data: {} };
		const before = await openProcess(stored);
		await before.create();
		await used.sandbox.appmixer.approve(first.taskId);
		expect(types(before)).toEqual([['approved']]);

		// the address stays, what was held in memory is gone
		const after = await openProcess(stored, before.server.url);
		before.server.take = after.server.take;
		await used.sandbox.appmixer.reject(second.taskId);
		expect(types(before)).toEqual([['approved']]);
		expect(types(after)).toEqual([['rejected']]);
		expect(registrations(after)).toEqual([]);
		expect(before.server.thrown).toEqual([]);
	});

	it('knows after a restart what was emitted before', async () => {
		const [task] = createTasks(1);
		const stored: { data: IDataObject } = { data: {} };
		const before = await openProcess(stored);
		await before.create();
		const [{ url }] = used.sandbox.appmixer.webhooks;
		const approved = await used.sandbox.appmixer.approve(task.taskId);
		const after = await openProcess(stored, before.server.url);
		before.server.take = after.server.take;
		const answer = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ ...approved, id: task.taskId }),
		});
		expect(answer.status).toBe(200);
		expect(types(before)).toEqual([['approved']]);
		expect(types(after)).toEqual([]);
	});
});

const post = async (url: string, body: object) => {
	const answer = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	return answer.status;
};
const deliveries = () => used.sandbox.appmixer.deliveries.map(({ status }) => status);
/** The service sends again what was refused. */
const tenMinutes = async () => await used.sandbox.clock.advance(10 * 60_000);

describe('F2: what n8n has not stored', () => {
	it('is not acknowledged, and starts the workflow when it is sent again', async () => {
		const [task] = createTasks(1);
		const trigger = await open();
		await trigger.create();
		trigger.storing.refused = true;
		await used.sandbox.appmixer.approve(task.taskId);
		expect([deliveries(), trigger.emitted, registrations(trigger)]).toEqual([
			[500],
			[],
			[task.taskId],
		]);
		trigger.storing.refused = false;
		await tenMinutes();
		expect([deliveries(), types(trigger)]).toEqual([[500, 200], [['approved']]]);
		expect(registrations(trigger)).toEqual([]);
	});

	it('keeps the service waiting for its answer', async () => {
		const [task] = createTasks(1);
		const trigger = await open();
		await trigger.create();
		trigger.storing.ms = 300;
		await used.sandbox.appmixer.approve(task.taskId);
		const [{ ms }] = used.sandbox.appmixer.deliveries;
		expect(ms).toBeGreaterThanOrEqual(300);
		expect(trigger.staticData().seen).toHaveLength(1);
	});

	it('is emitted once, however often it comes before it is stored', async () => {
		const [task] = createTasks(1);
		const trigger = await open();
		await trigger.create();
		trigger.storing.ms = 400;
		const [{ url }] = used.sandbox.appmixer.webhooks;
		const body = { taskId: task.taskId, status: 'approved', decisionMade: '2026-11-26T00:00:00Z' };
		const answers = await Promise.all([post(url, body), post(url, body), post(url, body)]);
		expect(answers).toEqual([200, 200, 200]);
		expect(types(trigger)).toEqual([['approved']]);
	});

	it('is not begun for one who has hung up meanwhile, and comes when it is sent again', async () => {
		const [task, other] = createTasks(2);
		const trigger = await open();
		await trigger.create();
		trigger.storing.ms = 600;
		const [{ url }] = used.sandbox.appmixer.webhooks.filter(({ taskId }) => taskId === task.taskId);
		const hanging = used.sandbox.appmixer.approve(other.taskId);
		await sleep(100);
		const leaving = new AbortController();
		const body = JSON.stringify({ taskId: task.taskId, status: 'approved' });
		const headers = { 'content-type': 'application/json' };
		const left = fetch(url, { method: 'POST', headers, body, signal: leaving.signal });
		await sleep(100);
		leaving.abort();
		await expect(left).rejects.toThrow();
		await hanging;
		await sleep(100);
		expect(trigger.emitted.flat(2).map(({ id }) => id)).toEqual([other.taskId]);
		trigger.storing.ms = 1;
		await used.sandbox.appmixer.approve(task.taskId);
		expect(trigger.emitted.flat(2).map(({ id }) => id)).toEqual([other.taskId, task.taskId]);
	});

	it('W10: holds a "due" back for a second at most, a decision until it is stored', async () => {
		const tasks = createTasks(3);
		const trigger = await open();
		await trigger.create();
		const urlOf = (taskId: string) =>
			used.sandbox.appmixer.webhooks.find((webhook) => webhook.taskId === taskId)!.url;
		const took = async (taskId: string, status: string) => {
			const began = performance.now();
			expect(await post(urlOf(taskId), { taskId, status })).toBe(200);
			return performance.now() - began;
		};
		const [stored, due, decided] = tasks.map(({ taskId }) => taskId);
		trigger.storing.ms = 4000;
		const storing = took(stored, 'approved');
		await sleep(200);
		trigger.storing.ms = 1;
		const [dueMs, decidedMs] = await Promise.all([took(due, 'due'), took(decided, 'rejected')]);
		expect(dueMs).toBeGreaterThan(900);
		expect(dueMs).toBeLessThan(2500);
		expect(decidedMs).toBeGreaterThan(3000);
		await storing;
		expect(types(trigger)).toEqual([['due'], ['approved'], ['rejected']]);
		expect(trigger.staticData().seen).toHaveLength(3);
	});

	it('is told of "due" too, which stays registered', async () => {
		const [task] = createTasks(1);
		task.decisionBy = new Date(Date.now() + 1000);
		const trigger = await open();
		await trigger.create();
		trigger.storing.refused = true;
		await used.sandbox.clock.advance(2 * 60_000);
		expect(trigger.emitted).toEqual([]);
		trigger.storing.refused = false;
		await tenMinutes();
		await used.sandbox.appmixer.approve(task.taskId);
		expect(types(trigger)).toEqual([['due'], ['approved']]);
		expect(registrations(trigger)).toEqual([]);
	});

	describe('of "due"', () => {
		const of = ({ taskId }: { taskId: string }) =>
			used.sandbox.appmixer.webhooks.filter((webhook) => webhook.taskId === taskId);
		const states = (task: { taskId: string }) => of(task).map(({ status }) => status);

		it('registers once, however often it is sent again, and hears the approval', async () => {
			const [task] = createTasks(1);
			task.decisionBy = new Date(Date.now() + 1000);
			const trigger = await open();
			await trigger.create();
			trigger.storing.refused = true;
			await used.sandbox.clock.advance(2 * 60_000);
			for (let again = 0; again < 4; again++) await tenMinutes();
			expect(deliveries()).toEqual([500, 500, 500, 500, 500]);
			expect(states(task)).toEqual(['fail', 'pending']);
			trigger.storing.refused = false;
			await tenMinutes();
			expect(states(task)).toEqual(['sent', 'pending']);
			const { registrations: known } = trigger.staticData() as Record<string, IDataObject>;
			const [first, second] = of(task).map(({ webhookId }) => webhookId);
			expect(known[task.taskId]).toMatchObject({ id: second, earlier: [first] });
			await used.sandbox.appmixer.approve(task.taskId);
			expect(types(trigger)).toEqual([['due'], ['approved']]);
			expect(states(task)).toEqual(['sent', 'sent']);
		});

		it('T9: registers again when the task is due once more, also by the same date', async () => {
			const [task] = createTasks(1);
			task.decisionBy = new Date(Date.now() + 1000);
			const trigger = await open();
			await trigger.create();
			await used.sandbox.clock.advance(2 * 60_000);
			for (const registered of [2, 3]) {
				expect(of(task)).toHaveLength(registered);
				Object.assign(task, { status: 'pending' });
				await used.sandbox.clock.advance(2 * 60_000);
			}
			expect(states(task)).toEqual(['sent', 'sent', 'sent', 'pending']);
			const { registrations: known } = trigger.staticData() as Record<string, IDataObject>;
			const [...earlier] = of(task).map(({ webhookId }) => webhookId);
			expect(known[task.taskId]).toMatchObject({ id: earlier.pop(), earlier });
			await used.sandbox.appmixer.approve(task.taskId);
			expect(types(trigger)).toEqual([['due'], ['approved']]);
			expect(registrations(trigger)).toEqual([]);
		});

		it('T5: is registered once when the workflow is published again', async () => {
			const [task] = createTasks(1);
			task.decisionBy = new Date(Date.now() + 1000);
			const trigger = await open();
			await trigger.create();
			await used.sandbox.clock.advance(2 * 60_000);
			await trigger.create();
			expect(states(task)).toEqual(['pending']);
			await trigger.delete();
			expect(states(task)).toEqual([]);
		});

		/** The call of "due", whose sender does not wait. */
		async function hangUp(task: { taskId: string }, afterMs: number) {
			const [{ url }] = of(task);
			const { taskId } = task;
			const body = JSON.stringify({ taskId, status: 'due' });
			const headers = { 'content-type': 'application/json' };
			const signal = AbortSignal.timeout(afterMs);
			await expect(fetch(url, { method: 'POST', headers, body, signal })).rejects.toThrow();
		}

		it('knows what it registered for one who has hung up meanwhile', async () => {
			const [task] = createTasks(1);
			const trigger = await open();
			await trigger.create();
			used.sandbox.fault({ method: 'POST', path: /\/webhooks$/, times: 1, delayMs: 200 });
			await hangUp(task, 50);
			await sleep(400);
			const [{ url }, { webhookId: id }] = of(task);
			expect(trigger.emitted).toEqual([]);
			const { registrations: known } = trigger.staticData() as Record<string, IDataObject>;
			expect(known[task.taskId]).toMatchObject({ id });
			expect(await post(url, { taskId: task.taskId, status: 'due' })).toBe(200);
			expect(of(task)).toHaveLength(2);
			expect(trigger.emitted.flat(2)).toMatchObject([{ event: { type: 'due' } }]);
			await trigger.delete();
			expect(of(task)).toEqual([]);
		});

		it('tells what was there before by its status', async () => {
			const [task] = createTasks(1);
			const trigger = await open();
			await trigger.create();
			const [{ url }] = of(task);
			await post(url, { taskId: task.taskId, status: 'due' });
			expect(trigger.emitted.flat(2)).toMatchObject([{ event: { previousStatus: 'pending' } }]);
		});

		it('W10: knows what was registered after it had given up', async () => {
			const [task] = createTasks(1);
			const stored = { data: {} };
			const before = await open({}, { stored, workflowId: 'late' });
			await before.create();
			const publicUrl = before.server.url;
			// a process that has to find out the API's kind first
			const trigger = await open({}, { stored, workflowId: 'late', publicUrl });
			before.server.take = trigger.server.take;
			const slow = { path: /./, times: 1, delayMs: 3000 };
			used.sandbox.fault({ ...slow, method: 'GET' });
			used.sandbox.fault({ ...slow, method: 'POST' });
			const [{ url }] = of(task);
			const due = { taskId: task.taskId, status: 'due' };
			expect(await post(url, due)).toBe(503);
			await sleep(1500);
			expect(of(task)).toHaveLength(2);
			expect(await post(url, due)).toBe(200);
			expect(of(task)).toHaveLength(2);
			await trigger.delete();
			expect(of(task)).toEqual([]);
		}, 20_000);

		it.each([
			['is lost', { after: true, cut: true }, 1],
			['is a failure after it was done', { after: true, status: 502 }, 1],
			['refuses it', { status: 403 }, 0],
		])('T12: names the task when the answer %s', async (_what, fault, times) => {
			const [task] = createTasks(1);
			const trigger = await open();
			await trigger.create();
			used.sandbox.fault({ method: 'POST', path: /\/webhooks$/, times: 1, ...fault });
			engine.logged();
			const [{ url }] = of(task);
			expect(await post(url, { taskId: task.taskId, status: 'due' })).toBe(503);
			const line = `warn Appmixer may have registered a webhook for task ${task.taskId} whose ID nobody knows: the answer does not tell`;
			expect(engine.logged().filter((each) => each === line)).toHaveLength(times);
		});

		it('does not grow when two registrations of a task call again and again', async () => {
			const [task] = createTasks(1);
			const trigger = await open();
			await trigger.create();
			const { taskId } = task;
			const [{ url }] = used.sandbox.appmixer.webhooks;
			const due = { taskId, status: 'due' };
			await Promise.all([post(url, due), post(url, due)]);
			const [, first, second] = of(task);
			trigger.storing.refused = true;
			for (let again = 0; again < 4; again++) {
				await post(first.url, due);
				await post(second.url, due);
			}
			expect(of(task)).toHaveLength(5);
		});

		it('T5: leaves none behind of what was registered by a task that was told twice', async () => {
			const [task] = createTasks(1);
			const trigger = await open();
			await trigger.create();
			const [{ url }] = used.sandbox.appmixer.webhooks;
			const due = { taskId: task.taskId, status: 'due' };
			// at once, so that none knows what the others register
			const answers = await Promise.all([post(url, due), post(url, due), post(url, due)]);
			expect(answers).toEqual([200, 200, 200]);
			expect(await post(url, due)).toBe(200);
			expect(of(task)).toHaveLength(4);
			await trigger.delete();
			expect(of(task)).toEqual([]);
		});

		it('registers again when what it registered before is signed with another key', async () => {
			const [task] = createTasks(1);
			const trigger = await open();
			await trigger.create();
			const [{ url }] = used.sandbox.appmixer.webhooks;
			const due = { taskId: task.taskId, status: 'due' };
			for (const callbackSecret of ['', 'another key', 'another key']) {
				trigger.credential.callbackSecret = callbackSecret;
				expect(await post(url, due)).toBe(200);
			}
			expect(of(task)).toHaveLength(3);
			await trigger.delete();
			expect(of(task)).toEqual([]);
		});
	});
});

describe.each([
	['with a key of its own', ''],
	['with a Callback Secret', 'a long random text of our own'],
])('F3: several processes %s', (_, callbackSecret) => {
	/** Publishes, and takes the callbacks, each in a process of its own over one database. */
	async function openProcesses(stored: { data: IDataObject } = { data: {} }) {
		const credential = { ...used.ada, callbackSecret };
		const main = await open({}, { stored, credential, workflowId: 'several' });
		const { take } = main.server;
		const hook = await open(
			{},
			{ stored, credential, workflowId: 'several', publicUrl: main.server.url },
		);
		main.server.take = hook.server.take;
		return { stored, main, hook, takeMain: take, toMain: () => void (main.server.take = take) };
	}
	/** Publishes slowly; gives the first task that is registered, while the others are not. */
	async function publishing(main: Trigger) {
		const slow = used.sandbox.fault({ method: 'POST', path: /\/webhooks$/, delayMs: 100 });
		const published = main.create();
		while (used.sandbox.appmixer.webhooks.length === 0) await sleep(1);
		slow.remove();
		return { published, first: used.sandbox.appmixer.webhooks[0] };
	}

	it('take what is decided while the workflow is being published', async () => {
		createTasks(8);
		const { main, hook } = await openProcesses();
		const { published, first } = await publishing(main);
		await used.sandbox.appmixer.approve(first.taskId);
		expect(deliveries()).toEqual([503]);
		await published;
		await tenMinutes();
		const [, next] = used.sandbox.appmixer.webhooks;
		await used.sandbox.appmixer.reject(next.taskId);
		expect(types(hook)).toEqual([['approved'], ['rejected']]);
		expect(deliveries()).toEqual([503, 200, 200]);
	});

	it('are not misled by a stranger who calls before', async () => {
		const tasks = createTasks(8);
		const { main, hook } = await openProcesses();
		const { published } = await publishing(main);
		const url = `${main.server.url}/webhook/x?task=${tasks[0].taskId}&token=none`;
		engine.logged();
		expect([await post(url, {}), await post(url, {})]).toEqual([503, 503]);
		expect(engine.logged().filter((line) => line.includes('callback'))).toHaveLength(1);
		await published;
		expect(await post(url, { taskId: tasks[0].taskId, status: 'approved' })).toBe(401);
		await used.sandbox.appmixer.approve(tasks[1].taskId);
		expect(types(hook)).toEqual([['approved']]);
	});

	it('take the callbacks of a trigger that was renamed', async () => {
		const tasks = createTasks(3);
		const { stored, main, hook } = await openProcesses();
		await main.create();
		await used.sandbox.appmixer.approve(tasks[0].taskId);
		await main.delete();
		// static data belongs to the node's name
		stored.data = {};
		await main.create();
		await used.sandbox.appmixer.reject(tasks[1].taskId);
		expect(types(hook)).toEqual([['approved'], ['rejected']]);
		expect(deliveries()).toEqual([200, 200]);
	});

	it('do not emit again what is sent again to another one', async () => {
		const [task] = createTasks(1);
		const { main, hook, toMain } = await openProcesses();
		await main.create();
		const [{ url }] = used.sandbox.appmixer.webhooks;
		const approved = await used.sandbox.appmixer.approve(task.taskId);
		toMain();
		expect(await post(url, { ...approved, id: task.taskId })).toBe(200);
		expect([types(hook), types(main)]).toEqual([[['approved']], []]);
	});

	it('do not emit again what came at once, when it is sent again to another one', async () => {
		const tasks = createTasks(30);
		const { main, hook, toMain } = await openProcesses();
		await main.create();
		const urls = used.sandbox.appmixer.webhooks.map(({ url, taskId }) => [url, taskId]);
		await Promise.all(tasks.map(async ({ taskId }) => await used.sandbox.appmixer.approve(taskId)));
		expect(types(hook)).toHaveLength(30);
		toMain();
		for (const [url, taskId] of urls) {
			const task = tasks.find((one) => one.taskId === taskId)!;
			expect(await post(url, { ...task, id: taskId })).toBe(200);
		}
		expect(types(main)).toEqual([]);
	});

	it('keep what was registered when it was published again, and leave none', async () => {
		const old = createTasks(3);
		const { main, hook } = await openProcesses();
		await main.create();
		await used.sandbox.appmixer.approve(old[0].taskId);
		const young = createTasks(3);
		await main.create();
		await used.sandbox.appmixer.approve(young[0].taskId);
		expect(registrations(hook)).toEqual(ids([old[1], old[2], young[1], young[2]]));
		await main.delete();
		const left = used.sandbox.appmixer.webhooks.filter(({ status }) => status === 'pending');
		expect(left).toEqual([]);
		expect(types(hook)).toHaveLength(2);
	});

	it.each([true, false])(
		'T1: register for a task that has two registrations, whichever takes the call of which (crosswise: %s)',
		async (crosswise) => {
			const { stored, main, hook, takeMain } = await openProcesses();
			const { clock, appmixer } = used.sandbox;
			const takeHook = hook.server.take;
			const [task] = createTasks(1);
			task.decisionBy = new Date(Date.now() + 1000);
			await main.create();
			const [{ url }] = appmixer.webhooks;
			await used.run('webhook:create', { taskId: byId(task.taskId), url });
			// what registers first stores last
			hook.storing.ms = 200;
			let calls = 0;
			main.server.take = async (callback) => {
				if (calls++ === 0) return await takeHook(callback);
				await sleep(50);
				return await takeMain(callback);
			};
			await clock.advance(2 * 60_000);
			await sleep(300);
			hook.storing.ms = 3;
			const known = stored.data.registrations as Record<string, IDataObject>;
			const { mark } = known[task.taskId];
			const decisionBy = new Date(clock.now() + HOUR);
			Object.assign(task, { status: 'pending', decisionBy });
			engine.clockAhead(HOUR);
			main.server.take = async (callback) => {
				const isKnown = (callback.httpRequest!.query as IDataObject).mark === mark;
				return await (isKnown === crosswise ? takeMain : takeHook)(callback);
			};
			await clock.advance(HOUR + 2 * 60_000);
			engine.clockAhead(HOUR + 100_000);
			await appmixer.approve(task.taskId);
			await clock.advance(20 * 60_000);
			expect([...types(main), ...types(hook)].flat()).toContain('approved');
		},
	);

	it.each([
		['say once that a token does not fit', ['t', 't', 't']],
		[
			'say it once, whatever tasks a stranger invents',
			Array.from({ length: 1100 }, (_, n) => `t${n}`),
		],
	])('%s', async (_title, tasks) => {
		const { main } = await openProcesses();
		createTasks(1);
		await main.create();
		engine.logged();
		for (const [token, task] of tasks.entries()) {
			await post(`${main.server.url}/webhook/x?task=${task}&token=${token}`, {});
		}
		await post(`${main.server.url}/webhook/x?task=${tasks[0]}&token=x`, {});
		expect(engine.logged().filter((line) => line.includes('token is not valid'))).toHaveLength(1);
	});
});

it('a deleted credential: answers 503 and says once what to do', async () => {
	const [first, second] = createTasks(2);
	const trigger = await open();
	await trigger.create();
	trigger.deleteCredential();
	engine.logged();
	await used.sandbox.appmixer.approve(first.taskId);
	await used.sandbox.appmixer.reject(second.taskId);
	expect(used.sandbox.appmixer.deliveries.map(({ status }) => status)).toEqual([503, 503]);
	expect(trigger.emitted).toEqual([]);
	expect(engine.logged()).toEqual([
		'error Node "Node": Appmixer callback not taken: its credential no longer exists. Choose another one in the node and publish the workflow; the calls come again until then',
	]);
});
