import { sleep } from 'n8n-workflow';

import { BOB, CAROL } from '../../sandbox';
import { openStage, type Stage } from './appmixerStage';

jest.setTimeout(120_000);

const LIST = { resource: 'task', operation: 'getAll', limit: 1 };
const PATH = '/plugins/appmixer/utils/tasks/tasks';
const DAYS_30 = 30 * 24 * 60 * 60;
let stage: Stage;

beforeEach(async () => {
	const login = { authentication: 'login', username: BOB.username, password: BOB.password };
	stage = await openStage({}, { ...login, apiPath: 'plugin' });
	stage.sandbox.appmixer.createTask({ title: "Bob's", approver: BOB.email });
	stage.sandbox.appmixer.createTask({ title: "Carol's", approver: CAROL.email });
});
afterEach(async () => await stage?.close());

const calls = () =>
	stage.sandbox.requests.map(({ method, path, status }) => `${method} ${path} ${status}`);

const titles = async (credentialId: string) =>
	(await stage.run(LIST, { credentialId })).json.map(({ title }) => title);

/** The user IDs in the tokens the sandbox was sent. */
const tokenOwners = () =>
	stage.sandbox.requests.flatMap(({ headers: { authorization } }) =>
		authorization
			? [JSON.parse(Buffer.from(String(authorization).split('.')[1], 'base64url').toString()).id]
			: [],
	);

it('E6: an execution logs in once, and the next one uses the stored login', async () => {
	const credentialId = await stage.credential();
	expect(await titles(credentialId)).toEqual(["Bob's"]);
	expect(calls()).toEqual(['POST /user/auth 200', `GET ${PATH} 200`]);
	expect(stage.sandbox.requests[0].body).toEqual({
		username: 'bob@example.com',
		password: 'bob-password',
	});
	expect(await titles(credentialId)).toEqual(["Bob's"]);
	expect(calls()).toEqual([`GET ${PATH} 200`]);
});

it('E6: an execution renews a stored login that has ended, once, before it is used', async () => {
	const credentialId = await stage.credential();
	// renewed a tenth of its life before its end
	stage.sandbox.appmixer.options.tokenLifetimeSeconds = 5;
	await titles(credentialId);
	expect(calls()).toEqual(['POST /user/auth 200', `GET ${PATH} 200`]);
	// its life begins when it has arrived, up to a second after the whole second that it says
	await sleep(5_100);
	stage.sandbox.appmixer.options.tokenLifetimeSeconds = DAYS_30;

	expect(await titles(credentialId)).toEqual(["Bob's"]);
	expect(calls()).toEqual(['POST /user/auth 200', `GET ${PATH} 200`]);
	expect(await titles(credentialId)).toEqual(["Bob's"]);
	expect(calls()).toEqual([`GET ${PATH} 200`]);
});

it('E6: an execution renews a stored login that the server has revoked, once', async () => {
	const credentialId = await stage.credential();
	await titles(credentialId);
	stage.sandbox.appmixer.revokeTokens();
	expect(await titles(credentialId)).toEqual(["Bob's"]);
	expect(calls()).toEqual([`GET ${PATH} 401`, 'POST /user/auth 200', `GET ${PATH} 200`]);
	expect(await titles(credentialId)).toEqual(["Bob's"]);
	expect(calls()).toEqual([`GET ${PATH} 200`]);
});

it('E6: items in parallel share one login', async () => {
	const credentialId = await stage.credential();
	await titles(credentialId);
	stage.sandbox.appmixer.revokeTokens();
	stage.sandbox.fault({ path: /auth$/, delayMs: 1000 });
	const items = [1, 2, 3, 4, 5].map((n) => ({ n }));
	const parameters = { ...LIST, options: { itemsInParallel: 5 } };
	const { json } = await stage.run(parameters, { credentialId, items });
	expect(json).toHaveLength(5);
	expect(calls().filter((call) => call.startsWith('POST'))).toEqual(['POST /user/auth 200']);
});

it('E6: a write that met a revoked login is made once', async () => {
	const credentialId = await stage.credential();
	await titles(credentialId);
	stage.sandbox.appmixer.revokeTokens();
	const [task] = stage.sandbox.appmixer.tasks;
	const taskId = { __rl: true, mode: 'id', value: task.taskId };
	const parameters = { resource: 'task', operation: 'approve', taskId };
	const { execution } = await stage.run(parameters, { credentialId });
	expect(execution.status).toBe('success');
	const put = `PUT ${PATH}/${task.taskId}/approve`;
	expect(calls()).toEqual([`${put} 401`, 'POST /user/auth 200', `${put} 200`]);
});

it('E4: after the user was changed, runs and the test are the new user', async () => {
	const { rest } = stage.n8n;
	const credentialId = await stage.credential();
	await titles(credentialId);
	const shown = await rest.get<{ data: Record<string, string> }>(
		`/rest/credentials/${credentialId}`,
		{ includeData: true },
	);
	// the editor gets the stored login masked, and sends it back so
	expect(shown.data.sessionToken).toMatch(/^__n8n_BLANK_VALUE/);
	const carol = { username: CAROL.username, password: CAROL.password };
	await rest.updateCredential(credentialId, { data: carol });

	expect(await titles(credentialId)).toEqual(["Carol's"]);
	expect(new Set(tokenOwners())).toEqual(new Set([CAROL.id]));

	stage.sandbox.requests.clear();
	expect(await rest.testCredential(credentialId)).toMatchObject({ status: 'OK' });
	expect(new Set(tokenOwners())).toEqual(new Set([CAROL.id]));
	expect(stage.sandbox.requests.at(-1)?.responseBody).toMatchObject({
		email: 'carol@example.com',
	});
});

it('E4: a test with another user that was not saved leaves runs with the saved one', async () => {
	const { rest } = stage.n8n;
	const credentialId = await stage.credential();
	await titles(credentialId);
	const carol = { username: CAROL.username, password: CAROL.password };
	stage.sandbox.requests.clear();
	expect(await rest.testCredential(credentialId, carol)).toMatchObject({ status: 'OK' });
	expect(new Set(tokenOwners())).toEqual(new Set([CAROL.id]));

	expect(await titles(credentialId)).toEqual(["Bob's"]);
	expect(new Set(tokenOwners())).toEqual(new Set([BOB.id]));
});

it('E4: a login is not sent to another Base URL', async () => {
	const credentialId = await stage.credential();
	await titles(credentialId);
	const elsewhere = await openStage();
	const { url, requests } = elsewhere.sandbox;
	await stage.n8n.rest.updateCredential(credentialId, { data: { baseUrl: url } });
	await titles(credentialId);
	const paths = requests.map(({ method, path }) => `${method} ${path}`);
	await elsewhere.close();
	expect(paths).toEqual(['POST /user/auth', `GET ${PATH}`]);
});

it('a login that fails in an execution is a sentence without the password', async () => {
	const typed = 'Wrong-Password-4711';
	const credentialId = await stage.credential({ password: typed });
	const { execution, error } = await stage.run(LIST, { credentialId });
	expect(error?.message).toBe(
		'Appmixer could not be signed in to (HTTP 401): could not list tasks',
	);
	expect(error?.description).toBe(
		'Appmixer did not accept the user name or password: correct them.',
	);
	expect(calls()).toEqual(['POST /user/auth 401']);
	expect(JSON.stringify(execution.raw)).not.toContain(typed);
});
