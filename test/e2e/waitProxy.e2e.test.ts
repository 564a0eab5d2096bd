import { startN8n, type N8nInstance } from '../../scripts/n8n/start';
import { branches, seen } from './branches';
import { openDesk, type Desk } from './gateDesk';
import { openPrefixProxy } from './prefixProxy';
import { sharedN8n } from './sharedN8n';

jest.setTimeout(6 * 60_000);

type Proxy = Awaited<ReturnType<typeof openPrefixProxy>>;
let instance: N8nInstance;
let proxy: Proxy;
let desk: Desk;

// a n8n of its own: it is told its public address, and gets killed
beforeAll(async () => {
	const { tarball } = await sharedN8n();
	proxy = await openPrefixProxy(() => instance.url);
	const env = { WEBHOOK_URL: proxy.url, N8N_PROXY_HOPS: '1' };
	instance = await startN8n({ tarball, env, log: () => {} });
	desk = await openDesk(instance);
});
afterAll(async () => {
	await desk?.sandbox.close();
	await instance?.stop();
	await proxy?.close();
});

const HOUR = 60 * 60_000;

async function park(title: string) {
	const { nodes, edges } = branches('perDecision');
	const decisionBy = new Date(Date.now() + HOUR).toISOString();
	const asking = desk.ask(title, { outputs: 'perDecision', decisionBy });
	const workflow = await desk.publish([asking, ...nodes], edges);
	await workflow.begin('7');
	await workflow.parked();
	return { ...workflow, taskId: desk.taskOf(title).taskId };
}

it('W13: hears the approval through a proxy that strips a prefix, also after "due"; W20: answers nothing of its own', async () => {
	const { ended, taskId } = await park('behind a proxy');
	const { appmixer, clock } = desk.sandbox;
	await clock.advance(HOUR + 2 * 60_000);
	await appmixer.approve(taskId);
	const run = await ended();
	expect(run.status).toBe('success');
	expect(Object.keys(seen(run))).toEqual(['Approved']);

	const [first, second] = appmixer.webhooks;
	expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/n8n\/webhook-waiting\/\d+\?signature=/);
	expect(first.url.startsWith(proxy.url)).toBe(true);
	expect(second.url).toBe(first.url);
	const path = `/n8n/webhook-waiting/${run.id}`;
	expect(proxy.forwarded).toEqual([
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
