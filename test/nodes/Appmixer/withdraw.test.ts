/** @jest-environment ./test/engine/environment.ts */
import { sleep, type IDataObject } from 'n8n-workflow';

import { isWithdrawn } from '../../../nodes/Appmixer/withdrawn';
import { toTask, type AppmixerTask } from '../../../nodes/Appmixer/task';
import { engine } from '../../engine';
import { DECISIONS, leaving, useLoops } from '../looped';
import { byId, NEW_TASK, useSandbox } from './sandboxed';

const used = useSandbox();
const open = useLoops(() => ({ type: 'appmixer', credential: used.ada, outputs: DECISIONS }));
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

describe('W26: while a run waits', () => {
	const withdrawn = { title: '[Withdrawn] Three laptops', decision: 'rejected' };
	const tasks = () => used.sandbox.appmixer.tasks;
	const create = () => used.sandbox.appmixer.createTask({ title: 'Three laptops' });

	it.each(['all', 'number'])(
		'what one of several was asked counts as rejected: %s',
		async (rule) => {
			const approver = 'bob@example.com, carol@example.com';
			const more = { approver, rule, approvalsNeeded: 2, oneRejectionRejects: rule === 'all' };
			const wait = await engine.openWait({
				credential: used.ada,
				parameters: {
					...{ resource: 'task', operation: 'sendAndWait', ...NEW_TASK, decisionBy: '' },
					...more,
				},
				node: { typeVersion: 1.1 },
			});
			const [{ taskId, approverSecret: secret }, other] = tasks();
			expect((await withdraw(taskId, { secret })).error).toBeNull();
			expect(wait.resumed).toEqual([]);
			// nobody is called: it is found when somebody else answers
			await used.sandbox.appmixer.approve(other.taskId);
			for (const end = Date.now() + 10_000; wait.resumed.length === 0 && Date.now() < end;)
				await sleep(50);
			const [[noDecision, approved, [rejected]]] = wait.resumed;
			expect([noDecision, approved]).toEqual([[], []]);
			expect(rejected.json).toMatchObject({
				...{ approved: false, outcome: 'rejected' },
				votes: [withdrawn, { title: 'Three laptops', decision: 'approved' }],
			});
			await wait.close();
		},
	);

	it.each([
		['alone', {}],
		['of two who both must approve', { grouping: 'all' }],
		['of two, without a veto', { grouping: 'all', oneRejectionRejects: false }],
	])('a task that is looked at is rejected: %s', async (_, parameters) => {
		const [one, two] = [create(), create()];
		const ids = 'grouping' in parameters ? [one.taskId, two.taskId] : [one.taskId];
		const loop = await open(ids, { ...parameters, options: { wakeUps: false } });
		expect(loop.status).toBe('waiting');
		const { approverSecret: secret } = one;
		expect((await withdraw(one.taskId, { secret })).error).toBeNull();
		await used.sandbox.appmixer.approve(two.taskId);
		await loop.wake();
		expect([loop.error, loop.status]).toEqual([null, 'success']);
		expect([leaving(loop, 'Approved'), leaving(loop, 'No Decision')]).toEqual([[], []]);
		const [{ json }, ...others] = loop.arrived('Rejected');
		expect(others).toEqual([]);
		expect(json).toMatchObject({ approved: false, outcome: 'rejected' });
		const told = 'grouping' in parameters ? (json.votes as IDataObject[])[0] : json;
		expect(told).toMatchObject(withdrawn);
	});
});
