/** @jest-environment ./test/engine/environment.ts */
import type { INodeParameters, IWorkflowSettings } from 'n8n-workflow';

import { byId, NEW_TASK, useSandbox } from './sandboxed';

const used = useSandbox();

const WAIT = { ...NEW_TASK, decisionBy: '' };
const YESTERDAY = '2001-01-01T10:00:00.000Z';
/** Typed empty, n8n itself refuses to run the node; an expression can still come out empty. */
const EMPTY = '={{ "" }}';
const UNKNOWN = '0b54ae17-88c7-4d0e-8f1d-6c2c6a7b1f3e';
const EMAIL_HINT = 'Enter one address, such as ada@example.com.';

interface Bad {
	what: string;
	operation: string;
	parameters: INodeParameters;
	message: string;
	description: string;
	settings?: IWorkflowSettings;
}

const refusedEmail = (operation: string, what: string, value: string): Bad => ({
	what: `${what} e-mail`,
	operation,
	parameters: {
		...(operation === 'task:create' ? NEW_TASK : WAIT),
		approver: value || EMPTY,
	},
	message:
		value === ''
			? 'Approver E-Mail is empty'
			: `Approver E-Mail "${value}" is not an e-mail address`,
	description: value === '' ? 'Enter a value for Approver E-Mail.' : EMAIL_HINT,
});

const refusedDate = (operation: string, value: string, message: string): Bad => ({
	what: `Decision By "${value}"`,
	operation,
	parameters: { ...NEW_TASK, decisionBy: value || EMPTY },
	message,
	description: message.includes('past')
		? 'Pick a date and time in the future. Appmixer makes such a task due at once.'
		: 'Pick a date and time in the future. Appmixer makes a task without one due at once.',
});

const CREATE_AND_WAIT = ['task:create', 'task:sendAndWait'];

const BAD: Bad[] = [
	...CREATE_AND_WAIT.flatMap((operation) => [
		refusedEmail(operation, 'missing', ''),
		refusedEmail(operation, 'malformed', 'bob'),
		refusedEmail(operation, 'local', 'bob@corp'),
		// the gate asks several
		...(operation === 'task:create'
			? [refusedEmail(operation, 'double', 'bob@example.com, eve@example.com')]
			: []),
		refusedDate(operation, YESTERDAY, 'Decision By 2001-01-01T10:00:00.000Z lies in the past'),
		refusedDate(operation, 'next Friday', 'Decision By "next Friday" is not a date'),
		{
			what: 'empty title',
			operation,
			parameters: { ...NEW_TASK, title: '  ' },
			message: 'Title is empty',
			description: 'Enter a value for Title.',
		},
	]),
	refusedDate('task:create', '', 'Decision By is empty'),
	{
		what: 'no task',
		operation: 'task:approve',
		parameters: { taskId: byId(EMPTY) },
		message: 'Task is empty',
		description: 'Enter a value for Task.',
	},
	{
		what: 'nothing to update',
		operation: 'task:update',
		parameters: { taskId: byId(UNKNOWN), updateFields: {} },
		message: 'There is nothing to update',
		description: 'Add at least one field under Update Fields.',
	},
	{
		what: 'a notify URL without a Callback Secret',
		operation: 'task:create',
		parameters: { ...NEW_TASK, options: { notifyUrl: 'https://n8n.example.com/webhook/1' } },
		message: 'Notify Webhook URL needs a Callback Secret',
		description:
			'Enter a Callback Secret in the Appmixer credential of this node and of the trigger: it proves that a call comes from Appmixer.',
	},
	{
		what: 'a notify URL that is none',
		operation: 'task:create',
		parameters: { ...NEW_TASK, options: { notifyUrl: 'my trigger' } },
		message: 'Notify Webhook URL "my trigger" is not a URL',
		description: 'Copy the Production URL from the trigger.',
	},
	{
		what: 'a webhook URL that is none',
		operation: 'webhook:create',
		parameters: { taskId: byId(UNKNOWN), url: 'example.com' },
		message: 'URL "example.com" is not a web address',
		description: 'Start it with https://.',
	},
	{
		what: 'Limit Wait Time in the past',
		operation: 'task:sendAndWait',
		parameters: { ...WAIT, limitType: 'atSpecifiedTime', maxDateAndTime: YESTERDAY },
		message: 'Limit Wait Time lies in the past or is not a time',
		description: 'Set it to a time in the future.',
	},
	{
		what: 'Limit Wait Time without a date',
		operation: 'task:sendAndWait',
		parameters: { ...WAIT, limitType: 'atSpecifiedTime' },
		message: 'Limit Wait Time has no valid Max Date and Time',
		description: 'Pick a date and time.',
	},
	{
		what: 'a limit of no minutes',
		operation: 'task:sendAndWait',
		parameters: { ...WAIT, resumeAmount: 0 },
		message: 'Limit Wait Time lies in the past or is not a time',
		description: 'Set it to a time in the future.',
	},
	{
		what: 'neither a limit nor a date',
		operation: 'task:sendAndWait',
		parameters: { ...WAIT, limitWaitTime: false },
		message: 'Decision By is empty',
		description:
			'Without Limit Wait Time it is needed: Appmixer makes a task without a date due at once.',
	},
];

const creating = () => used.writes().filter((call) => /^(POST|PUT)/.test(call));

it.each(BAD)('$operation refuses $what and asks nobody', async (bad) => {
	const run = await used.run(bad.operation, bad.parameters, { settings: bad.settings });
	expect(run.status).toBe('error');
	expect(run.error).toMatchObject({
		message: bad.message,
		description: bad.description,
		itemIndex: 0,
	});
	expect(creating()).toEqual([]);
});

it('names the item that is bad among several, and creates none', async () => {
	const items = [{ to: 'bob@example.com' }, { to: 'bob' }];
	const run = await used.run(
		'task:create',
		{ ...NEW_TASK, approver: '={{ $json.to }}' },
		{ items },
	);
	expect(run.error).toMatchObject({
		message: 'Approver E-Mail "bob" is not an e-mail address',
		itemIndex: 1,
	});
	expect(creating()).toEqual([]);
});

describe('request approval and wait', () => {
	it('W5: refuses several items and names Loop Over Items', async () => {
		const run = await used.run('task:sendAndWait', WAIT, { items: [{}, {}, {}] });
		expect(run.error).toMatchObject({
			message: 'Nobody was asked: this operation asks one question, but 3 items came in',
			description:
				'For many items create the tasks with Create and use the operation Wait for Decisions. Or put a Loop Over Items node with Batch Size 1 before this node, or turn on Execute Once in the Settings tab.',
			itemIndex: 1,
		});
		expect(used.sandbox.requests).toEqual([]);
	});

	it('W16: refuses a Decision By after the end of the wait', async () => {
		const run = await used.run('task:sendAndWait', NEW_TASK);
		expect(run.error).toMatchObject({
			message: expect.stringMatching(
				/^Decision By 2099-01-01T09:00:00\.000Z is later than the end of Limit Wait Time, /,
			),
			description:
				'An answer after the wait would be lost. Make Decision By earlier, or Limit Wait Time longer.',
			itemIndex: 0,
		});
		expect(creating()).toEqual([]);
	});

	it('W15: refuses a limit beyond the time-out of the workflow', async () => {
		const settings = { executionTimeout: 600 };
		const run = await used.run('task:sendAndWait', WAIT, { settings });
		expect(run.error).toMatchObject({
			message: 'The workflow times out after 600 seconds, before Limit Wait Time ends',
			itemIndex: 0,
		});
		expect(creating()).toEqual([]);
	});

	it('W4: refuses Always Output Data with one output per decision', async () => {
		const run = await used.run(
			'task:sendAndWait',
			{ ...WAIT, outputs: 'perDecision' },
			{ node: { alwaysOutputData: true } },
		);
		expect(run.error?.message).toBe(
			'Always Output Data cannot be used with one output per decision',
		);
		expect(creating()).toEqual([]);
	});

	it('F1: refuses Always Output Data with the error output', async () => {
		const node = { alwaysOutputData: true, onError: 'continueErrorOutput' as const };
		const run = await used.run('task:sendAndWait', WAIT, { node });
		const [success, failed] = run.outputs;
		expect(failed.map(({ json }) => json)).toEqual([
			{ error: 'Always Output Data cannot be used with the error output' },
		]);
		expect(success.map(({ json }) => json)).toEqual([{}]);
		expect(creating()).toEqual([]);
	});

	const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
	const SETTINGS = ['continueRegularOutput', 'continueErrorOutput'] as const;

	it.each(SETTINGS)('F1: fails each of several items by itself (%s)', async (onError) => {
		const items = [{ approved: true }, { approved: true }];
		const node = { onError, ...RETRY };
		const run = await used.run('task:sendAndWait', WAIT, { items, node });
		const failed = run.outputs.flat();
		expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		for (const { json } of failed) expect(json.error).toContain('but 2 items came in');
		expect(run.tries).toBe(1);
	});

	it.each(SETTINGS)('E1: asks again when the service took no request (%s)', async (onError) => {
		used.sandbox.fault({ method: 'POST', path: /\/tasks$/, status: 429, times: 2 });
		const run = await used.run('task:sendAndWait', WAIT, { node: { onError, ...RETRY } });
		expect(run.status).toBe('waiting');
		expect(run.tries).toBe(3);
		expect(used.sandbox.appmixer.tasks).toHaveLength(1);
	});

	it.each(SETTINGS)('E1: is run once when it asked and nothing waits (%s)', async (onError) => {
		used.sandbox.fault({ method: 'POST', path: /\/webhooks$/, status: 500 });
		const run = await used.run('task:sendAndWait', WAIT, { node: { onError, ...RETRY } });
		expect(run.tries).toBe(1);
		expect(String(run.outputs.flat()[0].json.error)).toMatch(/was created, but nothing waits/);
		expect(used.sandbox.appmixer.tasks).toHaveLength(1);
	});

	it('W14: refuses a callback address the service cannot reach', async () => {
		const credential = { ...used.ada, baseUrl: 'https://appmixer.invalid' };
		const run = await used.run('task:sendAndWait', WAIT, { credential });
		expect(run.error).toMatchObject({
			message: 'The service cannot call back to http://127.0.0.1:9',
			description:
				'This address is valid on this machine only, so the answer would never arrive. Set WEBHOOK_URL of n8n to an address that the service can reach.',
		});
	});

	it('refuses an existing task that nobody can see', async () => {
		const parameters = { taskSource: 'existing', taskId: byId(UNKNOWN) };
		const run = await used.run('task:sendAndWait', parameters);
		expect(run.error).toMatchObject({ message: `Task ${UNKNOWN} was not found`, itemIndex: 0 });
		expect(creating()).toEqual([]);
	});
});

describe('decisions', () => {
	const decide = async (taskId: string, secret?: string) =>
		await used.run('task:approve', {
			taskId: byId(taskId),
			...(secret && { options: { secret } }),
		});
	const pending = () => used.sandbox.appmixer.tasks.map(({ status }) => status);

	it('says that an unknown task is unknown', async () => {
		const { error } = await decide(UNKNOWN, 'some-secret');
		expect(error).toEqual({
			name: 'NodeApiError',
			message: `Appmixer does not know what was asked for (HTTP 404): could not approve task ${UNKNOWN}`,
			description:
				'Appmixer said: "Task not found.". Check the Task ID. If every call ends like this, set API Path in the credential, and check that the Tasks connector is installed on the tenant.',
			httpCode: '404',
			itemIndex: 0,
		});
	});

	it('says that a task is decided already', async () => {
		const { appmixer } = used.sandbox;
		const { taskId, approverSecret } = appmixer.createTask();
		await appmixer.reject(taskId);
		const { error } = await decide(taskId, approverSecret);
		expect(error).toMatchObject({
			message: `Appmixer did not accept the values (HTTP 400): could not approve task ${taskId}`,
			description:
				'Appmixer said: "Cannot approve task, already rejected". The task is decided already, and Appmixer lets nobody decide it again: Get shows how. Checked after the failure: the task is already rejected.',
			itemIndex: 0,
		});
		expect(pending()).toEqual(['rejected']);
	});

	it('says that a secret is wrong', async () => {
		const { taskId } = used.sandbox.appmixer.createTask();
		const { error } = await decide(taskId, 'wrong');
		expect(error).toMatchObject({
			message: `Appmixer does not allow this (HTTP 403): could not approve task ${taskId}`,
			description:
				'Appmixer said: "Forbidden". Appmixer allows this to the approver, or with the Approver Secret of that approver. Check the secret. Checked after the failure: the task is still pending.',
			itemIndex: 0,
		});
		expect(pending()).toEqual(['pending']);
	});

	it('says that a secret is missing', async () => {
		const { taskId } = used.sandbox.appmixer.createTask();
		const { error } = await decide(taskId);
		expect(error).toMatchObject({
			message: `Appmixer could not process the request (HTTP 500): could not approve task ${taskId}`,
			description:
				'Appmixer said: "An internal server error occurred". Enter the Approver Secret: without it only the approver\'s own login may do this. Create gives the secret with "Include Approval Links". Checked after the failure: the task is still pending; a decision that is on its way shows later.',
			itemIndex: 0,
		});
		expect(pending()).toEqual(['pending']);
	});
});
