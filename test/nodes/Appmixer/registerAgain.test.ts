/** @jest-environment ./test/engine/environment.ts */
import type { FaultRule } from '../../../sandbox';
import { engine, type Trigger, type Wait } from '../../engine';
import { NEW_TASK, useSandbox } from './sandboxed';

const used = useSandbox();
/** The five seconds for registering again become half a second. */
const IMPATIENCE = 10;
const open: Array<Trigger | Wait> = [];

afterEach(async () => {
	engine.deadlinesDividedBy(1);
	for (const { server } of open) expect(server.thrown).toEqual([]);
	await Promise.all(open.splice(0).map(async (one) => await one.close()));
});

/** What hears of a task: the task, and what it has heard. */
interface Listener {
	taskId: string;
	heard(): string[];
}

async function watch(): Promise<Listener> {
	const { taskId } = used.sandbox.appmixer.createTask({ decisionBy: new Date(Date.now() + 1000) });
	const parameters = { events: ['approved', 'due', 'rejected'] };
	const trigger = await engine.openTrigger({ parameters, credential: used.ada });
	open.push(trigger);
	await trigger.create();
	const heard = () => trigger.emitted.flat(2).map(({ status }) => String(status));
	return { taskId, heard };
}

async function wait(): Promise<Listener> {
	const operation = { resource: 'task', operation: 'sendAndWait' };
	const gate = await engine.openWait({
		credential: used.ada,
		parameters: { ...operation, ...NEW_TASK, decisionBy: '' },
	});
	open.push(gate);
	const [task] = used.sandbox.appmixer.tasks;
	task.decisionBy = new Date(Date.now() + 1000);
	// half an answer may stand for a registration: the second call meets a run that is over, which n8n answers itself
	const heard = () =>
		gate.resumed
			.slice(0, 1)
			.flat(2)
			.map(({ json }) => String(json.status));
	return { taskId: task.taskId, heard };
}

const answers = () => used.sandbox.appmixer.deliveries.map(({ status }) => status);
const minutes = async (count: number) => await used.sandbox.clock.advance(count * 60_000);
const REGISTER = { method: 'POST', path: /\/webhooks$/ };

describe.each([
	['the trigger', watch, ['due', 'approved']],
	['the gate', wait, ['approved']],
])('%s', (_, listen, all) => {
	/** The task becomes due, and registering again meets the fault; then Appmixer sends again. */
	async function meets(fault: Omit<FaultRule, 'path'>): Promise<void> {
		const { taskId, heard } = await listen();
		const broken = used.sandbox.fault({ ...REGISTER, ...fault });
		const began = performance.now();
		await minutes(2);
		expect(performance.now() - began).toBeLessThan(4000);
		expect([answers(), heard()]).toEqual([[503], []]);
		// what may have been done is not sent again by itself (E10)
		expect(broken.hits).toBe(1);
		broken.remove();
		await minutes(10);
		expect(answers()).toEqual([503, 200]);
		await used.sandbox.appmixer.approve(taskId);
		expect(heard()).toEqual(all);
	}

	it.each(['length', 'chunks', 'gzip', 'text', 'empty'] as const)(
		'F5: does not take half an answer for a registration (%s)',
		async (breakOff) => await meets({ breakOff }),
	);

	it.each([
		['a web page', { html: '<html>Sign in</html>', status: 200 }],
		['nothing', { body: '', status: 200 }],
		['no ID', { body: { taskId: 'x' }, status: 200 }],
		['an empty ID', { body: { webhookId: '' }, status: 200 }],
	])('F5: does not take %s for a registration', async (_what, fault) => await meets(fault));

	it.each([
		['never answers', { hang: true }],
		['answers byte by byte', { dripMs: 100 }],
	])('F6: does not wait for a service that %s', async (_what, fault) => {
		engine.deadlinesDividedBy(IMPATIENCE);
		await meets(fault);
	});
});
