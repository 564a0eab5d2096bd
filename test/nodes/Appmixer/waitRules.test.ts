/** @jest-environment ./test/engine/environment.ts */
import axios from 'axios';
import { parse, stringify } from 'flatted';
import type { IDataObject, INodeParameters, IRunExecutionData } from 'n8n-workflow';

import { engine } from '../../engine';
import { DECISIONS, useLoops } from '../looped';
import { byId, NEW_TASK, PLUGIN, useSandbox } from './sandboxed';

const used = useSandbox();
const open = useLoops(() => ({ type: 'appmixer', credential: used.ada, outputs: DECISIONS }));
const create = (more = {}) => used.sandbox.appmixer.createTask(more);
const task = (more = {}) => create(more).taskId;
const approve = async (id: string) => await used.sandbox.appmixer.approve(id);
const reject = async (id: string) => await used.sandbox.appmixer.reject(id);
const WITHOUT = { options: { wakeUps: false } };
/** What comes now does not come together with the look before. */
const later = () =>
	engine.clockAhead(Date.now() - performance.timeOrigin - performance.now() + 10_000);
type Loop = Awaited<ReturnType<typeof open>>;
const outcomes = (loop: Loop) =>
	DECISIONS.slice(1).map((output) => loop.arrived(output).map(({ json }) => json.outcome));
const ended = (loop: Loop) => [loop.status, ...outcomes(loop)];
const to = (node: string) => ({ node, type: 'main' as const, index: 0 });
const reads = () => used.calls().filter((call) => call.startsWith('GET')).length;

describe('L1: a call only wakes the run up', () => {
	it('a call opens nothing, whatever it says: it causes one look', async () => {
		const id = task();
		const loop = await open([id]);
		const { url } = used.sandbox.appmixer.webhooks[0];
		for (const body of [{ taskId: id, status: 'approved' }, { approved: true, wait: 'x' }, []]) {
			const before = loop.looks;
			later();
			const { status } = await axios.post(url, body, { proxy: false });
			await loop.settled();
			expect([status, loop.status, loop.looks]).toEqual([200, 'waiting', before + 1]);
		}
		expect(outcomes(loop)).toEqual([[], [], []]);
	}, 60_000);

	it('a run that is woken too often is woken by the clock alone', async () => {
		const loop = await open([task()]);
		const woken = loop.stored.replace('"woken":0', '"woken":24');
		expect(woken).not.toBe(loop.stored);
		loop.stored = woken;
		later();
		const { url } = used.sandbox.appmixer.webhooks[0];
		await axios.post(url, {}, { proxy: false });
		await loop.settled();
		const { looks } = loop;
		const { status } = await axios.post(url, {}, { proxy: false });
		await loop.settled();
		expect([status, loop.looks]).toEqual([200, looks]);
	}, 60_000);
});

describe('L2: only what the node itself remembers is believed', () => {
	it('only the ID of the wait and its round go round, and new registrations once', async () => {
		const loop = await open([task()]);
		const [{ webhookId }] = used.sandbox.appmixer.webhooks;
		const uuid = expect.stringMatching(/^[\da-f-]{36}$/);
		expect(parkedItem(loop.stored)).toEqual({ wait: uuid, round: 1, webhookIds: [webhookId] });
		await loop.wake();
		expect(parkedItem(loop.stored)).toEqual({ wait: uuid, round: 2 });
	});

	it('§6: what a stopped run leaves at the service stands in its items, also after calls', async () => {
		const [first, second] = [task(), task()];
		const loop = await open([first, second]);
		const left = used.sandbox.appmixer.webhooks.find(({ taskId }) => taskId === second);
		later();
		await approve(first);
		await loop.settled();
		later();
		await axios.post(left!.url, {}, { proxy: false });
		await loop.settled();
		expect([loop.status, loop.looks]).toEqual(['waiting', 3]);
		expect(registeredIn(loop.stored)).toContain(left!.webhookId);
		await loop.wake();
		expect(registeredIn(loop.stored)).toContain(left!.webhookId);
	}, 60_000);

	it('a field "wait" of an item from elsewhere is just a field', async () => {
		const id = task();
		await approve(id);
		const loop = await engine.openLoop({
			type: 'appmixer',
			credential: used.ada,
			parameters: {
				...{ resource: 'task', operation: 'wait' },
				taskId: { __rl: true, mode: 'id', value: '={{ $json.mine }}' },
			},
			items: [{ mine: task(), wait: 'a-wait', round: 1, isWoken: true, approved: true, id }],
			outputs: DECISIONS,
		});
		expect([loop.status, ...outcomes(loop)]).toEqual(['waiting', [], [], []]);
		await loop.close();
	});

	it('a state in a format of another version is not believed', async () => {
		const loop = await open([task()], WITHOUT);
		const stored = loop.stored.replace('"format":1', '"format":2');
		expect(stored).not.toBe(loop.stored);
		await loop.replay(stored);
		expect([loop.status, loop.error?.message]).toEqual([
			'error',
			'What came back by Check Again is no wait of this node',
		]);
	});

	it.each([
		['an unknown wait', { wait: 'another' }],
		['no wait', {}],
		['an object', { wait: { toString: 'x' } }],
		['a name of every object', { wait: 'constructor' }],
	])('what claims to come by the loop with %s is an error, never a new item', async (_, json) => {
		const id = task();
		await approve(id);
		const loop = await open([task()], WITHOUT);
		const forged = { ...json, id, approved: true };
		const data = loop.stored;
		await loop.replay(replaced(data, forged));
		expect([loop.status, loop.error?.message]).toEqual([
			'error',
			'What came back by Check Again is no wait of this node',
		]);
		expect(outcomes(loop)).toEqual([[], [], []]);
	});

	it.each([
		['alone', { wait: 'a-wait' }],
		['with the mark of a call', { wait: 'a-wait', isWoken: true }],
		['of another type', { wait: 7, round: 1 }],
	])('a field "wait" %s, through the node that the wire goes through', async (_, json) => {
		const id = task();
		const connections = {
			Start: { main: [[to('Pass')]] },
			Node: { main: [[to('Pass')], [to('Approved')], [to('Rejected')], []] },
			Pass: { main: [[to('Node')]] },
		};
		const entered = { ...json, id, approved: true };
		const loop = await open([entered], WITHOUT, { connections, through: ['Pass'] });
		expect([loop.status, ...outcomes(loop)]).toEqual(['waiting', [], [], []]);
		await approve(id);
		await loop.wake();
		expect(outcomes(loop)).toEqual([['approved'], [], []]);
	});

	it('a wire through another node brings the wait back, and that node may have other items', async () => {
		const id = task();
		const loop = await open([id], WITHOUT, {
			through: ['Pass'],
			connections: {
				Start: { main: [[to('Pass')]] },
				Pass: { main: [[to('Node')]] },
				Node: { main: [[to('Pass')], [to('Approved')], [to('Rejected')], [to('No Decision')]] },
			},
		});
		await loop.wake();
		await approve(id);
		await loop.wake();
		expect(ended(loop)).toEqual(['success', ['approved'], [], []]);
	});
});

/** The item that goes round, as n8n stores it. */
function parkedItem(stored: string): IDataObject {
	const { executionData } = parse(stored) as IRunExecutionData;
	return executionData!.nodeExecutionStack[0].data.main[0]![0].json;
}

/** The registrations that the items of the rounds name, as who stops the run sees them. */
function registeredIn(stored: string): unknown[] {
	const { resultData } = parse(stored) as IRunExecutionData;
	const rounds = Object.values(resultData.runData).flat();
	const items = rounds.flatMap(({ data }) => data?.main.flat() ?? []);
	return items.flatMap((item) => item?.json.webhookIds ?? []);
}

/** What n8n stores of a parked run, with another item in place of the one that goes round. */
function replaced(stored: string, json: object): string {
	const values = JSON.parse(stored) as unknown[];
	const place = values.findIndex(
		(value) => typeof value === 'object' && value !== null && 'wait' in value && 'round' in value,
	);
	const added = Object.entries(json).map(([key, value]) => {
		values.push(value);
		return [key, typeof value === 'boolean' ? value : String(values.length - 1)];
	});
	values[place] = Object.fromEntries(added) as object;
	return JSON.stringify(values);
}

describe('L4: a wait leaves once', () => {
	it('an old state of a wait that has left leaves nothing a second time, and says so', async () => {
		const id = task();
		const loop = await open([id], WITHOUT);
		const old = loop.stored;
		await approve(id);
		await loop.wake();
		expect(ended(loop)).toEqual(['success', ['approved'], [], []]);
		await loop.replay(old);
		expect([loop.status, loop.error?.message]).toEqual([
			'error',
			'This wait has ended already, and n8n runs an old state of it again',
		]);
		expect(outcomes(loop)).toEqual([[], [], []]);
	});

	it('nor does it go on to wait: what has left looks no more', async () => {
		const id = task();
		const loop = await open([id], WITHOUT);
		const old = loop.stored;
		await approve(id);
		await loop.wake();
		used.sandbox.fault({ path: /tasks/, status: 503 });
		used.sandbox.requests.clear();
		await loop.replay(old);
		expect([loop.status, used.sandbox.requests.length]).toEqual(['error', 0]);
	});

	it('nor does it with Continue On Fail: neither as approved nor as failed', async () => {
		const id = task();
		engine.logged();
		const loop = await open([id], WITHOUT, { node: { onError: 'continueRegularOutput' } });
		const old = loop.stored;
		await approve(id);
		await loop.wake();
		await loop.replay(old);
		expect(ended(loop)).toEqual(['success', [], [], []]);
		expect(JSON.stringify(engine.logged())).toContain('This wait has ended already');
	});

	it('of calls in one round, one is handed on', async () => {
		const id = task();
		const loop = await open([id]);
		const { url } = used.sandbox.appmixer.webhooks[0];
		later();
		const answers = await Promise.all(
			[1, 2, 3].map(
				async () => await axios.post(url, {}, { proxy: false, validateStatus: () => true }),
			),
		);
		await loop.settled();
		expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
		expect(loop.looks).toBe(2);
	});

	it('an old round of a wait that goes on does nothing', async () => {
		const loop = await open([task()], WITHOUT);
		const first = loop.stored;
		await loop.wake();
		const values = JSON.parse(loop.stored) as unknown[];
		const item = values.find(
			(value) => typeof value === 'object' && value !== null && 'wait' in value && 'round' in value,
		) as { round: number };
		item.round = 1;
		await loop.replay(JSON.stringify(values));
		expect(ended(loop)).toEqual(['success', [], [], []]);
		expect(first).not.toBe(loop.stored);
	});
});

describe('L5: only a wait that goes on leaves by Check Again', () => {
	it('Always Output Data is refused, also where failures go on', async () => {
		for (const onError of ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput']) {
			const loop = await open([task()], WITHOUT, {
				node: { alwaysOutputData: true, onError: onError as 'stopWorkflow' },
			});
			expect(loop.looks).toBe(1);
			expect(loop.waitTill).toBeNull();
			if (onError === 'stopWorkflow') {
				expect(loop.error?.message).toMatch(/^Always Output Data cannot be used/);
			}
		}
	});

	it('a failure goes on by No Decision, as failed and never as approved', async () => {
		const loop = await open(['no-such-task', task()], WITHOUT, {
			node: { onError: 'continueRegularOutput' },
		});
		const [first, second] = loop.arrived('No Decision');
		expect([loop.status, loop.looks]).toEqual(['success', 1]);
		expect(first).toEqual({
			json: {
				...{ approved: false, outcome: 'failed', decidedBy: null, id: 'no-such-task' },
				error: expect.stringMatching(/no-such-task/),
			},
			from: expect.objectContaining({ line: 1 }),
		});
		expect(second.from).toEqual(expect.objectContaining({ line: 2 }));
		expect(outcomes(loop).slice(0, 2)).toEqual([[], []]);
	});

	it('a failure of a later look goes on paired with what came in', async () => {
		const [one, two] = [task(), task()];
		const loop = await open([one, two], WITHOUT, { node: { onError: 'continueRegularOutput' } });
		used.sandbox.appmixer.options.users = [];
		loop.stored = loop.stored.replaceAll('"hasLooked":true', '"hasLooked":false');
		await loop.wake();
		expect(loop.arrived('No Decision').map(({ from }) => from)).toEqual([
			{ id: one, line: 1 },
			{ id: two, line: 2 },
		]);
	});

	it('with the error output it is a fail item for each item', async () => {
		const loop = await open(['no-such-task'], WITHOUT, {
			node: { onError: 'continueErrorOutput' },
			outputs: [...DECISIONS, 'Error'],
		});
		expect(outcomes(loop)).toEqual([[], [], []]);
		expect(loop.arrived('Error').map(({ json }) => json)).toEqual([
			expect.objectContaining({ error: expect.stringMatching(/no-such-task/) }),
		]);
		expect(loop.looks).toBe(1);
	});

	it('what has failed has left: an old state of it leaves nothing', async () => {
		const id = task();
		const loop = await open([id], WITHOUT, { node: { onError: 'continueRegularOutput' } });
		const old = loop.stored;
		await loop.replay(loop.stored);
		expect(ended(loop)).toEqual(['success', [], [], ['failed']]);
		await approve(id);
		loop.stored = old;
		loop.waitTill = new Date(Date.now() + 60_000);
		await loop.wake();
		expect(ended(loop)).toEqual(['success', [], [], []]);
	});

	it('a process whose clock is behind goes on with the wait, and sleeps no longer for it', async () => {
		const id = task();
		const loop = await open([id]);
		const { url } = used.sandbox.appmixer.webhooks[0];
		engine.clockAhead(-90_000);
		const before = performance.now();
		await axios.post(url, {}, { proxy: false });
		await loop.settled();
		expect([loop.status, loop.error]).toEqual(['waiting', null]);
		expect(performance.now() - before).toBeLessThan(20_000);
		engine.clockAhead(-200_000);
		await loop.replay(loop.stored);
		expect([loop.status, loop.error]).toEqual(['waiting', null]);
	}, 120_000);

	it('a node that is run again at once, with no wait in between, stops', async () => {
		const loop = await open([task()], WITHOUT);
		await loop.replay(loop.stored);
		expect(loop.error?.message).toMatch(/^This node was run again at once/);
	});
});

describe('L14: near its next look a wait is not woken where a node behind it can wait', () => {
	const BEHIND = {
		gate: { operation: 'sendAndWait', ...NEW_TASK },
		wait: { operation: 'wait', taskId: byId('1') },
		other: { operation: 'get', taskId: byId('1') },
	};
	/** A wait with another node behind it, which an approval does not reach. */
	const before = async (behind: keyof typeof BEHIND, parameters = {}, disabled = false) => {
		const id = task();
		const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
		const connections = {
			Start: { main: [to('Node')] },
			Node: { main: [to('Node'), to('Approved'), to('Beside'), to('No Decision')] },
		};
		const credentials = { appmixerApi: { id: '1', name: 'Sandbox' } };
		const beside = [{ parameters: { resource: 'task', ...BEHIND[behind] }, credentials, disabled }];
		const loop = await open([id], parameters, { connections, beside });
		expect([loop.status, loop.error]).toEqual(['waiting', null]);
		later();
		return { loop, id, due: loop.waitTill };
	};

	it.each(['gate', 'wait'] as const)('the clock looks: %s', async (behind) => {
		const { loop, id, due } = await before(behind);
		await approve(id);
		await loop.settled();
		expect(used.sandbox.appmixer.deliveries.map(({ status }) => status)).toEqual([200]);
		expect([loop.status, loop.waitTill, loop.looks]).toEqual(['waiting', due, 1]);
		await loop.wake();
		expect(ended(loop)).toEqual(['success', ['approved'], [], []]);
	});

	it.each([
		['no node behind it waits', 'other', {}, false],
		['the one that does is turned off', 'gate', {}, true],
		['its look is far', 'gate', { lookAgain: 'fixed', lookMinutes: 60 }, false],
	] as const)('a call does where %s', async (_, behind, parameters, disabled) => {
		const { loop, id } = await before(behind, parameters, disabled);
		await approve(id);
		await loop.settled();
		expect(ended(loop)).toEqual(['success', ['approved'], [], []]);
	});

	it('the timer of a look that a call came before wakes it once more, which is no wrong wire', async () => {
		const id = task();
		const loop = await open([id]);
		const due = loop.waitTill!;
		await axios.post(used.sandbox.appmixer.webhooks[0].url, {}, { proxy: false });
		await loop.settled();
		expect(loop.status).toBe('waiting');
		engine.clockAhead(due.getTime() - performance.timeOrigin - performance.now());
		const state = parse(loop.stored) as IRunExecutionData;
		const waits = state.executionData!.contextData['node:Node'].waits as Record<
			string,
			IDataObject
		>;
		for (const wait of Object.values(waits)) wait.parkedAt = due.getTime();
		await loop.replay(stringify(state));
		expect([loop.status, loop.error]).toEqual(['waiting', null]);
		await loop.replay(loop.stored);
		expect(loop.error?.message).toMatch(/^This node was run again at once/);
	});
});

describe('L6: looks are limited', () => {
	it('refuses more than 100 tasks', async () => {
		const loop = await open(
			Array.from({ length: 101 }, (_, place) => `task-${place}`),
			WITHOUT,
		);
		expect(loop.error?.message).toBe('101 tasks are too many for one wait: 100 at most');
		expect(used.calls()).toEqual([]);
	});

	it('says so when it must look less often than set', async () => {
		const loop = await open([task()], {
			...{ ...WITHOUT, lookAgain: 'fixed', lookMinutes: 1 },
			...{ resumeAmount: 30, resumeUnit: 'days' },
		});
		expect(loop.hints.join()).toMatch(/% longer than set/);
	});
});

describe('L7: a look reads as little as it can', () => {
	it('one task is one request a look', async () => {
		const loop = await open([task()], WITHOUT);
		for (let more = 0; more < 30; more++) create();
		used.sandbox.requests.clear();
		await loop.wake();
		expect(reads()).toBe(1);
	});

	it('several of few tasks are read from the list, several of many one by one, as the first look chose', async () => {
		const ids = Array.from({ length: 6 }, () => task());
		const few = await open(ids, WITHOUT);
		const many = Array.from({ length: 700 }, () => task());
		const chosen = await open(many.slice(0, 3), WITHOUT);
		used.sandbox.requests.clear();
		await chosen.wake();
		expect(reads()).toBe(3);
		used.sandbox.requests.clear();
		await few.wake();
		expect(used.calls().every((call) => call === `GET ${PLUGIN}/tasks`)).toBe(true);
		expect(used.sandbox.requests.some(({ query }) => 'filter' in query)).toBe(false);
	});

	it('what is decided is not read again', async () => {
		const [one, two] = [task(), task()];
		const loop = await open([one, two], WITHOUT);
		await approve(one);
		await loop.wake();
		used.sandbox.requests.clear();
		await loop.wake();
		expect(reads()).toBe(1);
		await approve(two);
		await loop.wake();
		expect(ended(loop)).toEqual(['success', ['approved', 'approved'], [], []]);
	});
});

describe('L8: a wait outlives a bad night', () => {
	const failing = (status: number, times?: number) =>
		used.sandbox.fault({ path: /\/tasks$/, status, times });

	it.each([429, 500, 502, 503])(
		'a look that meets %d is skipped, counted and told',
		async (status) => {
			const id = task();
			const loop = await open([id], WITHOUT);
			const fault = failing(status);
			await loop.wake();
			await loop.wake();
			expect([loop.status, loop.hints.join()]).toEqual([
				'waiting',
				expect.stringMatching(/^2 looks failed so far, and the wait went on/),
			]);
			fault.remove();
			await approve(id);
			await loop.wake();
			expect(ended(loop)).toEqual(['success', ['approved'], [], []]);
		},
		120_000,
	);

	it('a first look that fails and passes ends no wait: a person is asked already', async () => {
		const id = task();
		const fault = failing(503);
		const loop = await open([id], WITHOUT);
		fault.remove();
		expect(loop.status).toBe('waiting');
		await approve(id);
		await loop.wake();
		expect(ended(loop)).toEqual(['success', ['approved'], [], []]);
	}, 60_000);

	it.each([401, 403])('%d ends a wait at its first look, and later none', async (status) => {
		const id = task();
		const loop = await open([id], WITHOUT);
		const fault = failing(status);
		const second = await open([id], WITHOUT);
		expect(second.status).toBe('error');
		await loop.wake();
		expect([loop.status, loop.hints.join()]).toEqual([
			'waiting',
			expect.stringMatching(/^One look failed so far/),
		]);
		fault.remove();
		await approve(id);
		await loop.wake();
		expect(ended(loop)).toEqual(['success', ['approved'], [], []]);
	});

	it('what is not weather is logged at once, as an error', async () => {
		const loop = await open([task()], WITHOUT);
		failing(401);
		engine.logged();
		await loop.wake();
		expect(JSON.stringify(engine.logged())).toMatch(/error.*A look failed, and the wait goes on/);
	});

	it('a credential that was deleted ends it: no look can be good again', async () => {
		const loop = await open([task()], WITHOUT);
		loop.deleteCredential();
		await loop.wake();
		expect(loop.status).toBe('error');
	});

	it('F14: one task that cannot be read is told, logged, and named when the time is over', async () => {
		const [hidden, there] = [task(), task()];
		const loop = await open([hidden, there], {
			...WITHOUT,
			resumeAmount: 3,
			resumeUnit: 'minutes',
		});
		used.sandbox.fault({ path: /tasks$/, query: new RegExp(hidden), status: 503 });
		engine.logged();
		await loop.wake();
		const told = `Task ${hidden} could not be read at this look`;
		expect(loop.hints).toEqual([expect.stringContaining(told)]);
		expect(JSON.stringify(engine.logged())).toContain(told);
		await approve(there);
		for (let looks = 0; loop.status === 'waiting' && looks < 9; looks++) await loop.wake();
		expect(ended(loop)).toEqual(['success', ['approved'], [], ['timedOut']]);
		expect(loop.arrived('No Decision')[0].json.unread).toBeGreaterThan(1);
	}, 60_000);

	it('a look in which no task can be read has failed', async () => {
		const loop = await open([task()], WITHOUT);
		failing(503);
		await loop.wake();
		expect(loop.hints).toEqual([expect.stringMatching(/^One look failed so far/)]);
	});

	it('a task that is gone is cancelled, after two looks', async () => {
		const [gone, there] = [task(), task()];
		const loop = await open([gone, there], WITHOUT);
		const { tasks } = used.sandbox.appmixer;
		tasks.splice(
			tasks.findIndex(({ taskId }) => taskId === gone),
			1,
		);
		await loop.wake();
		await approve(there);
		await loop.wake();
		expect(ended(loop)).toEqual(['success', ['approved'], [], ['cancelled']]);
	});
});

describe('L9: what was asked is what is approved', () => {
	const edit = (id: string, change: object) =>
		Object.assign(
			used.sandbox.appmixer.tasks.find(({ taskId }) => taskId === id)!,
			change,
		);

	it.each([
		['title', { title: 'Yachts' }],
		['description', { description: 'For me' }],
		['approver', { approver: 'carol@example.com' }],
	])('an edited %s is no approval, and both texts come out', async (part, change) => {
		const id = task({ title: 'Laptops', description: 'For the team' });
		const loop = await open([id], WITHOUT);
		await approve(id);
		edit(id, change);
		await loop.wake();
		const [{ json }] = loop.arrived('No Decision');
		expect(json).toMatchObject({ approved: false, outcome: 'changed', edited: [part] });
		expect([json.asked, json.found]).toEqual([
			expect.not.objectContaining({ [part]: Object.values(change)[0] }),
			expect.objectContaining({ [part]: Object.values(change)[0] }),
		]);
	});

	it('so is one that another asks for now', async () => {
		const id = task({ requester: 'bob@example.com', approver: 'ada@example.com' });
		const loop = await open([id], WITHOUT);
		await approve(id);
		edit(id, { requester: 'carol@example.com' });
		await loop.wake();
		const [{ json }] = loop.arrived('No Decision');
		expect(json).toMatchObject({ outcome: 'changed', edited: ['requester'] });
	});

	it('an option accepts the edit, and both texts come out', async () => {
		const id = task({ title: 'Laptops' });
		const loop = await open([id], { options: { wakeUps: false, whenEdited: 'accept' } });
		await approve(id);
		edit(id, { title: 'Yachts' });
		await loop.wake();
		const [{ json }] = loop.arrived('Approved');
		expect(json).toMatchObject({
			...{ approved: true, outcome: 'approved', title: 'Yachts', edited: ['title'] },
			...{ asked: { title: 'Laptops' }, found: { title: 'Yachts' } },
		});
	});
});

describe('L9: with bundle 1.1.0', () => {
	it('the description is compared as lists render it, so that nothing seems edited', async () => {
		used.sandbox.appmixer.options.renderMarkdownInLists = true;
		const id = task({ description: 'For the **team**' });
		const loop = await open([id]);
		later();
		await approve(id);
		await loop.settled();
		expect(ended(loop)).toEqual(['success', ['approved'], [], []]);
	});
});

describe('L10: the deadline', () => {
	it('that is nearly there is not so near that n8n would come back at once', async () => {
		const loop = await open([task()], {
			...{ ...WITHOUT, lookAgain: 'fixed', lookMinutes: 60 },
			...{ resumeAmount: 30, resumeUnit: 'minutes' },
		});
		loop.waitTill = new Date(loop.waitTill!.getTime() - 2000);
		await loop.wake();
		expect(loop.waitTill.getTime() - Date.now()).toBeGreaterThan(4000);
	});

	it('the last look counts an approval that came before the deadline, and none after it', async () => {
		const [before, after, none] = [task(), task(), task()];
		const loop = await open([before, after, none], {
			...{ ...WITHOUT, lookAgain: 'fixed', lookMinutes: 60 },
			...{ resumeAmount: 30, resumeUnit: 'minutes' },
		});
		const deadline = loop.waitTill!.getTime();
		const decided = (id: string, when: number) =>
			Object.assign(
				used.sandbox.appmixer.tasks.find(({ taskId }) => taskId === id)!,
				{
					status: 'approved',
					decisionMade: new Date(when),
				},
			);
		decided(before, deadline - 1000);
		decided(after, deadline + 1000);
		await loop.wake();
		expect(ended(loop)).toEqual(['success', ['approved'], [], ['timedOut', 'timedOut']]);
		expect(loop.arrived('No Decision').map(({ json }) => [json.id, json.approved])).toEqual([
			[after, false],
			[none, false],
		]);
	});

	it('what was decided before stays so when the service is away at the last look', async () => {
		const [one, two] = [task(), task()];
		const loop = await open([one, two], {
			...WITHOUT,
			...{ resumeAmount: 2, resumeUnit: 'minutes' },
		});
		await approve(one);
		await loop.wake();
		used.sandbox.fault({ path: /\/tasks$/, status: 503 });
		await loop.wake();
		expect(ended(loop)).toEqual(['success', ['approved'], [], ['timedOut']]);
	}, 60_000);

	it('a limit beyond a time-out is refused: the workflow’s, and the one n8n has for all', async () => {
		const own = await open([task()], WITHOUT, { settings: { executionTimeout: 3600 } });
		expect(own.error?.message).toMatch(/^The workflow times out after 3600 seconds/);
		const all = await open([task()], WITHOUT, { stopsAt: Date.now() + 3_600_000 });
		expect(all.error?.message).toMatch(/^n8n stops every run after 3600 seconds/);
		const short = { ...WITHOUT, resumeAmount: 30, resumeUnit: 'minutes' };
		const fits = await open([task()], short, { stopsAt: Date.now() + 3_600_000 });
		expect(fits.status).toBe('waiting');
		expect(used.sandbox.appmixer.webhooks).toEqual([]);
	});
});

describe('L11: registrations', () => {
	it('when a wait fails they are deleted, too', async () => {
		const loop = await open([task()]);
		expect(used.sandbox.appmixer.webhooks).toHaveLength(1);
		// at once, which no wait is
		await loop.replay(loop.stored);
		expect([loop.status, used.sandbox.appmixer.webhooks]).toEqual(['error', []]);
	});

	it.each([
		['two seconds later, when the service has saved it', 10_000, 2000, 4000],
		['five seconds after the look before, together with other calls', 0, 4000, 7000],
	])('T8: a call makes it look %s', async (_, ahead, least, most) => {
		const loop = await open([task()]);
		if (ahead > 0) later();
		const [{ url }] = used.sandbox.appmixer.webhooks;
		const calledAt = performance.now();
		await axios.post(url, {}, { proxy: false });
		await loop.settled();
		const took = performance.now() - calledAt;
		expect([loop.looks, took > least, took < most]).toEqual([2, true, true]);
	});

	it('after Retry the wake-up is registered with the address of the new run', async () => {
		const id = task();
		const loop = await open([id]);
		const [before] = used.sandbox.appmixer.webhooks.map(({ url }) => url);
		await loop.retry();
		const urls = used.sandbox.appmixer.webhooks.map(({ url }) => url);
		expect(urls).toHaveLength(1);
		expect(urls[0]).not.toBe(before);
		later();
		await approve(id);
		await loop.settled();
		expect(ended(loop)).toEqual(['success', ['approved'], [], []]);
	});

	it('at the end the registrations are deleted; one that cannot be is logged', async () => {
		const [one, two] = [task(), task()];
		const loop = await open([one, two], { resumeAmount: 1, resumeUnit: 'minutes' });
		expect(used.sandbox.appmixer.webhooks).toHaveLength(2);
		engine.logged();
		used.sandbox.fault({ method: 'DELETE', path: /\/webhooks\//, status: 500, times: 1 });
		await loop.wake();
		expect(ended(loop)).toEqual(['success', [], [], ['timedOut', 'timedOut']]);
		const { webhooks } = used.sandbox.appmixer;
		expect(webhooks).toHaveLength(1);
		const lines = JSON.stringify(engine.logged());
		expect(lines).toContain(`webhook ${webhooks[0].webhookId} could not be deleted`);
	});

	it('a task that is due is registered again, since Appmixer calls once', async () => {
		const id = task({ decisionBy: new Date(Date.now() + 60_000) });
		const loop = await open([id], { resumeAmount: 1, resumeUnit: 'hours' });
		await used.sandbox.clock.advance(120_000);
		await loop.settled();
		expect([loop.status, used.sandbox.appmixer.webhooks.length]).toEqual(['waiting', 2]);
		later();
		await approve(id);
		await loop.settled();
		expect(ended(loop)).toEqual(['success', ['approved'], [], []]);
	});

	it('a registration that fails ends nothing: it looks by the clock, and says so', async () => {
		const id = task();
		const fault = used.sandbox.fault({ method: 'POST', path: /\/webhooks$/, status: 500 });
		const loop = await open([id]);
		expect([loop.status, loop.hints.join()]).toEqual([
			'waiting',
			expect.stringMatching(/^Not every task can wake this run up/),
		]);
		fault.remove();
		await loop.wake();
		expect(used.sandbox.appmixer.webhooks).toHaveLength(1);
	});
});

describe('L12: the wire', () => {
	const back = { main: [[to('Node')]] };

	it('two wires that lead back are refused: each wait would come back twice', async () => {
		const connections = {
			Start: { main: [[to('Node')]] },
			Node: { main: [[to('Node'), to('Pass')], [to('Approved')], [to('Rejected')], []] },
			Pass: { main: [[to('Node')]] },
		};
		const loop = await open([task()], WITHOUT, { connections, through: ['Pass'] });
		expect(loop.error?.message).toBe('Nobody was waited for: Check Again leads back by 2 wires');
		expect(used.calls()).toEqual([]);
	});

	it('a second wire that leads elsewhere is none that leads back', async () => {
		const connections = {
			Start: { main: [[to('Node')]] },
			Node: { main: [[to('Node'), to('Pass')], [to('Approved')], [to('Rejected')], []] },
		};
		const id = task();
		const loop = await open([id], WITHOUT, { connections, through: ['Pass'] });
		await loop.wake();
		await approve(id);
		await loop.wake();
		expect(outcomes(loop)).toEqual([['approved'], [], []]);
	});

	it.each([
		[
			'a node that leads back by two',
			{ Pass: { main: [[to('One'), to('Two')]] }, One: back, Two: back },
		],
		['a node with two outputs', { Pass: { main: [[to('Node')], [to('Node')]] } }],
	])('two wires that lead back through %s are refused', async (_, more) => {
		const connections = {
			Start: { main: [[to('Node')]] },
			Node: { main: [[to('Pass')], [to('Approved')], [to('Rejected')], []] },
			...more,
		};
		const loop = await open([task()], WITHOUT, { connections, through: ['Pass', 'One', 'Two'] });
		expect(loop.error?.message).toBe('Nobody was waited for: Check Again leads back by 2 wires');
	});

	it.each([
		['Rejected', [[to('Node')], [to('Approved')], [to('Node')], []], {}],
		[
			'the error output',
			[[to('Node')], [], [], [], [to('Node')]],
			{ onError: 'continueErrorOutput' },
		],
		['No Decision', [[to('Node')], [], [], [to('Node')]], { onError: 'continueRegularOutput' }],
	] as const)(
		'%s that leads straight back is refused, and nothing runs in circles',
		async (_, main, node) => {
			engine.logged();
			const connections = {
				Start: { main: [[to('Node')]] },
				Node: { main: main.map((wires) => [...wires]) },
			};
			const outputs = [...DECISIONS, 'Error'];
			const loop = await open([task()], WITHOUT, { connections, node, outputs });
			expect(used.calls()).toEqual([]);
			expect([loop.status === 'waiting', loop.looks <= 2]).toEqual([false, true]);
			const said = JSON.stringify([loop.error?.message, engine.logged(), loop.stored]);
			expect(said).toContain('another output than Check Again');
		},
	);

	describe('on a host that shows a node no wires', () => {
		const type = engine.nodeTypeOf('appmixer');
		const { execute } = type;
		beforeEach(() => {
			type.execute = async function () {
				const hidden = { connectionsBySourceNode: { value: undefined } };
				const { workflow } = this as unknown as { workflow: object };
				const context = { workflow: { value: Object.create(workflow, hidden) as object } };
				return await execute!.call(Object.create(this, context) as typeof this);
			};
		});
		afterEach(() => void (type.execute = execute));

		it('a wait goes on and ends as it does elsewhere', async () => {
			const id = task();
			const loop = await open([id], WITHOUT);
			expect([loop.error, loop.status]).toEqual([null, 'waiting']);
			await loop.wake();
			await approve(id);
			await loop.wake();
			expect([...ended(loop), loop.looks]).toEqual(['success', ['approved'], [], [], 3]);
		});

		it('a forgotten wire ends the run at the next look, and nothing is approved', async () => {
			const id = task();
			const connections = {
				Start: back,
				Node: { main: [[], [to('Approved')], [to('Rejected')], [to('No Decision')]] },
			};
			const loop = await open([id], WITHOUT, { connections });
			await approve(id);
			await loop.wake();
			expect([loop.error, ...ended(loop)]).toEqual([null, 'success', [], [], []]);
		});

		it('what has left and comes straight back is dropped and logged', async () => {
			const id = task();
			const main = [[to('Node')], [to('Approved')], [to('Node')], []];
			const connections = { Start: back, Node: { main } };
			const loop = await open([id], WITHOUT, { connections });
			await reject(id);
			engine.logged();
			await loop.wake();
			expect([loop.status, loop.error, loop.looks]).toEqual(['success', null, 3]);
			expect(JSON.stringify(engine.logged())).toContain('is not waited for again');
		});
	});

	it('an item that a node of the wire makes in place of the wait is an error, not a new question', async () => {
		const id = task();
		const connections = {
			Start: { main: [[to('Pass')]] },
			Pass: { main: [[to('Node')]] },
			Node: { main: [[to('Pass')], [to('Approved')], [to('Rejected')], []] },
		};
		const loop = await open([id], WITHOUT, { connections, through: ['Pass'] });
		await loop.replay(replaced(loop.stored, { id, line: 1 }));
		expect([loop.status, loop.error?.message]).toEqual([
			'error',
			'What came back by Check Again is no wait of this node',
		]);
	});

	it('a forgotten wire is refused before anything is read', async () => {
		const connections = {
			Start: { main: [[to('Node')]] },
			Node: { main: [[to('Approved')], [to('Approved')], [to('Rejected')], []] },
		};
		const loop = await open([task()], {}, { connections });
		expect(loop.error?.message).toBe('Nobody was waited for: Check Again leads nowhere');
		expect(used.calls()).toEqual([]);
	});
});

describe('groups', () => {
	const rules = (rule: object) => ({ ...WITHOUT, grouping: 'all', ...rule });

	it('two of three: approved with the second approval, and the votes come out', async () => {
		const ids = [task(), task({ approver: 'carol@example.com' }), task()];
		const loop = await open(ids, rules({ rule: 'number', approvalsNeeded: 2 }));
		await approve(ids[0]);
		await loop.wake();
		expect(loop.status).toBe('waiting');
		await approve(ids[1]);
		await loop.wake();
		const [{ json, from }] = loop.arrived('Approved');
		expect(json).toEqual({
			...{ approved: true, outcome: 'approved', group: null },
			rule: { needed: 2, veto: true },
			votes: [
				expect.objectContaining({
					task: ids[0],
					approver: 'bob@example.com',
					decision: 'approved',
				}),
				expect.objectContaining({
					...{ task: ids[1], approver: 'carol@example.com', decision: 'approved' },
					decidedAt: expect.stringMatching(/Z$/),
				}),
				expect.objectContaining({ task: ids[2], decision: null, decidedAt: null }),
			],
		});
		expect(from).toEqual(ids.map((id, place) => ({ id, line: place + 1 })));
	});

	it('a group of one has its name, its rule and its vote, and the record of its task', async () => {
		const ids = [task(), task(), task()];
		const items = ids.map((id, place) => ({ id, order: place === 2 ? 'B' : 'A' }));
		const grouped = { ...WITHOUT, grouping: 'field', groupField: 'order', rule: 'one' };
		const loop = await open([], grouped, { items });
		for (const id of ids) await approve(id);
		await loop.wake();
		expect(loop.arrived('Approved').map(({ json }) => json)).toEqual([
			expect.objectContaining({ group: 'A', votes: [expect.anything(), expect.anything()] }),
			expect.objectContaining({
				...{ group: 'B', id: ids[2], outcome: 'approved', approved: true },
				votes: [expect.objectContaining({ task: ids[2], decision: 'approved' })],
			}),
		]);
	});

	it('what people read as one value is one group; what is no value belongs to none', async () => {
		const ids = [task(), task(), task()];
		const orders = [7, '7', '7 '];
		const items = ids.map((id, place) => ({ id, order: orders[place] }));
		const grouped = { ...WITHOUT, grouping: 'field', groupField: 'order', rule: 'all' };
		const loop = await open([], grouped, { items });
		for (const id of ids) await approve(id);
		await loop.wake();
		expect(loop.arrived('Approved').map(({ json }) => (json.votes as unknown[]).length)).toEqual([
			3,
		]);
		const none = await open([], grouped, { items: [{ id: task(), order: NaN }] });
		expect(none.error?.message).toMatch(/no value in "order"/);
	});

	it('by a field: each order has its own answer, and all leave together', async () => {
		const ids = [task(), task(), task()];
		const loop = await open(
			[],
			{ ...WITHOUT, grouping: 'field', groupField: 'order.number', rule: 'one' },
			{
				items: ids.map((id, place) => ({
					id,
					line: place,
					order: { number: place === 2 ? 8 : 7 },
				})),
			},
		);
		await approve(ids[1]);
		await reject(ids[2]);
		await loop.wake();
		expect(outcomes(loop)).toEqual([['approved'], ['rejected'], []]);
		expect(loop.arrived('Approved')[0].json.group).toBe(7);
	});

	it('L15: by a field each order has its own rule, of which all its items tell the same', async () => {
		const ids = [task(), task(), task(), task()];
		const items = ids.map((id, place) => ({
			id,
			order: place < 2 ? 7 : 8,
			needed: place < 2 ? 1 : 2,
		}));
		const grouped = { grouping: 'field', groupField: 'order', rule: 'number' };
		const each = { ...WITHOUT, ...grouped, approvalsNeeded: '={{ $json.needed }}' };
		const loop = await open([], { ...each, oneRejectionRejects: false }, { items });
		await approve(ids[0]);
		await approve(ids[2]);
		await reject(ids[1]);
		await loop.wake();
		expect(loop.status).toBe('waiting');
		await reject(ids[3]);
		await loop.wake();
		expect(outcomes(loop)).toEqual([['approved'], ['rejected'], []]);
		expect(loop.arrived('Rejected')[0].json).toMatchObject({ group: 8, rule: { needed: 2 } });
	});

	it.each<[string, INodeParameters]>([
		['Approvals Needed', { rule: 'number', approvalsNeeded: '={{ $json.own }}' }],
		['Approvals Needed', { oneRejectionRejects: '={{ $json.own === 1 }}' }],
		['When Edited', { options: { whenEdited: "={{ $json.own > 1 ? 'noDecision' : 'accept' }}" } }],
		['Limit Wait Time', { resumeAmount: '={{ $json.own }}' }],
		['Minutes Between Looks', { lookAgain: 'fixed', lookMinutes: '={{ $json.own }}' }],
	])('L15: %s that an item has of its own is refused: %j', async (name, parameters) => {
		const items = [1, 1, 2].map((own) => ({ id: task(), own }));
		const all = { grouping: 'all', limitWaitTime: true, resumeUnit: 'days', ...parameters };
		const loop = await open([], all, { items });
		expect(loop.error).toMatchObject({ message: `${name} is not what it is for item 0` });
		expect([loop.status, used.calls()]).toEqual(['error', []]);
	});

	it('more approvals than a group has tasks are refused with the name of the group', async () => {
		const items = [7, 7, 7, 8, 8].map((order) => ({ id: task(), order }));
		const grouped = { grouping: 'field', groupField: 'order', rule: 'number', approvalsNeeded: 3 };
		const { error } = await open([], grouped, { items });
		expect(error?.message).toContain('is 3, but only 2 can approve in group 8');
		expect(error).toMatchObject({ itemIndex: 3 });
	});

	it.each([
		['order.number', { 'order.number': 7 }],
		["['order no'].number", { 'order no': { number: 7 } }],
		['orders[1].number', { orders: [{ number: 6 }, { number: 7 }] }],
	])('by a field as the editor writes it: %s', async (groupField, json) => {
		const items = [task(), task()].map((id) => ({ id, ...json }));
		const grouped = { ...WITHOUT, grouping: 'field', groupField, rule: 'one' };
		const loop = await open([], grouped, { items });
		await approve(items[0].id);
		await loop.wake();
		expect(loop.arrived('Approved').map(({ json: { group } }) => group)).toEqual([7]);
	});

	it.each([
		['two of three', { rule: 'number', approvalsNeeded: 2 }, 1],
		['one', { rule: 'one' }, 0],
		['all', { rule: 'all' }, 0],
	])('tells of a person who is asked twice where %s must approve', async (_, rule, hints) => {
		const people = ['bob@example.com', 'bob+x@example.com', 'carol@example.com'];
		const ids = people.map((approver) => task({ approver }));
		const loop = await open(ids, rules(rule));
		const told = loop.hints.filter((hint) => hint.includes('bob@example.com decides 2 of 3 tasks'));
		expect([loop.status, told.length]).toEqual(['waiting', hints]);
		expect(loop.hints).toHaveLength(hints);
	});

	it('tells of it also when the first look failed', async () => {
		const ids = [task(), task()];
		const fault = used.sandbox.fault({ path: /\/tasks$/, status: 503 });
		const loop = await open(ids, rules({ rule: 'number', approvalsNeeded: 2 }));
		fault.remove();
		await loop.wake();
		expect(loop.hints.join()).toContain('bob@example.com decides 2 of 2 tasks');
	});

	it.each([
		['the same task twice', ['A', 'A'], {}, /^Items 0 and 1 are the same task/],
		[
			'more approvals than tasks',
			['A', 'B'],
			{ rule: 'number', approvalsNeeded: 3 },
			/only 2 can approve/,
		],
		['no value to group by', ['A', 'B'], { grouping: 'field', groupField: 'x' }, /no value in "x"/],
	])('%s is refused before anything is read', async (_, ids, parameters, message) => {
		const loop = await open(ids, rules(parameters));
		expect(loop.error?.message).toMatch(message);
		expect(used.calls()).toEqual([]);
	});
});

describe('who may approve', () => {
	it('W23: an approver with capital letters is told of, whoever made the task', async () => {
		const loop = await open([task({ approver: 'Bob@Example.com' }), task()], WITHOUT);
		const told = expect.stringMatching(/^The approver "Bob@Example.com" has capital letters/);
		expect([loop.status, loop.hints]).toEqual(['waiting', [told]]);
		await loop.wake();
		expect(loop.hints).toEqual([]);
		const taskId = { __rl: true, mode: 'id', value: task({ approver: 'Bob@Example.com' }) };
		const existing = { taskSource: 'existing', taskId };
		expect((await used.run('task:sendAndWait', existing)).hints).toEqual([told]);
	});

	it('a task that is found only later to be the requester’s own is changed, and costs the others nothing', async () => {
		const [own, other] = [task({ approver: 'ada@example.com' }), task()];
		const rule = { path: /tasks$/, query: new RegExp(own), status: 503 };
		const fault = used.sandbox.fault(rule);
		const loop = await open([own, other], WITHOUT);
		expect(loop.status).toBe('waiting');
		fault.remove();
		await approve(own);
		await approve(other);
		await loop.wake();
		expect(ended(loop)).toEqual(['success', ['approved'], [], ['changed']]);
	});

	it.each([
		['the same address', 'ada@example.com'],
		['capital letters', 'Ada@Example.com'],
		['a +tag', 'ada+approvals@example.com'],
		['dots', 'a.da@example.com'],
	])('not the requester, by %s', async (_, approver) => {
		const id = task({ approver });
		const refused = await open([id], WITHOUT);
		expect(refused.error?.message).toBe('The requester may not approve their own request');
		const allowed = await open([id], {
			options: { wakeUps: false, requesterMayApprove: true },
		});
		expect(allowed.status).toBe('waiting');
	});
});

it('an AI agent’s tool is refused', async () => {
	const loop = await open([task()], WITHOUT, {
		node: { type: 'n8n-nodes-task-approvals.appmixerHitlTool' },
	});
	expect(loop.error?.message).toBe('An AI agent cannot wait with this operation');
});
