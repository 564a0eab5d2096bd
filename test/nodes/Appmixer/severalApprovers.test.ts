/** @jest-environment ./test/engine/environment.ts */
import axios from 'axios';
import fc from 'fast-check';
import { NodeHelpers, sleep, type IDataObject, type INodeParameters } from 'n8n-workflow';

import type { Fault } from '../../../sandbox/faults';
import { engine, type Wait } from '../../engine';
import { FUZZ } from '../../fuzz';
import { NEW_TASK, useSandbox } from './sandboxed';

const used = useSandbox();
const ALL = ['bob@example.com', 'carol@example.com', 'dan@example.com'];
const TWO_OF_THREE = { rule: 'number', approvalsNeeded: 2, oneRejectionRejects: false };
const node = { typeVersion: 1.1 };
const open: Wait[] = [];
const ask = { resource: 'task', operation: 'sendAndWait', ...NEW_TASK, decisionBy: '' };

async function park(parameters = {}, more = {}): Promise<Wait> {
	const wait = await engine.openWait({
		credential: used.ada,
		parameters: { ...ask, approver: ALL.join(', '), ...parameters },
		node,
		...more,
	});
	open.push(wait);
	return wait;
}
afterEach(async () => {
	for (const wait of open.splice(0)) {
		expect(wait.server.thrown).toEqual([]);
		await wait.close();
	}
});

const tasks = () => used.sandbox.appmixer.tasks;
const decide = async (place: number, verb: 'approve' | 'reject') =>
	await used.sandbox.appmixer[verb](tasks()[place].taskId);

/** Waits until the run goes on. */
async function goesOn(wait: Wait, patience = 12_000) {
	for (const end = Date.now() + patience; wait.resumed.length === 0 && Date.now() < end;)
		await sleep(50);
	return wait.resumed.map((outputs) => outputs.map((items) => items.map(({ json }) => json)));
}
/** As long as a look takes, and then some. */
const looked = async () => await sleep(3000);

const post = async (place: number, status: string) =>
	(
		await axios.post(
			used.sandbox.appmixer.webhooks[0].url,
			{ ...tasks()[place], status },
			{ validateStatus: () => true, proxy: false },
		)
	).status;

describe('W24: several approvers', () => {
	it('get one task each, alike but for who decides, with the same address to call back', async () => {
		const { run } = await park({ message: 'For **Eve**' });
		expect(run.status).toBe('waiting');
		expect(tasks().map(({ approver }) => approver)).toEqual(ALL);
		const words = tasks().map(({ title, description, requester, decisionBy }) =>
			JSON.stringify([title, description, requester, decisionBy]),
		);
		expect(new Set(words).size).toBe(1);
		const { webhooks } = used.sandbox.appmixer;
		expect(webhooks.map(({ taskId }) => taskId).sort()).toEqual(
			tasks()
				.map(({ taskId }) => taskId)
				.sort(),
		);
		expect(new Set(webhooks.map(({ url }) => url)).size).toBe(1);
		const [[{ json }]] = run.outputs.filter((items) => items.length > 0);
		expect(json).toMatchObject({
			...{ id: tasks()[0].taskId, approved: false, outcome: 'timedOut', decidedBy: null },
			...{ data: { approved: false }, rule: { needed: 'all', veto: true } },
			...{ decision: null, decidedAt: null, state: 'open', status: null, assignee: null },
		});
		// what they have said by the limit nobody has read
		expect(json.votes).toEqual(
			tasks().map(({ taskId, approver, title }) => ({ task: taskId, title, approver })),
		);
		const ids = tasks().map(
			(task) => webhooks.find((one) => one.taskId === task.taskId)?.webhookId,
		);
		expect(json.webhookIds).toEqual(ids);
		expect(json).not.toHaveProperty('webhookId');
	});

	it('have a panel of their own: the rule, who must see the answers, and what is left open', () => {
		const { properties } = engine.nodeTypeOf('appmixer').description;
		const parameters = { resource: 'task', operation: 'sendAndWait', taskSource: 'create' };
		const shown = (more: INodeParameters) =>
			properties
				.filter((field) =>
					NodeHelpers.displayParameter(
						{ ...parameters, rule: 'all', ...more },
						field,
						{ typeVersion: 1.1 },
						null,
					),
				)
				.map(({ name }) => name)
				.filter((name) => ['rule', 'approvalsNeeded', 'severalNotice'].includes(name));
		expect(shown({ approver: 'bob@example.com' })).toEqual([]);
		expect(shown({ approver: ALL.join() })).toEqual(['rule', 'severalNotice']);
		expect(shown({ approver: '={{ $json.people }}' })).toEqual(
			expect.arrayContaining(['rule', 'severalNotice']),
		);
		// of other operations, and for a task that is there, n8n shows none of them
		for (const other of [{ operation: 'create' }, { taskSource: 'existing' }]) {
			expect(shown({ approver: '={{ $json.people }}', ...other })).toEqual([]);
		}
		const [notice] = properties.filter(({ name }) => name === 'severalNotice');
		expect(notice.displayName).toMatch(/has to be the requester.*stay open.*Withdraw/);
	});

	it.each([
		['a list from an expression', `={{ ${JSON.stringify(ALL)} }}`],
		['text from an expression', `={{ '${ALL.join(' , ')}' }}`],
	])('may come as %s', async (_, approver) => {
		await park({ approver });
		expect(tasks().map((task) => task.approver)).toEqual(ALL);
	});

	it('vote though an edit has given them a task of somebody else, which has no vote', async () => {
		const wait = await park(TWO_OF_THREE);
		tasks()[0].approver = ALL[1];
		for (const place of [0, 1, 2]) await decide(place, 'approve');
		const [[, [json]]] = await goesOn(wait);
		expect((json.votes as IDataObject[]).map(({ lost }) => lost)).toEqual([
			'changed',
			undefined,
			undefined,
		]);
	});

	it('who reject are not the one who approved first: the record tells the verdict', async () => {
		const wait = await park({ rule: 'all' });
		await decide(0, 'approve');
		await decide(1, 'reject');
		const [[, approved, [json]]] = await goesOn(wait);
		expect(approved).toEqual([]);
		expect(json).toMatchObject({
			...{ id: tasks()[0].taskId, approved: false, outcome: 'rejected', decision: 'rejected' },
			...{ state: 'done', status: null, decidedAt: null, assignee: null },
		});
	});

	it('approve by the rule: two of three, with the votes of all, and one run of what follows', async () => {
		const wait = await park(TWO_OF_THREE);
		await decide(2, 'approve');
		await looked();
		expect(wait.resumed).toEqual([]);
		await decide(0, 'reject');
		await decide(1, 'approve');
		const [[none, approved, rejected], ...others] = await goesOn(wait);
		expect([none, rejected, others]).toEqual([[], [], []]);
		expect(approved).toEqual([
			expect.objectContaining({
				...{ approved: true, outcome: 'approved', data: { approved: true }, decidedBy: null },
				...{ id: tasks()[0].taskId, rule: { needed: 2, veto: false } },
				votes: ['rejected', 'approved', 'approved'].map((decision, place) => ({
					...{ task: tasks()[place].taskId, title: 'Three laptops', approver: ALL[place] },
					...{ decision, decidedAt: expect.stringMatching(/^\d{4}-/) },
				})),
			}),
		]);
	});

	it('are answered 503 at once: the approver does not wait, and the service remembers', async () => {
		const wait = await park({ rule: 'one' });
		await decide(1, 'approve');
		const [delivery] = used.sandbox.appmixer.deliveries;
		expect(delivery).toMatchObject({ status: 503 });
		expect(delivery.ms).toBeLessThan(1000);
		expect(await goesOn(wait)).toHaveLength(1);
	});

	it('are rejected by one, where one rejection rejects', async () => {
		const wait = await park({ ...TWO_OF_THREE, oneRejectionRejects: true });
		await decide(0, 'reject');
		const [[, , [json]]] = await goesOn(wait);
		expect(json).toMatchObject({ approved: false, outcome: 'rejected' });
	});

	it('who vote at once go on once, and so does who is told twice', async () => {
		const wait = await park({ rule: 'all' });
		await Promise.all([0, 1, 2].map(async (place) => await decide(place, 'approve')));
		expect(await goesOn(wait)).toHaveLength(1);
		expect(await post(0, 'approved')).toBe(503);
		await used.sandbox.clock.advance(10 * 60_000);
		await looked();
		expect(wait.resumed).toHaveLength(1);
	});

	it.each([
		['edits are accepted', { options: { whenEdited: 'accept' } }, 1.1],
		['the node is of version 1', {}, 1],
	])('who have become one person have one vote, also where %s', async (_, more, typeVersion) => {
		const wait = await park(
			{ ...TWO_OF_THREE, outputs: 'single', ...more },
			{ node: { typeVersion } },
		);
		tasks()[1].approver = 'Bob@example.com';
		await decide(0, 'approve');
		await decide(1, 'approve');
		await looked();
		expect(wait.resumed).toEqual([]);
		await decide(2, 'reject');
		const [[[{ outcome, approved, votes }]]] = await goesOn(wait);
		expect([outcome, approved]).toEqual(['changed', false]);
		expect((votes as IDataObject[]).map(({ lost }) => lost)).toEqual([
			undefined,
			'changed',
			undefined,
		]);
	});

	it('of whom one cannot be seen are not approved while a rejection of theirs would reject', async () => {
		const wait = await park({ rule: 'one' });
		tasks()[1].requester = 'eve@example.com';
		await decide(1, 'reject');
		await decide(0, 'approve');
		await looked();
		expect(wait.resumed).toEqual([]);
		tasks()[1].requester = 'ada@example.com';
		await decide(2, 'approve');
		const [, , [{ outcome }]] = (await goesOn(wait))[0];
		expect(outcome).toBe('rejected');
	});

	it('are believed by what the service says, not by a call', async () => {
		const wait = await park({ rule: 'one' });
		expect(await post(0, 'approved')).toBe(503);
		await looked();
		expect(wait.resumed).toEqual([]);
		await decide(1, 'approve');
		const [[, [json]]] = await goesOn(wait);
		expect((json.votes as IDataObject[]).map(({ decision }) => decision)).toEqual([
			...[null, 'approved', null],
		]);
	});

	it.each(['another', ''])('are not decided by the task "%s" of somebody else', async (taskId) => {
		const wait = await park({ rule: 'one' });
		const url = used.sandbox.appmixer.webhooks[0].url;
		const body = { taskId, status: 'approved' };
		const { status } = await axios.post(url, body, { validateStatus: () => true, proxy: false });
		expect(status).toBe(taskId === '' ? 400 : 200);
		expect(wait.resumed).toEqual([]);
	});

	it('are read in ten minutes when they could not be read, and that is logged once', async () => {
		const wait = await park({ rule: 'one' });
		const fault = used.sandbox.fault({ method: 'GET', path: /\/tasks$/, status: 403 });
		engine.logged();
		await decide(0, 'approve');
		await looked();
		expect(engine.logged().filter((line) => line.startsWith('error'))).toEqual([
			expect.stringContaining('The answers could not be read, still waiting: '),
		]);
		fault.remove();
		expect(wait.resumed).toEqual([]);
		await used.sandbox.clock.advance(10 * 60_000);
		expect(await goesOn(wait)).toHaveLength(1);
	});

	it.each([
		['approved', 'approve', { rule: 'one', oneRejectionRejects: false }, 1],
		['rejected, which rejects', 'reject', { rule: 'one' }, 1],
		['approved, where one of them may have rejected', 'approve', { rule: 'one' }, 0],
		['approved, where all must', 'approve', { rule: 'all' }, 0],
	] as const)('of whom one cannot be read: %s', async (_, verb, rule, times) => {
		const wait = await park(rule);
		const query = new RegExp(tasks()[2].taskId);
		const fault = used.sandbox.fault({ method: 'GET', path: /\/tasks$/, query, status: 503 });
		await decide(0, verb);
		for (const end = Date.now() + 12_000; fault.hits < 3 && Date.now() < end;) await sleep(50);
		await looked();
		expect(wait.resumed).toHaveLength(times);
		fault.remove();
		await used.sandbox.clock.advance(10 * 60_000);
		await looked();
		expect(wait.resumed).toHaveLength(rule.rule === 'all' ? 0 : 1);
	});

	it('whose credential was deleted end the wait with an error that names their tasks', async () => {
		const wait = await park({ rule: 'one' });
		wait.run.parked.credentials.stored.deleted = true;
		await decide(0, 'approve');
		expect(await goesOn(wait)).toEqual([[[]]]);
		const [stack] = wait.run.parked.data.executionData!.nodeExecutionStack;
		const { message } = (stack.metadata as IDataObject).resumeError as Error;
		for (const { taskId } of tasks()) expect(message).toContain(taskId);
	});

	it('of whom one is due keep waiting: it is registered again', async () => {
		const wait = await park({ rule: 'all' });
		tasks()[1].decisionBy = new Date(Date.now() + 60_000);
		await used.sandbox.clock.advance(3 * 60_000);
		expect(used.sandbox.appmixer.deliveries.map(({ status }) => status)).toEqual([200]);
		expect(used.sandbox.appmixer.webhooks).toHaveLength(4);
		for (const place of [0, 1, 2]) await decide(place, 'approve');
		const [[, [json]]] = await goesOn(wait);
		expect(json.outcome).toBe('approved');
	});

	it.each([
		['all', 'due', [0]],
		['one', undefined, [0, 1]],
	] as const)(
		'of whom one lets the date pass end as no decision only where the others are too few: %s',
		async (rule, outcome, late) => {
			const wait = await park({ rule, whenDue: 'noDecision' });
			for (const place of late) tasks()[place].decisionBy = new Date(Date.now() + 60_000);
			await used.sandbox.clock.advance(3 * 60_000);
			if (outcome === undefined) await looked();
			const [ended] = outcome === undefined ? wait.resumed : await goesOn(wait);
			expect(ended?.[0][0]).toEqual(
				outcome && expect.objectContaining({ approved: false, outcome }),
			);
		},
	);

	it('are asked in version 1, too, and answer on its single output', async () => {
		const wait = await park({ rule: 'one' }, { node: { typeVersion: 1 } });
		tasks()[0].title = 'Another title';
		await decide(0, 'approve');
		const [[[json], ...others]] = await goesOn(wait);
		expect(others).toEqual([]);
		expect(json).toMatchObject({ approved: true, outcome: 'approved' });
		expect(JSON.stringify(json.votes)).not.toContain('found');
	});

	it('review for an agent on one output', async () => {
		used.sandbox.appmixer.beforeList = async () => {
			for (const task of tasks()) task.status = 'approved';
		};
		const run = await used.run(
			'task:sendAndWait',
			{ ...NEW_TASK, decisionBy: '', approver: ALL.join() },
			{ type: 'appmixerHitlTool', node },
		);
		expect(run.outputs).toHaveLength(1);
		expect(run.outputs[0][0].json).toMatchObject({ data: { approved: true } });
	});

	it('who have decided while the last were asked are heard before the run is parked', async () => {
		used.sandbox.appmixer.beforeList = async () => {
			for (const task of tasks()) task.status = 'approved';
		};
		const { run } = await park();
		expect(run.status).toBe('success');
		expect(run.outputs[1][0].json).toMatchObject({ approved: true, outcome: 'approved' });
		expect(run.outputs[1][0].json.webhookIds).toHaveLength(3);
	});

	it('are compared by lists where lists render the message', async () => {
		used.sandbox.appmixer.options.renderMarkdownInLists = true;
		const wait = await park({ rule: 'one', message: 'For **Eve**' });
		await decide(0, 'approve');
		const [[, [json]]] = await goesOn(wait);
		expect(json.outcome).toBe('approved');
	});

	it('are compared by lists when one has decided before another try asks the next', async () => {
		const { appmixer } = used.sandbox;
		appmixer.options.renderMarkdownInLists = true;
		const failing = { method: 'POST', path: /\/tasks$/, status: 400, skip: 1, times: 1 };
		used.sandbox.fault({ ...failing, before: () => void (tasks()[0].status = 'approved') });
		const again = { ...node, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const wait = await park({ rule: 'all', message: 'For **Eve**' }, { node: again });
		expect([wait.run.status, wait.run.tries]).toEqual(['waiting', 2]);
	});

	it('are compared by lists also when one has decided before the last look, or could not be seen in it', async () => {
		const { appmixer } = used.sandbox;
		appmixer.options.renderMarkdownInLists = true;
		let unseen: Fault | undefined;
		appmixer.beforeList = async () => {
			if (unseen || tasks().length < 3) return;
			const query = new RegExp(tasks()[2].taskId);
			unseen = used.sandbox.fault({ method: 'GET', path: /\/tasks$/, query, status: 503 });
			await appmixer.approve(tasks()[0].taskId);
		};
		const wait = await park({ ...TWO_OF_THREE, message: 'For **Eve**' });
		expect([wait.run.status, unseen?.hits]).toEqual(['waiting', 9]);
		unseen?.remove();
		await decide(1, 'approve');
		const [[, [json]]] = await goesOn(wait);
		expect(json.outcome).toBe('approved');
		expect(JSON.stringify(json.votes)).not.toMatch(/lost|edited/);
	});
});

it('W24: twenty approvers in any order, each told twice: the verdict of the rule, once and not before', async () => {
	const people = Array.from({ length: 20 }, (_, n) => `p${n}@example.com`);
	const rule = { rule: 'number', approvalsNeeded: 11, oneRejectionRejects: false };
	const wait = await park({ approver: people.join(), ...rule });
	const [order] = fc.sample(fc.shuffledSubarray([...people.keys()], { minLength: 20 }), {
		...{ seed: FUZZ.seed, numRuns: 1 },
	});
	const [words] = fc.sample(
		fc.array(fc.constantFrom('approve' as const, 'reject' as const), {
			...{ minLength: 20, maxLength: 20 },
		}),
		{ seed: FUZZ.seed, numRuns: 1 },
	);
	const count = (word: string) => tasks().filter(({ status }) => status === word).length;
	let verdict: string | undefined;
	for (let heard = 0; heard < 20; heard += 10) {
		const burst = order.slice(heard, heard + 10);
		await Promise.all(
			burst.flatMap((place) => {
				const told = words[place] === 'approve' ? 'approved' : 'rejected';
				return [decide(place, words[place]), post(place, told)];
			}),
		);
		await sleep(2000);
		await looked();
		if (count('approved') >= 11) verdict ??= 'approved';
		if (count('rejected') > 9) verdict ??= 'rejected';
		const outcomes = wait.resumed.map((outputs) => outputs.flat()[0].json.outcome);
		expect([heard, outcomes]).toEqual([heard, verdict ? [verdict] : []]);
	}
	expect(verdict).toBeDefined();
}, 60_000);

describe('W24: of one approver', () => {
	it('nothing else comes out, and the rule is not looked at', async () => {
		const wait = await park({ approver: ALL[0] });
		await decide(0, 'approve');
		const [[, [json]]] = await goesOn(wait);
		expect(json).toMatchObject({ approved: true, decidedBy: { email: ALL[0] } });
		for (const name of ['votes', 'rule', 'webhookIds']) expect(json).not.toHaveProperty(name);
		expect(used.calls().filter((call) => call.endsWith(' /user'))).toEqual([]);
	});
});

describe('W24: nobody is asked', () => {
	const refused = async (parameters: IDataObject, more = {}) => {
		const { run } = await park(parameters, more);
		expect([run.status, used.writes()]).toEqual(['error', []]);
		return run.error;
	};

	it.each([
		['twice', 'bob@example.com, carol@example.com, bob@example.com'],
		['in capitals', 'bob@example.com, Bob@example.com'],
		['with a tag', 'bob@example.com, bob+2@example.com'],
	])('when one approver is there %s', async (_, approver) => {
		const error = await refused({ approver });
		expect(error?.message).toMatch(/^Nobody was asked: .*(is twice|are one mailbox)/);
	});

	it.each([
		['in a list', '={{ [$json.boss, "bob@example.com"] }}', 'approver 1 of 2'],
		['between commas', 'bob@example.com, ,carol@example.com', 'approver 2 of 3'],
		['at the end', '=bob@example.com,{{ $json.boss }}', 'approver 2 of 2'],
	])('when one approver is empty %s: fewer would approve', async (_, approver, which) => {
		const error = await refused({ approver });
		expect(error?.message).toBe(`Nobody was asked: ${which} is empty`);
	});

	it.each(['bob\u200b@example.com', 'bo\u00adb@example.com'])(
		'when one approver is there twice, with a sign that nobody sees: %j',
		async (other) => {
			const error = await refused({ approver: `bob@example.com, ${other}` });
			expect(error?.message).toMatch(/^Nobody was asked: .*are one mailbox/);
		},
	);

	it('when the requester is an approver but for a sign that nobody sees', async () => {
		const error = await refused({ approver: 'ada\u200b@example.com' });
		expect(error?.message).toBe(
			'Nobody was asked: the requester may not approve their own request',
		);
	});

	it('when there are more than twenty', async () => {
		const people = Array.from({ length: 21 }, (_, n) => `p${n}@example.com`);
		const error = await refused({ approver: people.join() });
		expect(error?.message).toBe('Nobody was asked: 21 approvers are too many: 20 at most');
	});

	it.each([
		['the login is another', { requester: 'eve@example.com' }, /^Nobody was asked: the login ada@/],
		[
			'the login has capitals',
			{ requester: 'Ada@example.com' },
			/^Nobody was asked: the login ada@/,
		],
		[
			'the requester is one of them',
			{ requester: 'bob@example.com' },
			/^Nobody was asked: the req/,
		],
		['the rule cannot be met', { rule: 'number', approvalsNeeded: 4 }, /only 3 can approve/],
		['one is no address', { approver: 'bob@example.com, carol' }, /"carol" is not an e-mail/],
	])('when %s', async (_, parameters, message) => {
		expect((await refused(parameters))?.message).toMatch(message);
	});

	it('when a list of one cannot give the two approvals that are needed', async () => {
		const parameters = { approver: '={{ "bob@example.com" }}', ...TWO_OF_THREE };
		expect((await refused(parameters))?.message).toBe(
			'Number of Approvals is 2, but only 1 can approve',
		);
	});

	it('when Appmixer does not tell whose login it is', async () => {
		used.sandbox.fault({ method: 'GET', path: /^\/user$/, status: 200, body: { id: '1' } });
		expect((await refused({}))?.message).toBe(
			'Nobody was asked: it is not known whether the login would see the answers',
		);
	});
});

describe('W24: after a failure', () => {
	const RETRY = { ...node, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
	const creating = () => used.writes().filter((call) => call.endsWith('/tasks')).length;

	it('in the midst of asking, Retry On Fail asks nobody twice', async () => {
		used.sandbox.fault({ method: 'POST', path: /\/tasks$/, skip: 1, times: 1, status: 429 });
		const { run } = await park({}, { node: RETRY });
		expect([run.status, run.tries, creating()]).toEqual(['waiting', 2, 4]);
		expect(tasks().map(({ approver }) => approver)).toEqual(ALL);
	});

	it('names who was asked, with the task, and how to go on; Retry from the list goes on', async () => {
		const fault = used.sandbox.fault({ method: 'POST', path: /\/tasks$/, skip: 2, status: 429 });
		const { run } = await park();
		const [bob, carol] = tasks();
		expect(run.error?.message).toMatch(
			new RegExp(
				`^Of 3 approvers 2 were asked \\(task ${bob.taskId} for ${ALL[0]}, ${carol.taskId} for ${ALL[1]}\\): `,
			),
		);
		expect(run.error?.description).toMatch(/retry this execution .* Wait for Decisions\.$/);
		fault.remove();
		const again = await park({}, { retryOf: run });
		expect(again.run.status).toBe('waiting');
		expect(tasks().map(({ approver }) => approver)).toEqual(ALL);
	});

	it('in registering, names all of them', async () => {
		used.sandbox.fault({ method: 'POST', path: /\/webhooks$/, status: 400 });
		const { run } = await park({ approver: ALL.slice(0, 2).join() });
		expect(run.error?.message).toMatch(
			/^The approvers were asked, but nobody waits for them \(task /,
		);
		for (const { taskId } of tasks()) expect(run.error?.message).toContain(taskId);
	}, 20_000);
});
