import { LEGACY, PLUGIN, startSandbox, type Answer, type Started } from './callAppmixer';

const URL_OF_RECEIVER = 'https://receiver.example.com/hook';

let started: Started;
beforeEach(async () => (started = await startSandbox()));
afterEach(async () => await started.sandbox.close());

const register = async (taskId: string, prefix = PLUGIN): Promise<Answer> =>
	await started.client.post(`${prefix}/webhooks`, { url: URL_OF_RECEIVER, taskId }, started.ada);

describe('registering and deleting a webhook', () => {
	it('checks neither task nor owner, but the shape', async () => {
		const { status, data } = await register('no such task');
		expect(status).toBe(200);
		expect(data).toMatchObject({ url: URL_OF_RECEIVER, taskId: 'no such task', status: 'pending' });
		expect(Object.keys(data).sort()).toEqual([
			'created',
			'mtime',
			'status',
			'taskId',
			'url',
			'webhookId',
		]);
		const { client, ada } = started;
		for (const body of [{ url: 'nonsense', taskId: 'x' }, { url: URL_OF_RECEIVER }, { ...data }]) {
			expect((await client.post(`${PLUGIN}/webhooks`, body, ada)).status).toBe(400);
		}
		expect((await client.post(`${PLUGIN}/webhooks`, {})).status).toBe(401);
	});

	it('deletes by DELETE on the plugin, also what is unknown, and not by GET', async () => {
		const { client, ada, sandbox } = started;
		const { data } = await register('x');
		const url = `${PLUGIN}/webhooks/${String(data.webhookId)}`;
		expect((await client.get(url, ada)).status).toBe(404);
		const answers = [await client.delete(url, ada), await client.delete(url, ada)];
		for (const gone of answers) {
			expect([gone.status, gone.data]).toEqual([200, {}]);
		}
		expect(sandbox.appmixer.webhooks).toEqual([]);
	});

	it('deletes by GET on the legacy path, and by DELETE only when configured', async () => {
		const { client, ada, sandbox } = started;
		const { id } = (await register('x', LEGACY)).data;
		const url = `${LEGACY}/webhooks/${String(id)}`;
		expect((await client.delete(url, ada)).status).toBe(404);
		sandbox.appmixer.options.legacyDelete = 405;
		expect((await client.delete(url, ada)).status).toBe(405);
		expect(sandbox.appmixer.webhooks).toHaveLength(1);
		expect((await client.get(url, ada)).status).toBe(200);
		expect(sandbox.appmixer.webhooks).toHaveLength(0);
		sandbox.appmixer.options.legacyDelete = 200;
		expect((await client.delete(url, ada)).status).toBe(200);
	});
});
