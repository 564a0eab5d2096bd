import { sleep, type INodeParameters } from 'n8n-workflow';

import { startN8n, type N8nInstance } from '../../scripts/n8n/start';
import { openDesk, type Desk } from './gateDesk';
import { sharedN8n } from './sharedN8n';
import { noOp, type NodeSketch } from './workflowOf';

jest.setTimeout(400_000);

/** Not the shared one: it runs one workflow at a time. */
let n8n: N8nInstance;
let desk: Desk;

beforeAll(async () => {
	const { tarball } = await sharedN8n();
	const env = { N8N_CONCURRENCY_PRODUCTION_LIMIT: '1' };
	n8n = await startN8n({ tarball, env, log: () => {} });
	desk = await openDesk(n8n);
}, 300_000);
afterAll(async () => {
	await desk?.sandbox.close();
	await n8n?.stop();
});

const tasksOf = (title: string) => desk.sandbox.appmixer.tasks.filter((t) => t.title === title);
const node = { typeVersion: 1.1 };

/** A gate, and behind each of its outputs another one: for n8n the run waits again. */
async function parked(title: string, parameters: INodeParameters = {}) {
	const order: NodeSketch = {
		...desk.ask(`${title} ordered`, { operation: 'create', decisionBy: '2099-01-01T10:00:00' }),
		name: 'Order',
	};
	const next: NodeSketch = { ...desk.ask(`${title} next`, {}, node), name: 'Next' };
	const chase: NodeSketch = { ...desk.ask(`${title} chased`, {}, node), name: 'Chase' };
	const nodes = [desk.ask(title, parameters, node), order, next, chase, noOp('End')];
	const workflow = await desk.publish(nodes, [
		['Form', 'Ask'],
		['Ask', 'Chase', 0],
		['Ask', 'Order', 1],
		['Order', 'Next'],
		['Next', 'End', 1],
	]);
	await workflow.begin();
	const { waitTill } = await workflow.parked();
	return { id: workflow.id, limit: Date.parse(String(waitTill)) };
}

/** Takes the one place there is for so many seconds; n8n gives it away during a longer wait. */
async function busy(seconds: number) {
	const parts = Math.ceil(seconds / 55);
	const waits = Array.from({ length: parts }, (_, part): NodeSketch => ({
		...{ name: `Busy ${part}`, type: 'n8n-nodes-base.wait', typeVersion: 1.1 },
		parameters: { amount: seconds / parts, unit: 'seconds' },
	}));
	const names = ['Form', ...waits.map(({ name }) => name)];
	const wires = waits.map(({ name }, part): [string, string] => [names[part], name]);
	await (await desk.publish(waits, wires)).begin();
	await sleep(500);
}

/** How often it was ordered, asked once more, and chased. */
async function followed(title: string, id: string) {
	await desk.rest.waitForExecution(id, ({ status }) => ['waiting', 'success'].includes(status));
	return ['ordered', 'next', 'chased'].map((what) => tasksOf(`${title} ${what}`).length);
}

it('W27: what follows runs once when n8n, busy, is told twice', async () => {
	const title = 'Told twice';
	// the answer is lost, and it is asked to call a second time
	desk.sandbox.fault({ method: 'POST', path: /\/webhooks$/, times: 1, after: true, cut: true });
	const { id } = await parked(title);
	const [{ taskId }] = tasksOf(title);
	const mine = desk.sandbox.appmixer.webhooks.filter((hook) => hook.taskId === taskId);
	expect(mine).toHaveLength(2);
	await busy(10);
	await desk.sandbox.appmixer.approve(taskId);
	await sleep(5000);
	expect(await followed(title, id)).toEqual([1, 1, 0]);
});

it('W27: an answer at the limit leaves by one output, and ends no other gate', async () => {
	const several = { approver: 'bob@example.com, carol@example.com', rule: 'one' };
	const gates = [
		{ title: 'One at the limit', asking: {}, before: 700 },
		{ title: 'One before it', asking: {}, before: 60_000 },
		{ title: 'Several at the limit', asking: several, before: 700 },
		{ title: 'One held back until then', asking: {}, before: 80_000 },
		{ title: 'Several held back until then', asking: several, before: 80_000 },
	];
	const limit = { limitWaitTime: true, resumeAmount: 0.1, resumeUnit: 'minutes' };
	const atTheLimit = async ({ title, asking, before }: (typeof gates)[number]) => {
		const run = await parked(title, { ...asking, ...limit });
		const [task] = tasksOf(title);
		// of one it is read once more, which takes two seconds
		if (before < 1000) task.description = 'Edited';
		await sleep(run.limit - Date.now() - before);
		await desk.sandbox.appmixer.approve(task.taskId);
		await sleep(run.limit - Date.now() + 50_000);
		return await followed(title, run.id);
	};
	desk.sandbox.fault({ method: 'GET', path: /\/tasks$/, delayMs: 2000 });
	const asked = gates.map(atTheLimit);
	// from before the answers that are held back until after the limit
	await sleep(35_000);
	await busy(110);
	const left = await Promise.all(asked);
	expect(left.map(([ordered, next]) => [ordered, next])).toEqual(gates.map(() => [0, 0]));
	// a time-out that n8n holds back for a minute comes again from its clock, and it may play both: No Decision, all the same
	for (const [, , chased] of left) expect([1, 2]).toContain(chased);
});
