import type { INodeParameters } from 'n8n-workflow';

import { ADA, BOB } from '../../sandbox';
import { openStage, type Stage } from './appmixerStage';

jest.setTimeout(120_000);

let stage: Stage;
beforeAll(async () => {
	stage = await openStage({}, { apiPath: 'plugin' });
});
afterAll(async () => await stage?.close());

const NEW = {
	...{ title: 'Three laptops', requester: ADA.email, approver: BOB.email },
	decisionBy: '2099-01-02T03:04:05.000Z',
};
const fromItem = (names: string[]) =>
	Object.fromEntries(names.map((name) => [name, `={{ $json.${name} }}`]));
const CREATE = { resource: 'task', operation: 'create', ...fromItem(Object.keys(NEW)) };

/** What is wrong with the second of two new tasks, and what n8n stores as message and description. */
const NEW_TASKS: Array<[string, object, string, string]> = [
	[
		'no approver',
		{ approver: '' },
		'Approver E-Mail is empty',
		'Enter a value for Approver E-Mail.',
	],
	[
		'a malformed requester',
		{ requester: 'ada at example' },
		'Requester E-Mail "ada at example" is not an e-mail address',
		'Enter one address, such as ada@example.com.',
	],
	[
		'two approvers',
		{ approver: 'bob@example.com, carol@example.com' },
		'Approver E-Mail "bob@example.com, carol@example.com" is not an e-mail address',
		'Enter one address, such as ada@example.com.',
	],
	[
		'a past date',
		{ decisionBy: '2020-01-01T00:00:00Z' },
		'Decision By 2020-01-01T00:00:00.000Z lies in the past',
		'Pick a date and time in the future. Appmixer makes such a task due at once.',
	],
	[
		'a malformed date',
		{ decisionBy: '01/02/2099' },
		'Decision By "01/02/2099" is not a date',
		'Pick a date and time in the future. Appmixer makes a task without one due at once.',
	],
	[
		'no date',
		{ decisionBy: '' },
		'Decision By is empty',
		'Pick a date and time in the future. Appmixer makes a task without one due at once.',
	],
	['an empty title', { title: '  ' }, 'Title is empty', 'Enter a value for Title.'],
];

it.each(NEW_TASKS)(
	'E9: create with %s in the second item creates nothing at all',
	async (_name, wrong, message, description) => {
		const { error, execution } = await stage.run(CREATE, { items: [NEW, { ...NEW, ...wrong }] });
		expect(execution.status).toBe('error');
		expect(error).toMatchObject({ message, description, context: { itemIndex: 1 } });
		expect(stage.sandbox.requests).toEqual([]);
		expect(stage.sandbox.appmixer.tasks).toEqual([]);
	},
);

it('create with Notify Webhook URL but no Callback Secret creates nothing', async () => {
	const options = { notifyUrl: 'https://n8n.example.com/webhook/x' };
	const { error } = await stage.run({ ...CREATE, options }, { items: [NEW] });
	expect(error).toMatchObject({
		message: 'Notify Webhook URL needs a Callback Secret',
		description: expect.stringContaining('Enter a Callback Secret in the Appmixer credential'),
		context: { itemIndex: 0 },
	});
	expect(stage.sandbox.requests).toEqual([]);
});

it('create says what to check when Appmixer itself refuses the values', async () => {
	const item = { ...NEW, approver: 'bob@corp.internal' };
	const { error } = await stage.run(CREATE, { items: [item] });
	expect(error).toMatchObject({
		message: 'Appmixer did not accept the values (HTTP 400): could not create the task',
		description:
			'Appmixer said: "Invalid request payload input". Check the fields: real e-mail addresses with a known top-level domain, and a date in Decision By.',
	});
	expect(stage.sandbox.appmixer.tasks).toEqual([]);
});

describe('one existing task', () => {
	const UNKNOWN = '0b54ae17-88c7-4d0e-8f1d-6c2c6a7b1f3e';
	const byItem = { __rl: true, mode: 'id', value: '={{ $json.taskId }}' };

	/** Runs over a good task and then a wrong one. */
	async function second(parameters: INodeParameters, wrong: object, good: object = {}) {
		const { taskId, approverSecret } = stage.sandbox.appmixer.createTask();
		const all = { resource: 'task', taskId: byItem, ...parameters };
		const items = [
			{ taskId, secret: approverSecret, ...good },
			{ secret: '', ...wrong },
		];
		return await stage.run(all, { items });
	}
	const secret = { options: { secret: '={{ $json.secret }}' } };

	it.each([
		['get', {}],
		['approve', secret],
		['reject', secret],
		['update', { updateFields: { title: 'New' }, ...secret }],
	])('%s of no task asks nothing', async (operation, more) => {
		const { error } = await second({ operation, ...more }, { taskId: ' ' });
		expect(error).toMatchObject({
			message: 'Task is empty',
			description: 'Enter a value for Task.',
			context: { itemIndex: 1 },
		});
		expect(stage.sandbox.requests).toEqual([]);
	});

	it('get of an unknown task', async () => {
		const { error } = await second({ operation: 'get' }, { taskId: UNKNOWN });
		expect(error).toMatchObject({
			message: `Task ${UNKNOWN} was not found`,
			description:
				'Appmixer shows a task only to its approver and its requester. Check the Task ID, or enter the Approver or Requester Secret in Options.',
			context: { itemIndex: 1 },
		});
	});

	it.each(['..', '.'])(
		'approve of an ID that is a path, "%s", asks nothing for it',
		async (path) => {
			const { error } = await second({ operation: 'approve', ...secret }, { taskId: path });
			expect(error).toMatchObject({
				message: `Task "${path}" is not an ID`,
				description: 'Enter a plain ID, without slashes, blanks or an address around it.',
				context: { itemIndex: 1 },
			});
			expect(stage.sandbox.requests).toEqual([]);
		},
	);

	it.each(['approve', 'reject'])('%s of an unknown task names what was done', async (operation) => {
		const { error } = await second({ operation, ...secret }, { taskId: UNKNOWN, secret: 'x' });
		expect(error).toMatchObject({
			message: `Appmixer does not know what was asked for (HTTP 404): could not ${operation} task ${UNKNOWN}`,
			description: expect.stringContaining('Appmixer said: "Task not found.". Check the Task ID.'),
			context: { itemIndex: 1 },
		});
		expect(error?.description).toContain('Items already done, not to be repeated: 0.');
	});

	it.each([
		['approve', 'approve', 'Cannot approve task, already approved'],
		['reject', 'approve', 'Cannot reject task, already approved'],
		['approve', 'reject', 'Cannot approve task, already rejected'],
	] as const)('%s of a task after %s', async (operation, before, said) => {
		const { taskId, approverSecret } = stage.sandbox.appmixer.createTask();
		await stage.sandbox.appmixer[before](taskId);
		const { error } = await second({ operation, ...secret }, { taskId, secret: approverSecret });
		expect(error).toMatchObject({
			message: `Appmixer did not accept the values (HTTP 400): could not ${operation} task ${taskId}`,
			description: expect.stringContaining(`Appmixer said: "${said}".`),
			context: { itemIndex: 1 },
		});
	});

	it.each([
		['a wrong secret', 'wrong', 403, 'Check the secret.'],
		['no secret', '', 500, 'Enter the Approver Secret: without it only the approver'],
	])('approve and update with %s', async (_name, given, status, advice) => {
		const { taskId } = stage.sandbox.appmixer.createTask({ title: 'Untouched' });
		for (const parameters of [
			{ operation: 'approve' },
			{ operation: 'update', updateFields: { title: 'New' } },
		]) {
			const { error } = await second({ ...parameters, ...secret }, { taskId, secret: given });
			expect(error?.message).toContain(`(HTTP ${status}): could not ${parameters.operation}`);
			expect(error?.description).toContain(advice);
			expect(error?.context.itemIndex).toBe(1);
		}
		const stored = stage.sandbox.appmixer.tasks.find((task) => task.taskId === taskId);
		expect(stored).toMatchObject({ title: 'Untouched', status: 'pending' });
	});

	it.each([
		['nothing', {}, 'There is nothing to update'],
		['an empty title', { title: '' }, 'Title is empty'],
		[
			'a past date',
			{ decisionBy: '2020-01-01T00:00:00Z' },
			'Decision By 2020-01-01T00:00:00.000Z lies in the past',
		],
		['a malformed e-mail', { approver: 'bob@' }, 'Approver E-Mail "bob@" is not an e-mail address'],
	])('update with %s asks nothing', async (_name, updateFields, message) => {
		const { error } = await second({ operation: 'update', updateFields }, { taskId: UNKNOWN });
		expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
		expect(stage.sandbox.requests).toEqual([]);
	});
});

it.each([0, 21, 1.5])('E9: Items in Parallel of %s is refused', async (itemsInParallel) => {
	const parameters = { resource: 'task', operation: 'count', options: { itemsInParallel } };
	const { error } = await stage.run(parameters);
	expect(error?.message).toBe(
		`Items in Parallel "${itemsInParallel}" is not a whole number from 1 to 20`,
	);
	expect(stage.sandbox.requests).toEqual([]);
});

it('a Raw Filter that is none is refused', async () => {
	const filters = { filter: 'pending' };
	const { error } = await stage.run({ resource: 'task', operation: 'getAll', filters });
	expect(error).toMatchObject({
		message: 'Raw Filter "pending" is not field:value',
		description: 'Write it as status:pending, several with commas.',
		context: { itemIndex: 0 },
	});
	expect(stage.sandbox.requests).toEqual([]);
});
