/** @jest-environment ./test/engine/environment.ts */
import { isWithdrawn } from '../../../nodes/Appmixer/withdrawn';
import { toTask, type AppmixerTask } from '../../../nodes/Appmixer/task';
import { byId, NEW_TASK, useSandbox } from './sandboxed';

const used = useSandbox();
const withdraw = async (taskId: string, options = {}) =>
	await used.run('task:withdraw', { taskId: byId(taskId), options });
/** A task from Ada to Bob for which somebody listens. */
async function waitedFor() {
	await used.run('task:sendAndWait', { ...NEW_TASK, decisionBy: '' });
	return used.sandbox.appmixer.tasks.at(-1)!;
}
const rawOf = (task: object) => JSON.parse(JSON.stringify(task)) as AppmixerTask;

it('W26: a withdrawn task is rejected, marked, and nobody is called', async () => {
	const { taskId, approverSecret: secret } = await waitedFor();
	const run = await withdraw(taskId, { secret });
	expect(run.outputs[0][0].json).toMatchObject({
		...{ id: taskId, title: '[Withdrawn] Three laptops' },
		...{ status: 'rejected', decision: 'rejected', decidedAt: null },
	});
	await used.sandbox.clock.advance(20 * 60_000);
	expect(used.sandbox.appmixer.deliveries).toEqual([]);
	expect(isWithdrawn(toTask(rawOf(used.sandbox.appmixer.tasks.at(-1)!)))).toBe(true);
	await expect(used.sandbox.appmixer.approve(taskId)).rejects.toThrow('already rejected');
});

it('W26: done again it changes nothing', async () => {
	const { taskId, approverSecret: secret } = await waitedFor();
	await withdraw(taskId, { secret });
	const before = used.writes().length;
	const { outputs } = await withdraw(taskId, { secret });
	expect(outputs[0][0].json.title).toBe('[Withdrawn] Three laptops');
	expect(used.writes()).toHaveLength(before);
});

it.each(['approve', 'reject'] as const)('W26: a decision stays: %s', async (verb) => {
	const { taskId, approverSecret: secret } = used.sandbox.appmixer.createTask();
	await used.sandbox.appmixer[verb](taskId);
	const { error } = await withdraw(taskId, { secret });
	const decided = verb === 'approve' ? 'approved' : 'rejected';
	expect(error?.message).toBe(
		`Task ${taskId} is already ${decided}, so there is nothing to withdraw`,
	);
	expect(used.writes()).toEqual([]);
	expect(isWithdrawn(toTask(rawOf(used.sandbox.appmixer.tasks[0])))).toBe(false);
});

it('W26: what is in no status that anybody knows is left alone', async () => {
	const task = used.sandbox.appmixer.createTask();
	Object.assign(task, { status: 'archived' });
	const { error } = await withdraw(task.taskId, { secret: task.approverSecret });
	expect(error?.message).toBe(
		`Task ${task.taskId} is already archived, so there is nothing to withdraw`,
	);
	expect(used.writes()).toEqual([]);
});

it('W26: without the secret only the login of the approver may', async () => {
	const { taskId } = used.sandbox.appmixer.createTask();
	expect((await withdraw(taskId)).error).not.toBeNull();
	const accessToken = used.sandbox.appmixer.issueToken('bob@example.com');
	const credential = { ...used.ada, accessToken };
	const run = await used.run('task:withdraw', { taskId: byId(taskId) }, { credential });
	expect(run.outputs[0][0].json.status).toBe('rejected');
});

it('W26: a title alone withdraws nothing', () => {
	const title = '[Withdrawn] Three laptops';
	expect(isWithdrawn({ title, decision: null })).toBe(false);
	expect(isWithdrawn({ title, decision: 'rejected' })).toBe(true);
});

it('W26: fails when Appmixer does not take it', async () => {
	const task = used.sandbox.appmixer.createTask();
	used.sandbox.fault({ method: 'PUT', path: /\/tasks\//, status: 200, body: rawOf(task) });
	const { error } = await withdraw(task.taskId, { secret: task.approverSecret });
	expect(error?.message).toMatch(/was not withdrawn: Appmixer answered that it is pending$/);
});
