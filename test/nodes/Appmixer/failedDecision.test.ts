/** @jest-environment ./test/engine/environment.ts */
import { BOB } from '../../../sandbox';
import { byId, useSandbox } from './sandboxed';

const used = useSandbox();

const decide = async (verb: 'approve' | 'reject', taskId: string, secret?: string, more = {}) =>
	await used.run(
		`task:${verb}`,
		{ taskId: byId(taskId), ...(secret && { options: { secret } }) },
		more,
	);

describe.each([
	['approve', 'approved', 'rejected'],
	['reject', 'rejected', 'approved'],
] as const)('%s that fails', (verb, wanted, other) => {
	it.each([400, 403, 404, 409, 500])(
		'with %s and no words says that the task is decided, by reading it',
		async (status) => {
			for (const decided of [wanted, other]) {
				const { taskId, approverSecret } = used.sandbox.appmixer.createTask();
				await used.sandbox.appmixer[decided === 'approved' ? 'approve' : 'reject'](taskId);
				used.sandbox.fault({ path: /(approve|reject)$/, status, body: {}, times: 1 });
				const { error, outputs, status: run } = await decide(verb, taskId, approverSecret);
				expect(error?.httpCode).toBe(String(status));
				expect(error?.description).toContain(
					`Checked after the failure: the task is already ${decided}.`,
				);
				expect([run, outputs.flat()]).toEqual(['error', []]);
			}
		},
	);

	it('says that it is still pending, also when the secret is wrong', async () => {
		const { taskId } = used.sandbox.appmixer.createTask();
		const { error } = await decide(verb, taskId, 'wrong');
		expect(error?.description).toMatch(
			/Check the secret\. Checked after the failure: the task is still pending\.$/,
		);
	});

	it('keeps the rest of the error when the task cannot be read', async () => {
		const { taskId, approverSecret } = used.sandbox.appmixer.createTask();
		used.sandbox.fault({ path: /tasks$/, status: 500, body: {} });
		used.sandbox.fault({ path: /(approve|reject)$/, status: 403, body: {} });
		const { error } = await decide(verb, taskId, approverSecret);
		expect(error?.description).toMatch(/Check the secret\.$/);
	});

	it('asks nothing more after a refused login', async () => {
		const { taskId } = used.sandbox.appmixer.createTask();
		const credential = { ...used.ada, accessToken: 'ended', apiPath: 'plugin' };
		await decide(verb, taskId, undefined, { credential });
		expect(used.calls().filter((call) => call.startsWith('GET'))).toEqual([]);
	});

	it('is one when Appmixer answers 200 with another decision', async () => {
		const task = used.sandbox.appmixer.createTask();
		const body = { taskId: task.taskId, status: other, approver: BOB.email };
		used.sandbox.fault({ path: /(approve|reject)$/, status: 200, body });
		const node = { onError: 'continueErrorOutput' as const };
		const { outputs } = await decide(verb, task.taskId, task.approverSecret, { node });
		expect(outputs[0]).toEqual([]);
		expect(outputs[1][0].error?.message).toBe(
			`Task ${task.taskId} was not ${wanted}: Appmixer answered that it is ${other}`,
		);
	});

	it('does not make a lost answer look as if nothing was on its way', async () => {
		const { taskId, approverSecret } = used.sandbox.appmixer.createTask();
		used.sandbox.fault({ path: /(approve|reject)$/, cut: true });
		const { error } = await decide(verb, taskId, approverSecret);
		expect(error?.description).toContain('a decision that is on its way shows later');
		expect(error?.description).toContain('It may have been done all the same');
	});

	it('is read again on the legacy path', async () => {
		used.sandbox.appmixer.options.flavours = ['legacy'];
		const { taskId, approverSecret } = used.sandbox.appmixer.createTask();
		await used.sandbox.appmixer.approve(taskId);
		used.sandbox.fault({ path: /(approve|reject)$/, status: 500, body: {} });
		const { error } = await decide(verb, taskId, approverSecret);
		expect(error?.description).toContain('the task is already approved');
	});
});

it('does not make its failure wait for the reading', async () => {
	const { taskId, approverSecret } = used.sandbox.appmixer.createTask();
	used.sandbox.fault({ path: /approve$/, status: 403, body: {} });
	used.sandbox.fault({ path: /tasks$/, status: 503, body: {}, headers: { 'retry-after': '25' } });
	const began = Date.now();
	const { error } = await decide('approve', taskId, approverSecret);
	expect(error?.httpCode).toBe('403');
	expect(Date.now() - began).toBeLessThan(10_000);
}, 15_000);

it.each([400, 403, 409, 500])(
	'an unknown task is unknown on the legacy path also with %s',
	async (status) => {
		used.sandbox.appmixer.options.flavours = ['legacy'];
		used.sandbox.fault({
			path: /people-task\/tasks\/./,
			status,
			body: { message: 'Task not found.' },
		});
		const { error } = await used.run('task:get', { taskId: byId('x-1') });
		expect(error?.message).toBe('Task x-1 was not found');
	},
);

it.each([400, 403, 409, 500])(
	'a tenant without a dashboard says so also with %s',
	async (status) => {
		const body = { message: 'People Task dashboard URL is not configured.' };
		used.sandbox.fault({ path: /dashboard-url$/, status, body });
		const { error } = await used.run('dashboard:get');
		expect(error?.message).toBe('This Appmixer tenant has no People Task dashboard');
	},
);
