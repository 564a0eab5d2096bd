/** @jest-environment ./test/engine/environment.ts */
import { engine, type Wait } from '../../engine';
import { NEW_TASK, useSandbox } from './sandboxed';

const used = useSandbox();
const ASK = { resource: 'task', operation: 'sendAndWait', ...NEW_TASK, decisionBy: '' };

/** A run of the gate, as a node of this version, whose stored parameters say nothing of what is new. */
async function open(typeVersion: number, parameters = {}, node = {}): Promise<Wait> {
	return await engine.openWait({
		credential: used.ada,
		parameters: { ...ASK, ...parameters },
		node: { typeVersion, ...node },
	});
}

const outcomes = ({ resumed }: Wait) =>
	resumed.map((outputs) => outputs.map((items) => items.map(({ json }) => json.outcome)));

const decide = async (verb: 'approve' | 'reject') => {
	const [task] = used.sandbox.appmixer.tasks.slice(-1);
	await used.sandbox.appmixer[verb](task.taskId);
};

describe('W22: a node', () => {
	it('is made as version 1.1', () => {
		const { version, defaultVersion } = engine.nodeTypeOf('appmixer').description;
		expect([version, defaultVersion]).toEqual([[1, 1.1], 1.1]);
	});

	it.each([
		[1, 'approve', [['approved']]],
		[1, 'reject', [['rejected']]],
		[1.1, 'approve', [[], ['approved'], []]],
		[1.1, 'reject', [[], [], ['rejected']]],
	] as const)('of version %d answers "%s" by its own outputs', async (version, verb, expected) => {
		const wait = await open(version);
		await decide(verb);
		expect(outcomes(wait)).toEqual([expected]);
		await wait.close();
	});

	it.each([1, 1.1])('of version %d may choose the other outputs', async (version) => {
		const wait = await open(version, { outputs: version === 1 ? 'perDecision' : 'single' });
		await decide('approve');
		expect(outcomes(wait)).toEqual([version === 1 ? [[], ['approved'], []] : [['approved']]]);
		await wait.close();
	});

	it.each([
		[1, 'waiting'],
		[1.1, 'error'],
	])('of version %d refuses Always Output Data only with one per decision', async (v, status) => {
		const wait = await open(v, {}, { alwaysOutputData: true });
		expect(wait.run.status).toBe(status);
		await wait.close();
	});

	it.each([1, 1.1])('for human review of version %d still has one output', async (typeVersion) => {
		const { sandbox } = used;
		const { taskId } = sandbox.appmixer.createTask();
		await sandbox.appmixer.approve(taskId);
		const run = await used.run(
			'task:sendAndWait',
			{ taskSource: 'existing', taskId: { __rl: true, mode: 'id', value: taskId } },
			{ type: 'appmixerHitlTool', node: { typeVersion } },
		);
		expect(run.outputs).toHaveLength(1);
	});
});
