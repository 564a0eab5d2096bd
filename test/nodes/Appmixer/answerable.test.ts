/** @jest-environment ./test/engine/environment.ts */
import type { IDataObject } from 'n8n-workflow';

import { engine, type Trigger } from '../../engine';
import { byId, NEW_TASK, PLUGIN, useSandbox } from './sandboxed';

const used = useSandbox();
const LARGE = 'x'.repeat(70_000);
const WAIT = { ...NEW_TASK, decisionBy: '' };
const { title, requester, approver } = NEW_TASK;
const EMPTY = {
	title,
	requester,
	approver,
	decisionBy: '2099-01-01T09:00:00.000Z',
	description: '',
};
const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

/** A description with which the question has 61,440 bytes as JSON, or so many more. */
function filling(letter: string, over = 0): string {
	const room = 61_440 + over - bytesOf(EMPTY);
	const each = bytesOf(letter) - '""'.length;
	return letter.repeat(Math.floor(room / each)) + 'x'.repeat(room % each);
}

describe('F4: a question that is too large for its answer', () => {
	it('is not asked by the gate: the error names the field, the size and what to do', async () => {
		const run = await used.run('task:sendAndWait', { ...WAIT, message: LARGE });
		expect(run.error?.message).toBe('Message is too long: the decision could not be received');
		expect(run.error?.description).toMatch(
			/^The service sends the task back with the decision: 70\d{3} bytes, of which 70002 are its Message\. At most 61440 can be received\. Shorten it, or put the text elsewhere and a link to it here\.$/,
		);
		expect(used.calls()).toEqual([]);
	});

	it('is not asked when it is the title that is long', async () => {
		const run = await used.run('task:sendAndWait', { ...WAIT, title: LARGE });
		expect(run.error?.message).toBe('Title is too long: the decision could not be received');
		expect(used.calls()).toEqual([]);
	});

	it.each(['x', '審', '😀', '"', '\u0001'])(
		'is measured in bytes as the service sends them: %j',
		async (letter) => {
			const gate = { ...NEW_TASK, limitWaitTime: false };
			const fits = await used.run('task:sendAndWait', { ...gate, message: filling(letter) });
			expect(fits.status).toBe('waiting');
			const over = await used.run('task:sendAndWait', { ...gate, message: filling(letter, 1) });
			expect(over.error?.message).toMatch(/^Message is too long/);
			expect(used.sandbox.appmixer.tasks).toHaveLength(1);
		},
	);

	it('is heard when it is as large as may be asked, on the day it is decided', async () => {
		const wait = await engine.openWait({
			credential: used.ada,
			parameters: {
				...{ resource: 'task', operation: 'sendAndWait', ...NEW_TASK, limitWaitTime: false },
				message: filling('審'),
			},
		});
		await used.sandbox.appmixer.approve(used.sandbox.appmixer.tasks[0].taskId);
		expect(used.sandbox.appmixer.deliveries.map(({ status }) => status)).toEqual([200]);
		expect(wait.resumed).toHaveLength(1);
		await wait.close();
	});

	it('is not asked by the human-review tool either', async () => {
		const run = await used.run(
			'task:sendAndWait',
			{ ...WAIT, message: LARGE },
			{ type: 'appmixerHitlTool' },
		);
		expect(run.error?.message).toMatch(/^Message is too long/);
		expect(used.calls()).toEqual([]);
	});

	it('is not waited for when it is there already; one that is decided is answered', async () => {
		const { appmixer } = used.sandbox;
		const { taskId } = appmixer.createTask({ description: LARGE });
		const existing = { taskSource: 'existing', taskId: byId(taskId) };
		const run = await used.run('task:sendAndWait', existing);
		expect(run.error?.message).toBe(
			`Task ${taskId} is too large: its decision could not be received`,
		);
		expect(run.error?.description).toMatch(
			/of which 70002 are its description\. At most 61440 can be received\. Its approver can shorten it with Update, or the Appmixer People Task Polling Trigger notices the decision\.$/,
		);
		expect(used.writes()).toEqual([]);
		await appmixer.approve(taskId);
		const decided = await used.run('task:sendAndWait', existing);
		expect(decided.outputs[0][0].json).toMatchObject({ approved: true });
	});

	it('is made by Create where nobody is to be told, and not where the trigger is', async () => {
		const large = { ...NEW_TASK, description: LARGE };
		const plain = await used.run('task:create', large);
		expect(plain.status).toBe('success');
		const credential = { ...used.ada, callbackSecret: 'a secret of our own' };
		const notify = { options: { notifyUrl: 'https://n8n.example.com/webhook/1' } };
		const run = await used.run('task:create', { ...large, ...notify }, { credential });
		expect(run.error?.message).toBe('Description is too long: the decision could not be received');
		expect(run.error?.itemIndex).toBe(0);
		expect(used.writes()).toEqual([`POST ${PLUGIN}/tasks`]);
	});
});

describe('F4: the webhook trigger', () => {
	let trigger: Trigger;
	afterEach(async () => await trigger.close());
	const open = async (parameters: IDataObject, test = false) =>
		(trigger = await engine.openTrigger({
			parameters: { events: ['approved'], ...parameters } as never,
			credential: used.ada,
			test,
		}));

	it('refuses to watch a selected task whose decision it could not hear, and names it', async () => {
		const { appmixer } = used.sandbox;
		const { taskId } = appmixer.createTask({ description: LARGE });
		const other = appmixer.createTask();
		await open({ watch: 'selected', taskIds: `${other.taskId}, ${taskId}` });
		await expect(trigger.create()).rejects.toThrow(
			`Task ${taskId} is too large: its decision could not be received`,
		);
		expect(appmixer.webhooks).toEqual([]);
	});

	it.each([false, true])(
		'watches all other open tasks, and tells of the one it skips; test: %s',
		async (test) => {
			const { appmixer } = used.sandbox;
			const { taskId } = appmixer.createTask({ description: LARGE });
			const other = appmixer.createTask();
			await open({}, test);
			engine.logged();
			await trigger.create();
			expect(appmixer.webhooks.map((webhook) => webhook.taskId)).toEqual([other.taskId]);
			expect(engine.logged()).toEqual([
				expect.stringContaining(
					`warn Task ${taskId} is too large: its decision could not be received. It is not watched.`,
				),
			]);
		},
	);
});
