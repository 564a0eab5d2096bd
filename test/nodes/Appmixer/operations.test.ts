/** @jest-environment ./test/engine/environment.ts */
import type { INodeParameters } from 'n8n-workflow';

import type { Flavour, RecordedRequest, Task } from '../../../sandbox';
import { engine } from '../../engine';
import { byId, LEGACY, NEW_TASK, openSandbox, PLUGIN, type Sandboxed } from './sandboxed';

const WEBHOOK_URL = 'https://example.com/decided';
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** What every request of an operation must look like, and what comes out. */
interface Case {
	operation: string;
	parameters(task: Task, secret: string): INodeParameters;
	request: Record<Flavour, (task: Task, secret: string) => Partial<RecordedRequest>>;
	output(task: Task): unknown;
}

const ALICE = { id: null, name: null, email: 'ada@example.com' };
const BOB = { id: null, name: null, email: 'bob@example.com' };

const record = (task: Task, more: object = {}) => ({
	id: task.taskId,
	title: 'Three laptops',
	description: null,
	status: 'pending',
	state: 'open',
	decision: null,
	requester: ALICE,
	assignee: BOB,
	dueAt: '2099-01-01T10:00:00.000Z',
	createdAt: expect.stringMatching(ISO),
	updatedAt: expect.stringMatching(ISO),
	decidedAt: null,
	url: null,
	source: 'appmixer',
	...more,
});

const both = (
	make: (prefix: string, task: Task, secret: string) => Partial<RecordedRequest>,
): Case['request'] => ({
	plugin: (task, secret) => make(PLUGIN, task, secret),
	legacy: (task, secret) => make(LEGACY, task, secret),
});

const decision = (verb: 'approve' | 'reject', status: string): Case => ({
	operation: `task:${verb}`,
	parameters: ({ taskId }, secret) => ({ taskId: byId(taskId), options: { secret } }),
	request: both((prefix, { taskId }, secret) => ({
		method: 'PUT',
		path: `${prefix}/tasks/${taskId}/${verb}`,
		query: {},
		body: { secret },
	})),
	output: (task) =>
		record(task, {
			status,
			state: 'done',
			decision: status,
			decidedAt: expect.stringMatching(ISO),
		}),
});

const CASES: Case[] = [
	{
		operation: 'task:create',
		parameters: () => ({ ...NEW_TASK, title: ' Three laptops ', description: 'For **Eve**' }),
		request: both((prefix) => ({
			method: 'POST',
			path: `${prefix}/tasks`,
			query: {},
			body: {
				title: 'Three laptops',
				description: 'For **Eve**',
				requester: 'ada@example.com',
				approver: 'bob@example.com',
				// ten o'clock in Prague
				decisionBy: '2099-01-01T09:00:00.000Z',
			},
		})),
		output: (task) =>
			record(task, {
				id: expect.any(String),
				description: 'For **Eve**',
				dueAt: '2099-01-01T09:00:00.000Z',
			}),
	},
	{
		operation: 'task:get',
		parameters: ({ taskId }) => ({ taskId: byId(taskId) }),
		request: {
			plugin: ({ taskId }) => ({
				method: 'GET',
				path: `${PLUGIN}/tasks`,
				query: { filter: `taskId:${taskId}`, limit: '1' },
				rawBody: '',
			}),
			legacy: ({ taskId }, secret) => ({
				method: 'GET',
				path: `${LEGACY}/tasks/${taskId}`,
				query: { secret },
				rawBody: '',
			}),
		},
		output: (task) => record(task),
	},
	{
		operation: 'task:getAll',
		parameters: () => ({
			limit: 7,
			filters: { role: 'requester', status: 'pending', titleContains: 'laptops (3)?' },
			options: { sortBy: 'title', sortDirection: '1', exclude: ['description', 'mtime'] },
		}),
		request: both((prefix) => ({
			method: 'GET',
			path: `${prefix}/tasks`,
			query: {
				role: 'requester',
				filter: 'status:pending',
				pattern: 'laptops \\(3\\)\\?',
				projection: '-description,-mtime',
				sort: 'title:1',
				limit: '100',
				offset: '0',
			},
			rawBody: '',
		})),
		output: () => undefined,
	},
	{
		operation: 'task:count',
		parameters: () => ({ filters: { status: 'pending' } }),
		request: both((prefix) => ({
			method: 'GET',
			path: `${prefix}/tasks-count`,
			query: { filter: 'status:pending' },
			rawBody: '',
		})),
		output: () => ({ count: 1 }),
	},
	{
		operation: 'task:update',
		parameters: ({ taskId }, secret) => ({
			taskId: byId(taskId),
			updateFields: { title: 'Four laptops', decisionBy: '2098-07-01 10:00:00' },
			options: { secret },
		}),
		request: both((prefix, { taskId }, secret) => ({
			method: 'PUT',
			path: `${prefix}/tasks/${taskId}`,
			query: { secret },
			body: { title: 'Four laptops', decisionBy: '2098-07-01T08:00:00.000Z' },
		})),
		output: (task) => record(task, { title: 'Four laptops', dueAt: '2098-07-01T08:00:00.000Z' }),
	},
	decision('approve', 'approved'),
	decision('reject', 'rejected'),
	{
		operation: 'webhook:create',
		parameters: ({ taskId }) => ({ taskId: byId(taskId), url: WEBHOOK_URL }),
		request: both((prefix, { taskId }) => ({
			method: 'POST',
			path: `${prefix}/webhooks`,
			query: {},
			body: { taskId, url: WEBHOOK_URL },
		})),
		output: ({ taskId }) =>
			expect.objectContaining({
				id: expect.any(String),
				taskId,
				url: WEBHOOK_URL,
				status: 'pending',
			}),
	},
	{
		operation: 'webhook:delete',
		parameters: () => ({ webhookId: 'some-webhook' }),
		request: {
			plugin: () => ({ method: 'DELETE', path: `${PLUGIN}/webhooks/some-webhook`, rawBody: '' }),
			// the documented verb, after DELETE was answered 404
			legacy: () => ({ method: 'GET', path: `${LEGACY}/webhooks/some-webhook`, rawBody: '' }),
		},
		output: () => ({ deleted: true }),
	},
	{
		operation: 'dashboard:get',
		parameters: () => ({}),
		request: {
			plugin: () => ({ method: 'GET', path: `${PLUGIN}/dashboard-url`, query: {}, rawBody: '' }),
			legacy: () => ({ method: 'GET', path: `${LEGACY}/dashboard-url`, query: {}, rawBody: '' }),
		},
		output: () => ({ dashboardUrl: 'https://tasks.example.com/' }),
	},
];

describe.each<Flavour>(['plugin', 'legacy'])('on the %s path', (flavour) => {
	let used: Sandboxed;
	let task: Task;
	let secret: string;

	beforeEach(async () => {
		const dashboardUrl = 'https://tasks.example.com/';
		used = await openSandbox({ flavours: [flavour], dashboardUrl });
		const decisionBy = new Date('2099-01-01T10:00:00Z');
		task = used.sandbox.appmixer.createTask({ title: 'Three laptops', decisionBy });
		secret = used.sandbox.appmixer.secretOf(engine.BOB.email);
	});
	afterEach(async () => {
		await used.sandbox.close();
	});

	it.each(CASES.filter(({ operation }) => flavour === 'plugin' || operation !== 'dashboard:get'))(
		'$operation asks the version once, sends what the API takes and gives its record',
		async ({ operation, parameters, request, output }) => {
			const needsSecret = flavour === 'legacy' && operation === 'task:get';
			const { outputs, error } = await used.run(operation, {
				...parameters(task, secret),
				...(needsSecret && { options: { secret } }),
			});

			expect(error).toBeNull();
			const [version, ...rest] = used.sandbox.requests;
			expect([version.method, version.path]).toEqual(['GET', `${PLUGIN}/`]);
			const expected = request[flavour](task, secret);
			expect(rest.pop()).toMatchObject(expected);
			expect(rest.map(({ method }) => method)).toEqual(
				flavour === 'legacy' && operation === 'webhook:delete' ? ['DELETE'] : [],
			);
			const json = output(task);
			expect(outputs).toEqual([json === undefined ? [] : [{ json, pairedItem: { item: 0 } }]]);
		},
	);

	it('gives the raw task without its secrets when Simplify is off', async () => {
		const { outputs } = await used.run('task:create', { ...NEW_TASK, simple: false });
		expect(outputs[0][0].json).toEqual({
			[flavour === 'plugin' ? 'taskId' : 'id']: expect.any(String),
			title: 'Three laptops',
			requester: 'ada@example.com',
			approver: 'bob@example.com',
			decisionBy: '2099-01-01T09:00:00.000Z',
			status: 'pending',
			created: expect.stringMatching(ISO),
			mtime: expect.stringMatching(ISO),
		});
	});

	it('E8: with the path chosen in the credential it asks nothing', async () => {
		const credential = { ...used.ada, apiPath: flavour };
		await used.run('task:count', {}, { credential });
		const prefix = flavour === 'plugin' ? PLUGIN : LEGACY;
		expect(used.sandbox.requests.map(({ path }) => path)).toEqual([`${prefix}/tasks-count`]);
	});
});

it('says what to do when the tenant has no dashboard', async () => {
	const used = await openSandbox({ flavours: ['legacy'] });
	const { error } = await used.run('dashboard:get');
	await used.sandbox.close();
	expect(error).toMatchObject({
		message: 'This Appmixer tenant has no People Task dashboard',
		description:
			'An administrator sets "dashboardUrl" in the configuration of the Tasks connector. Servers before 5.1 have none.',
		itemIndex: 0,
	});
});
