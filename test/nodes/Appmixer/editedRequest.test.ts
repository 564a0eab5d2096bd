/** @jest-environment ./test/engine/environment.ts */
import axios from 'axios';
import { sleep, type IDataObject } from 'n8n-workflow';

import { engine, type Wait } from '../../engine';
import { byId, NEW_TASK, useSandbox } from './sandboxed';

const used = useSandbox();
const guarded = { typeVersion: 1.1 };
const ASK = { resource: 'task', operation: 'sendAndWait', ...NEW_TASK, decisionBy: '' };
const TEXT = { message: 'For **Eve**' };
const ACCEPT = { options: { whenEdited: 'accept' } };
const open: Wait[] = [];

async function park(parameters = {}, node = guarded): Promise<Wait> {
	const wait = await engine.openWait({
		credential: used.ada,
		parameters: { ...ASK, ...TEXT, ...parameters },
		node,
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

/** Waits for a task that is there; read by its secret it need not be one of the login's. */
async function parkExisting(people: object = {}, parameters = {}, node = guarded) {
	const task = used.sandbox.appmixer.createTask({ description: 'For **Eve**', ...people });
	const wait = await park(
		{
			...{ taskSource: 'existing', taskId: byId(task.taskId) },
			options: { secret: task.approverSecret },
			...parameters,
		},
		node,
	);
	return { wait, task };
}

const newest = () => used.sandbox.appmixer.tasks.at(-1)!;
const itemsOf = ({ resumed }: Wait) =>
	resumed.map((outputs) => outputs.map((items) => items.map(({ json }) => json)));
const asked = {
	...{ title: 'Three laptops', description: 'For **Eve**' },
	...{ approver: 'bob@example.com', requester: 'ada@example.com' },
};

const EDITS = [
	['title', { title: 'Thirty laptops' }],
	['description', { description: 'For **Mallory**' }],
	['approver', { approver: 'carol@example.com' }],
	['requester', { requester: 'carol@example.com' }],
] as const;

describe('W25: an approval of what was not asked', () => {
	it.each(EDITS)('is no decision: %s', async (part, edit) => {
		const wait = await park();
		Object.assign(newest(), edit);
		await used.sandbox.appmixer.approve(newest().taskId);
		const [[[json], approved, rejected]] = itemsOf(wait);
		expect([approved, rejected]).toEqual([[], []]);
		expect(json).toMatchObject({
			...{ approved: false, outcome: 'changed', decidedBy: null, data: { approved: false } },
			...{ edited: [part], asked, found: { ...asked, ...edit } },
		});
	});

	it.each(EDITS)(
		'is one where edits are accepted, and both texts come out: %s',
		async (part, edit) => {
			const wait = await park(ACCEPT);
			Object.assign(newest(), edit);
			await used.sandbox.appmixer.approve(newest().taskId);
			const [[, [json]]] = itemsOf(wait);
			expect(json).toMatchObject({
				...{ approved: true, outcome: 'approved' },
				...{ edited: [part], asked, found: { ...asked, ...edit } },
			});
		},
	);

	it('is one in version 1, without a word', async () => {
		const wait = await park({}, { typeVersion: 1 });
		Object.assign(newest(), { title: 'Thirty laptops', approver: 'ada@example.com' });
		await used.sandbox.appmixer.approve(newest().taskId);
		const [[[json]]] = itemsOf(wait);
		expect(json).toMatchObject({ approved: true, title: 'Thirty laptops' });
		for (const name of ['edited', 'asked', 'found']) expect(json).not.toHaveProperty(name);
	});

	it('is none, though edits are accepted, where the requester has become the approver', async () => {
		const wait = await park(ACCEPT);
		newest().approver = 'Ada+1@example.com';
		await used.sandbox.appmixer.approve(newest().taskId);
		expect(itemsOf(wait)[0][0][0]).toMatchObject({ approved: false, outcome: 'changed' });
	});

	it('is told as it is when nothing but line ends and trailing blanks differ', async () => {
		const wait = await park({ message: 'One\ntwo\nthree' });
		newest().description = 'One  \r\ntwo\rthree\n';
		await used.sandbox.appmixer.approve(newest().taskId);
		const [[, [json]]] = itemsOf(wait);
		expect(json.outcome).toBe('approved');
		expect(json).not.toHaveProperty('found');
	});

	it('a rejection stays one', async () => {
		const wait = await park();
		newest().title = 'Thirty laptops';
		await used.sandbox.appmixer.reject(newest().taskId);
		const [[, , [json]]] = itemsOf(wait);
		expect(json).toMatchObject({ outcome: 'rejected', edited: ['title'] });
	});

	it('is found at the last look before parking', async () => {
		used.sandbox.appmixer.beforeList = async () => {
			Object.assign(newest(), { title: 'Thirty laptops', mtime: new Date(Date.now() + 1000) });
		};
		const { run } = await park();
		expect(run.status).toBe('success');
		expect(run.outputs[0][0].json).toMatchObject({
			...{ approved: false, outcome: 'changed', edited: ['title'] },
			webhookId: used.sandbox.appmixer.webhooks[0].webhookId,
		});
	});

	it('edited at the last look, where that is accepted, is parked as it was asked', async () => {
		used.sandbox.appmixer.beforeList = async () => {
			Object.assign(newest(), { title: 'Thirty laptops', mtime: new Date(Date.now() + 1000) });
		};
		const wait = await park(ACCEPT);
		await used.sandbox.appmixer.approve(newest().taskId);
		expect(itemsOf(wait)[0][1][0]).toMatchObject({ asked, found: { title: 'Thirty laptops' } });
	});
});

describe('W25: an existing task', () => {
	const edit = { title: 'Thirty laptops' };

	it('is compared with what was found when the wait began', async () => {
		const { wait, task } = await parkExisting();
		Object.assign(task, edit);
		await used.sandbox.appmixer.approve(task.taskId);
		expect(itemsOf(wait)[0][0][0]).toMatchObject({ outcome: 'changed', found: edit });
	});

	describe('where lists render the text', () => {
		beforeEach(() => void (used.sandbox.appmixer.options.renderMarkdownInLists = true));

		it.each([
			['the login sees', {}],
			['the secret sees', { requester: 'eve@example.com' }],
		])('is approved when nothing was edited, and %s', async (_, people) => {
			const { wait, task } = await parkExisting(people);
			expect(wait.run.outputs.flat()[0].json.description).toContain('<strong>Eve</strong>');
			await used.sandbox.appmixer.approve(task.taskId);
			const [[, [json]]] = itemsOf(wait);
			expect(json).toMatchObject({ outcome: 'approved', description: 'For **Eve**' });
			expect(json).not.toHaveProperty('found');
		});

		it('is changed when the text was edited', async () => {
			const { wait, task } = await parkExisting();
			task.description = 'For **Mallory**';
			await used.sandbox.appmixer.approve(task.taskId);
			expect(itemsOf(wait)[0][0][0]).toMatchObject({
				...{ outcome: 'changed', edited: ['description'] },
				found: { description: 'For **Mallory**' },
			});
		});

		it('waits on, answering 503, while it cannot be read', async () => {
			const { wait, task } = await parkExisting();
			const fault = used.sandbox.fault({ method: 'GET', path: /\/tasks$/, status: 401 });
			await used.sandbox.appmixer.approve(task.taskId);
			expect(used.sandbox.appmixer.deliveries.at(-1)?.status).toBe(503);
			expect(wait.resumed).toEqual([]);
			fault.remove();
			await used.sandbox.clock.advance(10 * 60_000);
			expect(itemsOf(wait)[0][1][0]).toMatchObject({ outcome: 'approved' });
		});

		it('counts as edited when its credential was deleted, and it cannot be compared', async () => {
			const { wait, task } = await parkExisting();
			wait.run.parked.credentials.stored.deleted = true;
			await used.sandbox.appmixer.approve(task.taskId);
			expect(itemsOf(wait)[0][0][0]).toMatchObject({ outcome: 'changed' });
		});

		it('is not read where edits are accepted and it cannot be', async () => {
			const secret = used.sandbox.appmixer.secretOf('bob@example.com');
			const { wait, task } = await parkExisting({}, { options: { ...ACCEPT.options, secret } });
			used.sandbox.fault({ method: 'GET', path: /\/tasks$/, status: 401 });
			await used.sandbox.appmixer.approve(task.taskId);
			expect(itemsOf(wait)[0][1][0]).toMatchObject({ outcome: 'approved' });
		});

		it('a new one is approved as it was sent', async () => {
			const wait = await park();
			await used.sandbox.appmixer.approve(newest().taskId);
			expect(itemsOf(wait)[0][1][0]).toMatchObject({ outcome: 'approved' });
		});
	});
});

it('W25: a long text that an earlier try has sent is known to the next one, from the list too', async () => {
	const fault = used.sandbox.fault({ method: 'POST', path: /\/webhooks$/, status: 400 });
	const message = 'For **Eve** '.repeat(500);
	const failed = await used.run(
		'task:sendAndWait',
		{ ...NEW_TASK, decisionBy: '', message },
		{ node: guarded },
	);
	expect(failed.status).toBe('error');
	fault.remove();
	const wait = await engine.openWait({
		...{ credential: used.ada, parameters: { ...ASK, message }, node: guarded },
		retryOf: failed,
	});
	open.push(wait);
	expect(used.sandbox.appmixer.tasks).toHaveLength(1);
	await used.sandbox.appmixer.approve(newest().taskId);
	expect(itemsOf(wait)[0][1][0]).toMatchObject({ outcome: 'approved' });
});

describe('W25: after a try that could not register', () => {
	beforeEach(() => void (used.sandbox.appmixer.options.renderMarkdownInLists = true));

	it.each([
		['one', {}, 3],
		['several', { approver: 'bob@example.com, carol@example.com', rule: 'one' }, 6],
	])('what %s were asked is as it was, in lists that render it', async (_, asking, times) => {
		used.sandbox.fault({ method: 'POST', path: /\/webhooks$/, status: 400, times });
		const node = { ...guarded, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const wait = await park(asking, node);
		expect([wait.run.status, wait.run.tries]).toEqual(['waiting', 2]);
		await used.sandbox.appmixer.approve(used.sandbox.appmixer.tasks[0].taskId);
		for (const end = Date.now() + 8000; wait.resumed.length === 0 && Date.now() < end;)
			await sleep(50);
		expect(itemsOf(wait)[0][1][0]).toMatchObject({ outcome: 'approved' });
	});
});

describe('W25: of several', () => {
	const goesOn = async (wait: Wait) => {
		for (const end = Date.now() + 8000; wait.resumed.length === 0 && Date.now() < end;)
			await sleep(50);
		return itemsOf(wait);
	};
	const SEVERAL = { approver: 'bob@example.com, carol@example.com, dan@example.com' };
	const two = { ...SEVERAL, rule: 'number', approvalsNeeded: 2, oneRejectionRejects: false };

	it('an edited task gives no vote, and the others may be enough', async () => {
		const wait = await park(two);
		const { appmixer } = used.sandbox;
		appmixer.tasks[0].title = 'Thirty laptops';
		for (const { taskId } of appmixer.tasks) await appmixer.approve(taskId);
		const [[, [json]]] = await goesOn(wait);
		expect(json).toMatchObject({ approved: true, outcome: 'approved' });
		const [edited, ...votes] = json.votes as IDataObject[];
		expect(edited).toMatchObject({
			...{ lost: 'changed', edited: ['title'], asked, found: { title: 'Thirty laptops' } },
		});
		for (const vote of votes) expect(vote).not.toHaveProperty('found');
	});

	it('too many edited are no decision', async () => {
		const wait = await park({ ...two, rule: 'all' });
		const { appmixer } = used.sandbox;
		appmixer.tasks[2].description = 'For **Mallory**';
		await appmixer.approve(appmixer.tasks[0].taskId);
		expect((await goesOn(wait))[0][0][0]).toMatchObject({ approved: false, outcome: 'changed' });
	});
});

it('W7: When Edited and Requester May Approve take no expressions', () => {
	const options = engine
		.nodeTypeOf('appmixer')
		.description.properties.filter(
			({ name, displayOptions }) =>
				name === 'options' && displayOptions?.show?.operation?.includes('sendAndWait'),
		)
		.flatMap((field) => field.options ?? [])
		.filter(({ name }) => ['whenEdited', 'requesterMayApprove'].includes(name));
	expect(options).toHaveLength(2);
	for (const option of options) expect(option).toMatchObject({ noDataExpression: true });
});

it('notes in the execution what was asked and what came of it, where the host lets it', async () => {
	const wait = await park();
	const { resultData } = wait.run.parked.data;
	const { taskId } = newest();
	expect(resultData.metadata).toEqual({
		...{ taskId, approver: 'bob@example.com', outcome: 'timedOut' },
	});
	await axios.post(
		used.sandbox.appmixer.webhooks[0].url,
		{ ...newest(), status: 'approved' },
		{ proxy: false },
	);
	expect(resultData.metadata?.outcome).toBe('approved');
});
