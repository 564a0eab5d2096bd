/** @jest-environment ./test/engine/environment.ts */
import axios from 'axios';

import { engine, type Trigger } from '../../engine';
import { useSandbox } from './sandboxed';

const used = useSandbox();
let trigger: Trigger;
afterEach(async () => {
	expect(trigger.server.thrown).toEqual([]);
	await trigger.close();
});

/** Where Appmixer calls back for each of these tasks. */
async function watch(count: number): Promise<Array<{ taskId: string; url: string }>> {
	const { appmixer } = used.sandbox;
	for (let task = 0; task < count; task++) appmixer.createTask();
	const parameters = { events: ['approved', 'due', 'rejected'] };
	trigger = await engine.openTrigger({ parameters, credential: used.ada });
	await trigger.create();
	return appmixer.webhooks.map(({ taskId, url }) => ({ taskId, url }));
}

const post = async (url: string, body: object) =>
	(await axios.post(url, body, { validateStatus: () => true, proxy: false })).status;

it('T9: refuses a task with the token of another one, or with none', async () => {
	const [a, b] = await watch(2);
	const approved = { taskId: a.taskId, status: 'approved' };
	expect(await post(b.url, approved)).toBe(401);
	expect(await post(b.url.replace(b.taskId, a.taskId), approved)).toBe(401);
	expect(await post(a.url.replace(/token=.*/, 'token='), approved)).toBe(401);
	expect(trigger.emitted).toEqual([]);
	expect(await post(a.url, approved)).toBe(200);
	expect(trigger.emitted).toHaveLength(1);
});

it('takes a decision once, and refuses what is none', async () => {
	const [{ taskId, url }] = await watch(1);
	for (const status of ['pending', 'banana']) expect(await post(url, { taskId, status })).toBe(400);
	const decided = { taskId, status: 'rejected', decisionMade: '2030-01-01T00:00:00.000Z' };
	expect(await post(url, decided)).toBe(200);
	expect(await post(url, decided)).toBe(200);
	expect(trigger.emitted).toHaveLength(1);
});

it('W10: takes five seconds in all to register again, however many requests that needs', async () => {
	const [{ taskId, url }] = await watch(1);
	// another address of the same service, whose path is not known yet
	trigger.credential.baseUrl = used.sandbox.url.replace('127.0.0.1', 'localhost');
	used.sandbox.fault({ path: /./, delay: () => 3000 });
	const began = Date.now();
	expect(await post(url, { taskId, status: 'due' })).toBe(503);
	expect(Date.now() - began).toBeLessThan(5900);
	expect(trigger.emitted).toEqual([]);
});
