/** @jest-environment ./test/engine/environment.ts */
/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import { engine } from '../engine';

/** More than one call of a function takes as arguments. */
const ROWS = 200_000;

/** What the server answers to a path with its query. */
let answer: (path: string) => string;
let server: Server;
let url: string;
beforeAll(async () => {
	server = createServer((request, response) => {
		request.resume().on('end', () => {
			response.writeHead(200, { 'content-type': 'application/json' });
			response.end(answer(String(request.url)));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const rows = (name: string, count = ROWS) =>
	`[${Array.from({ length: count }, (_, at) => `{"${name}":"t${at}"}`).join()}]`;
const CREDENTIALS: Record<string, () => ICredentialDataDecryptedObject> = {
	affinitext: () => ({ baseUrl: url, accessToken: 'token' }),
	appmixer: () => ({ baseUrl: url, accessToken: 'token', apiPath: 'plugin' }),
	mambu: () => ({ tenant: url, authentication: 'apiKey', apiKey: 'key', apiVersion: 'v2' }),
	nutrient: () => ({ baseUrl: url, authentication: 'token', accessToken: 'token' }),
	opentaps: () => ({ baseUrl: url, authToken: 'token', clientDomain: 'acme.example' }),
};

const run = async (
	vendor: string,
	operation: string,
	more: INodeParameters,
	items?: IDataObject[],
) =>
	await engine.runNode({
		type: vendor,
		credential: CREDENTIALS[vendor](),
		parameters: {
			resource: operation.split(':')[0],
			operation: operation.split(':')[1],
			returnAll: true,
			simple: true,
			...more,
		},
		items,
	});

/** The whole list in one answer, where the service gives it so; what is asked for behind it is its last row again. */
const whole = (name: string, isBehind: RegExp) => {
	const [all, last] = [rows(name), `[{"${name}":"t${ROWS - 1}"}]`];
	return (path: string) => (isBehind.test(path) ? last : all);
};
const NEVER = /^$/;
const LISTS: Array<[string, string, INodeParameters, () => (path: string) => string]> = [
	[
		'affinitext',
		'task:getAll',
		{ options: { followPages: true } },
		() => (path) =>
			path.includes('page=2') ? rows('id') : '{"data":[],"next":"/api/tasks?page=2"}',
	],
	['affinitext', 'task:get', { taskId: byId('t7') }, () => whole('id', NEVER)],
	['opentaps', 'task:getAll', {}, () => whole('_id', NEVER)],
	['opentaps', 'activity:getAll', {}, () => whole('_id', NEVER)],
	['nutrient', 'report:run', { reportId: byId('x') }, () => whole('sid', NEVER)],
	[
		'nutrient',
		'request:getTasks',
		{ requestId: byId('x') },
		() => whole('recipientTaskSid', NEVER),
	],
	['mambu', 'task:getAll', { status: 'OPEN' }, () => whole('encodedKey', /offset=[1-9]/)],
	['appmixer', 'task:getAll', {}, () => whole('taskId', /offset=[1-9]/)],
];

it.each(LISTS)(
	'%s %s %j reads 200,000 rows of one answer',
	async (vendor, operation, more, open) => {
		answer = open();
		const { outputs, error } = await run(vendor, operation, more);
		const count = operation === 'task:get' ? 1 : ROWS;
		expect([outputs.flat().length, error]).toEqual([count, null]);
	},
);

const POLLS: Array<[string, string, INodeParameters, () => (path: string) => string]> = [
	['affinitext', 'affinitextTrigger', {}, () => whole('id', NEVER)],
	['opentaps', 'opentapsTrigger', {}, () => whole('_id', NEVER)],
	['opentaps', 'opentapsTrigger', { watch: 'activities' }, () => whole('_id', NEVER)],
	['nutrient', 'nutrientTrigger', {}, () => whole('recipientTaskSid', /start=[1-9]/)],
];

it.each(POLLS)('%s %s %j tells of 199,999 new rows', async (vendor, type, more, open) => {
	const parameters = { events: ['new'], ...more };
	const trigger = await engine.openPolling({ type, credential: CREDENTIALS[vendor](), parameters });
	const later = open();
	// one row at first, and nothing behind it
	answer = (path) => (/start=[1-9]/.test(path) ? '[]' : later(path).replace(/,.*\]/, ']'));
	expect(await trigger.poll()).toBeNull();
	answer = later;
	expect(await trigger.poll()).toHaveLength(ROWS - 1);
});

it('Affinitext: Get of 1,000 items goes through the list once', async () => {
	const all = rows('id', 5000);
	answer = () => all;
	const items = Array.from({ length: 1000 }, (_, at) => ({ id: `t${at}` }));
	const began = performance.now();
	const { outputs } = await run(
		'affinitext',
		'task:get',
		{ taskId: byId('={{ $json.id }}') },
		items,
	);
	expect(outputs[0].map(({ json }) => json.id)).toEqual(items.map(({ id }) => id));
	expect(performance.now() - began).toBeLessThan(15_000);
});
