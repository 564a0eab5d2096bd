import { putPackage } from '../../scripts/n8n/putPackage';
import { startN8n, type N8nInstance } from '../../scripts/n8n/start';
import { branches, seen } from './branches';
import { openDesk, type Desk } from './gateDesk';
import { BEFORE_VERSION_1_1, packedAt } from './earlierPackage';
import { openPrefixProxy } from './prefixProxy';
import { sharedN8n } from './sharedN8n';

jest.setTimeout(6 * 60_000);

type Proxy = Awaited<ReturnType<typeof openPrefixProxy>>;
let instance: N8nInstance;
let proxy: Proxy;
let desk: Desk;

/** Parked by the package as it was, and not decided before the update. */
let before: Awaited<ReturnType<typeof parkBefore>>;

// a n8n of its own: it is told its public address, gets another package, and gets killed
beforeAll(async () => {
	const { tarball } = await sharedN8n();
	const earlier = await packedAt(BEFORE_VERSION_1_1);
	proxy = await openPrefixProxy(() => instance.url);
	const env = { WEBHOOK_URL: proxy.url, N8N_PROXY_HOPS: '1' };
	instance = await startN8n({ tarball: earlier, env, log: () => {} });
	desk = await openDesk(instance);
	before = await parkBefore();
	await instance.kill();
	putPackage(tarball, instance.userFolder);
	await instance.restart();
});
afterAll(async () => {
	await desk?.sandbox.close();
	await instance?.stop();
	await proxy?.close();
});

const HOUR = 60 * 60_000;

/** Two runs of a node that is stored without a word on its outputs, wired as one with a single output. */
async function parkBefore() {
	const { nodes, edges } = branches('single');
	const title = 'before the update';
	// the requester approves, and the text will be edited: no concern of version 1
	const asking = desk.ask(title, { requester: 'bob@example.com' });
	const workflow = await desk.publish([asking, ...nodes], edges);
	await workflow.begin('7');
	await workflow.parked();
	return { ...workflow, task: desk.taskOf(title) };
}

async function park(title: string) {
	const { nodes, edges } = branches('perDecision');
	const decisionBy = new Date(Date.now() + HOUR).toISOString();
	const asking = desk.ask(title, { outputs: 'perDecision', decisionBy });
	const workflow = await desk.publish([asking, ...nodes], edges);
	await workflow.begin('7');
	await workflow.parked();
	return { ...workflow, taskId: desk.taskOf(title).taskId };
}

it('W22: a run of version 1 that was parked before the update goes on as it was made: approved, by its single output', async () => {
	const { ended, task } = before;
	task.description = 'Another text';
	await desk.sandbox.appmixer.approve(task.taskId);
	const run = await ended();
	expect(run.status).toBe('success');
	expect(run.runData.Ask[0].main).toHaveLength(1);
	expect(run.runData.Ask[0].main[0][0].json).not.toHaveProperty('found');
	expect(seen(run)).toEqual({
		After: [
			{
				...{ outcome: 'approved', approved: true, file: 'the quote' },
				...{ item: '7', first: '7', itemFile: 'text/plain' },
			},
		],
	});
	// and so does one that begins after it
	await before.begin('8');
	const { id } = await before.parked();
	const again = desk.sandbox.appmixer.tasks.at(-1)!;
	await desk.sandbox.appmixer.reject(again.taskId);
	const second = await desk.rest.waitForExecution(
		before.id,
		(execution) => execution.id === id && execution.status === 'success',
	);
	expect(seen(second)).toMatchObject({ After: [{ outcome: 'rejected', item: '8' }] });
});

it('W13: hears the approval through a proxy that strips a prefix, also after "due"; W20: answers nothing of its own', async () => {
	const { ended, taskId } = await park('behind a proxy');
	const { appmixer, clock } = desk.sandbox;
	await clock.advance(HOUR + 2 * 60_000);
	await appmixer.approve(taskId);
	const run = await ended();
	expect(run.status).toBe('success');
	expect(Object.keys(seen(run))).toEqual(['Approved']);

	const [first, second] = appmixer.webhooks.filter((webhook) => webhook.taskId === taskId);
	expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/n8n\/webhook-waiting\/\d+\?signature=/);
	expect(first.url.startsWith(proxy.url)).toBe(true);
	expect(second.url).toBe(first.url);
	const path = `/n8n/webhook-waiting/${run.id}`;
	expect(proxy.forwarded.filter((call) => call.path === path)).toEqual([
		{ path, status: 200, body: '{"message":"Still waiting"}' },
		{ path, status: 200, body: '' },
	]);
});

it('goes on after n8n was killed and started again while waiting', async () => {
	const { ended, parked, taskId } = await park('killed');
	await instance.kill();
	await instance.restart();
	expect((await parked()).status).toBe('waiting');
	await desk.sandbox.appmixer.approve(taskId);
	const run = await ended();
	expect(run.status).toBe('success');
	expect(seen(run)).toEqual({
		Approved: [
			{
				...{ outcome: 'approved', approved: true, file: 'the quote' },
				...{ item: '7', first: '7', itemFile: 'text/plain' },
			},
		],
	});
});

it('hears in ten minutes of an approval made while n8n was down', async () => {
	const { ended, taskId } = await park('down');
	await instance.kill();
	await desk.sandbox.appmixer.approve(taskId);
	expect(desk.sandbox.appmixer.deliveries.at(-1)).toMatchObject({ taskId, status: 502 });
	await instance.restart();
	await desk.sandbox.clock.advance(10 * 60_000);
	expect(Object.keys(seen(await ended()))).toEqual(['Approved']);
});
