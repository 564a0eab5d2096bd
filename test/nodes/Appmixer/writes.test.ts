/** @jest-environment ./test/engine/environment.ts */
import { byId, NEW_TASK, PLUGIN, useSandbox } from './sandboxed';

const used = useSandbox({ dashboardUrl: 'https://tasks.example.com/' });

it('update never sends a status, even when the field is smuggled in', async () => {
	const { taskId, approverSecret } = used.sandbox.appmixer.createTask();
	const run = await used.run('task:update', {
		taskId: byId(taskId),
		updateFields: { title: 'New', status: 'approved' },
		options: { secret: approverSecret },
	});
	expect(run.error).toBeNull();
	const [{ body }] = used.sandbox.requests.slice(-1);
	expect(body).toEqual({ title: 'New' });
	expect(used.sandbox.appmixer.tasks[0].status).toBe('pending');
});

it('update can empty the description', async () => {
	const { taskId, approverSecret } = used.sandbox.appmixer.createTask({ description: 'old' });
	await used.run('task:update', {
		taskId: byId(taskId),
		updateFields: { description: '' },
		options: { secret: approverSecret },
	});
	expect(used.sandbox.requests.at(-1)?.body).toEqual({ description: '' });
});

it('E3: create gives the secrets and links only when asked for', async () => {
	const quiet = await used.run('task:create', NEW_TASK);
	const [task] = used.sandbox.appmixer.tasks;
	expect(JSON.stringify(quiet.outputs)).not.toContain(task.approverSecret);

	const run = await used.run('task:create', { ...NEW_TASK, options: { includeLinks: true } });
	const { taskId, approverSecret, requesterSecret } = used.sandbox.appmixer.tasks[1];
	expect(run.outputs[0][0].json).toMatchObject({
		id: taskId,
		approverSecret,
		requesterSecret,
		links: {
			approve: `https://tasks.example.com/?taskId=${taskId}&action=approve&secret=${approverSecret}`,
			reject: `https://tasks.example.com/?taskId=${taskId}&action=reject&secret=${approverSecret}`,
			approverTasks: `https://tasks.example.com/?secret=${approverSecret}&role=approver`,
			requesterTasks: `https://tasks.example.com/?secret=${requesterSecret}&role=requester`,
		},
	});
});

it('create does not fail when the dashboard cannot be asked: the task exists by then', async () => {
	used.sandbox.fault({ path: /dashboard-url$/, status: 500 });
	const run = await used.run('task:create', { ...NEW_TASK, options: { includeLinks: true } });
	expect(run.error).toBeNull();
	expect(run.outputs[0][0].json.links).toBeNull();
});

it('an ID with slashes stays one part of the path', async () => {
	for (const id of ['../../../user', '..', 'a/b', '?x=1', '%2e%2e']) {
		await used.run('task:approve', { taskId: byId(id), options: { secret: 's' } });
	}
	const paths = used.sandbox.requests
		.filter(({ method }) => method === 'PUT')
		.map(({ path }) => path);
	for (const path of paths) expect(path).toMatch(new RegExp(`^${PLUGIN}/tasks/[^/]+/approve$`));
});

it('an expired login is renewed once and the write is done once', async () => {
	const { appmixer } = used.sandbox;
	const credential = {
		baseUrl: used.sandbox.url,
		authentication: 'login',
		username: 'ada@example.com',
		password: 'ada-password',
	};
	appmixer.options.tokenLifetimeSeconds = 3600;
	const run = await used.run('task:create', NEW_TASK, { credential });
	expect(run.error).toBeNull();
	expect(used.calls().filter((call) => call === 'POST /user/auth')).toHaveLength(1);

	const { sessionToken } = run.parked.credentials.stored.data;
	appmixer.revokeTokens();
	const again = await used.run('task:create', NEW_TASK, {
		credential: { ...credential, sessionToken: String(sessionToken) },
	});
	expect(again.error).toBeNull();
	expect(appmixer.tasks).toHaveLength(2);
	expect(used.calls().filter((call) => call === 'POST /user/auth')).toHaveLength(2);
});

it('20 items in parallel log in once', async () => {
	const login = { authentication: 'login', username: 'ada@example.com', password: 'ada-password' };
	const credential = { baseUrl: used.sandbox.url, ...login };
	const items = Array.from({ length: 20 }, (_, n) => ({ n }));
	const parameters = { ...NEW_TASK, options: { itemsInParallel: 20 } };
	const { error } = await used.run('task:create', parameters, { credential, items });
	expect([error, used.sandbox.appmixer.tasks.length]).toEqual([null, 20]);
	expect(used.calls().filter((call) => call === 'POST /user/auth')).toHaveLength(1);
});

it('E4: a token of another user is not sent when the user was changed', async () => {
	const login = { baseUrl: used.sandbox.url, authentication: 'login' };
	const asAda = { ...login, username: 'ada@example.com', password: 'ada-password' };
	const first = await used.run('task:count', {}, { credential: asAda });
	const { sessionToken } = first.parked.credentials.stored.data;
	const before = used.sandbox.requests.length;
	await used.run(
		'task:count',
		{},
		{
			credential: {
				...login,
				username: 'bob@example.com',
				password: 'bob-password',
				sessionToken: String(sessionToken),
			},
		},
	);
	const later = used.sandbox.requests.slice(before);
	expect(
		later.some(
			({ path, body }) =>
				path === '/user/auth' && (body as { username: string }).username === 'bob@example.com',
		),
	).toBe(true);
	const adas = String(sessionToken).split(':').pop();
	expect(later.filter(({ headers }) => headers.authorization === `Bearer ${adas}`)).toEqual([]);
});
