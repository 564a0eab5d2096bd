import { BOB, CAROL } from '../../sandbox';
import { PLUGIN, startSandbox, type Answer, type Started } from './callAppmixer';

let started: Started;
beforeEach(async () => (started = await startSandbox()));
afterEach(async () => await started.sandbox.close());

const decide = async (path: string, body?: unknown, who: object = {}): Promise<Answer> =>
	await started.client.put(`${PLUGIN}/tasks/${path}`, body, who);

describe('approving and rejecting', () => {
	it.each([
		['approve', 'approved'],
		['reject', 'rejected'],
	])(
		'%s takes the secret in the body, in the query, or the login of the approver',
		async (verb, status) => {
			const { createTask, secretOf } = started.sandbox.appmixer;
			const secret = secretOf(BOB.email);
			const answers = [
				await decide(`${createTask().taskId}/${verb}`, { secret }),
				await decide(`${createTask().taskId}/${verb}?secret=${secret}`),
				await decide(`${createTask().taskId}/${verb}`, undefined, started.bob),
				await decide(`${createTask().taskId}/${verb}`, { secret }, started.carol),
			];
			for (const answer of answers) {
				expect(answer.status).toBe(200);
				expect(answer.data).toMatchObject({ status, decisionMade: expect.any(String) });
				expect(JSON.stringify(answer.data)).not.toContain('Secret');
			}
		},
	);

	it('refuses what is decided, with its status', async () => {
		const { createTask, approve, reject } = started.sandbox.appmixer;
		const [one, two] = [createTask(), createTask()];
		await approve(one.taskId);
		await reject(two.taskId);
		const again = await decide(`${one.taskId}/approve`, undefined, started.bob);
		expect(again.data).toEqual({
			statusCode: 400,
			error: 'Bad Request',
			message: 'Cannot approve task, already approved',
		});
		const { data } = await decide(`${two.taskId}/reject`, undefined, started.bob);
		expect(data.message).toBe('Cannot reject task, already rejected');
	});

	it('refuses a wrong secret, fails without one and does not know every task', async () => {
		const { taskId, requesterSecret } = started.sandbox.appmixer.createTask();
		expect((await decide(`${taskId}/approve`, { secret: 'wrong' })).status).toBe(403);
		expect((await decide(`${taskId}/approve`, { secret: requesterSecret })).status).toBe(403);
		expect((await decide(`${taskId}/approve`)).status).toBe(500);
		expect((await decide(`${taskId}/approve`, undefined, started.ada)).status).toBe(500);
		expect((await decide('unknown/approve', undefined, started.bob)).data).toMatchObject({
			statusCode: 404,
			message: 'Task not found.',
		});
	});

	it('compares addresses letter by letter: neither login nor secret of another spelling', async () => {
		const { createTask, secretOf } = started.sandbox.appmixer;
		const { taskId } = createTask({ approver: 'Bob@example.com' });
		expect((await decide(`${taskId}/approve`, undefined, started.bob)).status).toBe(500);
		const secret = secretOf(BOB.email);
		expect((await decide(`${taskId}/approve`, { secret })).status).toBe(403);
		const own = secretOf('Bob@example.com');
		expect((await decide(`${taskId}/approve`, { secret: own })).status).toBe(200);
	});

	it('may have its words as 400, or hidden behind 500', async () => {
		const { createTask, approve, options } = started.sandbox.appmixer;
		const { taskId } = createTask();
		options.errors = 'asText';
		const missing = await decide(`${taskId}/approve`);
		expect(missing.data).toMatchObject({ statusCode: 400, message: 'Missing secret.' });
		await approve(taskId);
		options.errors = 'hidden';
		const again = await decide(`${taskId}/approve`, undefined, started.bob);
		expect([again.status, again.data.message]).toEqual([500, 'An internal server error occurred']);
	});

	it('has a shortcut for tests that obeys the same rules', async () => {
		const { createTask, approve, reject, tasks } = started.sandbox.appmixer;
		const { taskId } = createTask();
		await expect(approve(taskId, CAROL.email)).rejects.toThrow('Missing secret.');
		await approve(taskId, BOB.email);
		expect(tasks[0].status).toBe('approved');
		await expect(reject(taskId)).rejects.toThrow('Cannot reject task, already approved');
		await expect(reject('unknown')).rejects.toThrow('Task not found.');
	});
});
