/** @jest-environment ./test/engine/environment.ts */
import { engine } from '../../engine';
import { byId, NEW_TASK, useSandbox } from './sandboxed';

const used = useSandbox();
const WAIT = { ...NEW_TASK, decisionBy: '' };
const ask = async (parameters = {}, more = {}) =>
	await used.run('task:sendAndWait', { ...WAIT, ...parameters }, more);
const posts = () => used.writes().map((call) => call.replace(/^.*\/tasks\//, ''));
const weekFromNow = () => Date.now() + 7 * 24 * 3_600_000;

it('W16: waits 7 days by default, asks for the decision by then, and n8n gives up 2 minutes later', async () => {
	const run = await ask();
	const [task] = used.sandbox.appmixer.tasks;
	expect(Math.abs(task.decisionBy!.getTime() - weekFromNow())).toBeLessThan(30_000);
	expect(run.waitTill!.getTime() - task.decisionBy!.getTime()).toBe(120_000);
});

it('the panel says that requests in parallel branches are made one after another', () => {
	const { properties } = engine.nodeTypeOf('appmixer').description;
	const notices = properties.filter(({ type, displayOptions }) => {
		const { operation, ...others } = displayOptions?.show ?? {};
		const isAlways = Object.keys(others).every((name) => name === 'resource');
		return type === 'notice' && isAlways && operation?.includes('sendAndWait');
	});
	const words = notices.map(({ displayName }) => displayName);
	expect(words).toContainEqual(expect.stringMatching(/parallel.*after the first has decided/i));
});

it('sends the title, the message as description and the people, and registers its callback', async () => {
	await ask({ title: ' Laptops ', message: 'For **Eve**', decisionBy: '' });
	const [create, register] = used.sandbox.requests.filter(({ method }) => method === 'POST');
	expect(create.body).toEqual({
		title: 'Laptops',
		description: 'For **Eve**',
		requester: 'ada@example.com',
		approver: 'bob@example.com',
		decisionBy: expect.stringMatching(/^\d{4}-.*Z$/),
	});
	expect(register.body).toEqual({
		taskId: used.sandbox.appmixer.tasks[0].taskId,
		url: expect.stringMatching(/\/webhook-waiting\/\d+\?signature=engine-resume-token\//),
	});
	expect(used.calls().map((call) => call.split(' ')[0])).toEqual(['POST', 'POST', 'GET']);
});

it('W6: the parked item is new: an "approved" that came in is not in it', async () => {
	const run = await ask({}, { items: [{ approved: true, outcome: 'approved', from: 'Form' }] });
	const { approved, outcome, from } = run.outputs[0][0].json;
	expect([approved, outcome, from]).toEqual([false, 'timedOut', undefined]);
});

it('W5: what n8n passes on after a time-out is the parked item alone', async () => {
	const run = await ask(
		{},
		{ items: [{ approved: true }, { approved: true }], node: { executeOnce: true } },
	);
	const [stack] = run.parked.data.executionData!.nodeExecutionStack;
	expect(stack.data.main).toEqual([
		[expect.objectContaining({ json: expect.objectContaining({ outcome: 'timedOut' }) })],
	]);
});

it('W3: every output has the one source there is, so that n8n can pair its items', async () => {
	const run = await ask();
	const [stack] = run.parked.data.executionData!.nodeExecutionStack;
	const source = { previousNode: 'Start', previousNodeOutput: 0, previousNodeRun: 0 };
	expect(stack.source?.main).toEqual(
		[0, 1, 2].map(() => expect.objectContaining({ previousNode: source.previousNode })),
	);
});

it('W2: with Continue On Fail it gives its own fail item, not what came in', async () => {
	for (const onError of ['continueRegularOutput', 'continueErrorOutput'] as const) {
		const run = await ask(
			{ title: '={{ "" }}' },
			{ items: [{ approved: true }], node: { onError } },
		);
		const items = run.outputs.flat();
		expect(items).toHaveLength(1);
		expect(items[0].json.approved).toBeUndefined();
		expect(items[0].error?.message).toBe('Title is empty');
	}
});

it('parks the words that were sent, which the decision will quote, not what a list makes of them', async () => {
	used.sandbox.appmixer.options.renderMarkdownInLists = true;
	const run = await ask({ message: 'For **Eve**' });
	expect(run.outputs[0][0].json.description).toBe('For **Eve**');
	const without = await ask();
	expect(without.outputs[0][0].json.description).toBeNull();
});

it('answers at once when the existing task is decided already', async () => {
	const { appmixer } = used.sandbox;
	const { taskId } = appmixer.createTask();
	await appmixer.reject(taskId);
	const run = await ask({ taskSource: 'existing', taskId: byId(taskId), outputs: 'perDecision' });
	expect(run.status).toBe('success');
	expect(run.outputs.map((items) => items.map(({ json }) => json.outcome))).toEqual([
		[],
		[],
		['rejected'],
	]);
	expect(used.writes()).toEqual([]);
});

it('answers at once when the decision came between creating and registering', async () => {
	const { appmixer } = used.sandbox;
	used.sandbox.appmixer.beforeList = async () => {
		if (appmixer.tasks[0].status === 'pending') appmixer.tasks[0].status = 'approved';
	};
	const run = await ask();
	expect(run.status).toBe('success');
	expect(run.outputs[0][0].json).toMatchObject({ approved: true, outcome: 'approved' });
});

it('W17: registers three times, then names the task and how to go on; Retry On Fail asks nobody twice', async () => {
	used.sandbox.fault({ method: 'POST', path: /\/webhooks$/, status: 500 });
	const run = await ask({}, { node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } });
	const [{ taskId }] = used.sandbox.appmixer.tasks;
	expect(run.tries).toBe(2);
	expect(used.sandbox.appmixer.tasks).toHaveLength(1);
	expect(posts().filter((call) => call === 'webhooks')).toHaveLength(6);
	expect(run.error?.message).toMatch(
		new RegExp(`^Task ${taskId} was created, but nothing waits for its answer: `),
	);
	expect(run.error?.description).toMatch(
		new RegExp(`To go on without asking twice, set Task to Use Existing and enter ${taskId}\\.$`),
	);
}, 20_000);

it('W18: the human-review tool answers on one output, whatever is chosen', async () => {
	const { appmixer } = used.sandbox;
	const { taskId } = appmixer.createTask();
	await appmixer.approve(taskId);
	const run = await used.run(
		'task:sendAndWait',
		{ taskSource: 'existing', taskId: byId(taskId), outputs: 'perDecision' },
		{ type: 'appmixerHitlTool' },
	);
	expect(run.outputs).toHaveLength(1);
	expect(run.outputs[0][0].json.data).toEqual({ approved: true });
});

it('W21: says so when the requester is the approver', async () => {
	const run = await ask({ requester: 'Bob@example.com' });
	expect(run.hints).toEqual([
		'The requester is also the approver: nobody else looks at this request.',
	]);
});

it('W12: says what a short limit means', async () => {
	const run = await ask({ resumeAmount: 14, resumeUnit: 'minutes' });
	expect(run.hints).toEqual([
		'Limit Wait Time is under 15 minutes. An answer that arrives while n8n is busy saving is sent again after 10 minutes, which may be too late.',
	]);
	const longer = await ask({ resumeAmount: 16, resumeUnit: 'minutes' });
	expect(longer.hints).toEqual([]);
});

it('waits for ever without a limit, and then sends the date that was entered', async () => {
	const run = await ask({ limitWaitTime: false, decisionBy: '2099-01-01T10:00:00' });
	expect(run.status).toBe('waiting');
	expect(run.waitTill?.getUTCFullYear()).toBe(3000);
	expect(used.sandbox.appmixer.tasks[0].decisionBy?.toISOString()).toBe('2099-01-01T09:00:00.000Z');
});

it('E3: gives away no secret', async () => {
	const run = await ask();
	const { approverSecret, requesterSecret } = used.sandbox.appmixer.tasks[0];
	const stored = JSON.stringify(run.parked.data);
	expect(stored).not.toContain(approverSecret);
	expect(stored).not.toContain(requesterSecret);
});

describe('F13: a second look that fails', () => {
	const LOOK = { method: 'GET', path: /\/tasks$/ };
	const existing = () => {
		const { taskId } = used.sandbox.appmixer.createTask();
		return { taskSource: 'existing', taskId: byId(taskId) };
	};

	it.each([
		['500', { status: 500 }],
		['401', { status: 401 }],
		['a cut connection', { cut: true }],
	])(
		'by %s ends no wait: it is logged, and the gate parks',
		async (_, failure) => {
			const fault = used.sandbox.fault({ ...LOOK, ...failure });
			engine.logged();
			const run = await ask();
			expect(run.status).toBe('waiting');
			const [{ taskId }] = used.sandbox.appmixer.tasks;
			expect(run.outputs[0][0].json).toMatchObject({ id: taskId, outcome: 'timedOut' });
			expect(engine.logged()).toEqual([
				expect.stringContaining(
					`warn Task ${taskId} could not be looked at once more, waiting for its callback: `,
				),
			]);
			expect(fault.hits).toBeGreaterThanOrEqual(3);
		},
		60_000,
	);

	it('is tried again, and may still find the decision', async () => {
		const { appmixer } = used.sandbox;
		used.sandbox.fault({ ...LOOK, status: 500, times: 2 });
		appmixer.beforeList = async () => {
			if (appmixer.tasks[0].status === 'pending') appmixer.tasks[0].status = 'rejected';
		};
		const run = await ask();
		expect(run.outputs[0][0].json).toMatchObject({ approved: false, outcome: 'rejected' });
	});

	it('does not keep the run from parking for long when nobody answers', async () => {
		used.sandbox.fault({ ...LOOK, hang: true });
		const run = await ask({}, { impatience: 100 });
		expect(run.status).toBe('waiting');
		expect(run.timeouts.slice(-3)).toEqual([10_000, 10_000, 10_000]);
	});

	it('ends no wait for an existing task, whose first reading must succeed', async () => {
		const task = existing();
		const fault = used.sandbox.fault({ ...LOOK, skip: 1, status: 500 });
		expect((await ask(task)).status).toBe('waiting');
		expect(fault.hits).toBe(3);
		fault.remove();
		used.sandbox.fault({ ...LOOK, status: 500 });
		expect((await ask(existing())).status).toBe('error');
	});

	it('is no second look where an earlier try made the task: it may be decided, and parked it would wait for ever', async () => {
		const register = used.sandbox.fault({ method: 'POST', path: /\/webhooks$/, status: 500 });
		const failed = await ask();
		register.remove();
		const look = used.sandbox.fault({ ...LOOK, status: 500 });
		const again = await ask({}, { retryOf: failed });
		look.remove();
		const [{ taskId }] = used.sandbox.appmixer.tasks;
		expect(again.error?.message).toMatch(
			new RegExp(`^Task ${taskId} was created, but nothing waits for its answer: `),
		);
		// what is left at the service would call a run that has ended, for ever
		expect(used.sandbox.appmixer.webhooks).toEqual([]);
		await used.sandbox.appmixer.approve(taskId);
		const run = await ask({}, { retryOf: again });
		expect(run.outputs[0][0].json).toMatchObject({ approved: true });
		expect(used.sandbox.appmixer.tasks).toHaveLength(1);
		expect(used.sandbox.appmixer.webhooks).toEqual([]);
	}, 30_000);

	it('nor where Retry On Fail does: decided meanwhile, the task is answered', async () => {
		const { appmixer } = used.sandbox;
		used.sandbox.fault({ method: 'POST', path: /\/webhooks$/, status: 500, times: 3 });
		appmixer.beforeList = async () => {
			if (appmixer.tasks[0].status === 'pending') appmixer.tasks[0].status = 'approved';
		};
		const run = await ask({}, { node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } });
		expect(run.outputs[0][0].json).toMatchObject({ approved: true });
		expect(appmixer.webhooks).toEqual([]);
	}, 20_000);
});

describe('F15: the registration', () => {
	it('is named by the parked item, so that who stops the run can delete it', async () => {
		const run = await ask();
		const [{ webhookId }] = used.sandbox.appmixer.webhooks;
		expect(run.outputs[0][0].json.webhookId).toBe(webhookId);
		const [stack] = run.parked.data.executionData!.nodeExecutionStack;
		expect(stack.data.main[0]?.[0].json.webhookId).toBe(webhookId);
		const deleted = await used.run('webhook:delete', { webhookId });
		expect(deleted.outputs[0][0].json).toEqual({ deleted: true });
		expect(used.sandbox.appmixer.webhooks).toEqual([]);
	});

	it('is named by an answer found at the second look, too: it has not been called', async () => {
		const { appmixer } = used.sandbox;
		appmixer.beforeList = async () => {
			if (appmixer.tasks[0].status === 'pending') appmixer.tasks[0].status = 'approved';
		};
		const run = await ask();
		const [{ webhookId }] = appmixer.webhooks;
		expect(run.outputs[0][0].json).toMatchObject({ approved: true, webhookId });
		// W11: whether it is being called just now cannot be known
		expect(used.writes().filter((call) => call.startsWith('DELETE'))).toEqual([]);
	});

	it('is not named where there is none', async () => {
		const { appmixer } = used.sandbox;
		const { taskId } = appmixer.createTask();
		await appmixer.approve(taskId);
		const run = await ask({ taskSource: 'existing', taskId: byId(taskId) });
		expect(run.outputs[0][0].json).not.toHaveProperty('webhookId');
	});
});
