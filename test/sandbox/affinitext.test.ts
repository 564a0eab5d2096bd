import { ANN, TAU, VIC, type AffinitextOptions } from '../../sandbox';
import { list, startAffinitext, type Json, type Started } from './callAffinitext';

const DATE = new Date('2099-02-01T10:00:00Z');

const open: Started[] = [];
async function withOptions(options: Partial<AffinitextOptions> = {}): Promise<Started> {
	const started = await startAffinitext(options);
	open.push(started);
	return started;
}
afterEach(async () => {
	for (const { sandbox } of open.splice(0)) await sandbox.close();
});

/** One task's JSON under these options. */
async function sent(options: Partial<AffinitextOptions>): Promise<Json> {
	const started = await withOptions(options);
	started.affinitext.add({ targetDate: DATE });
	const { data } = await list(started);
	return (data as unknown as Json[])[0];
}

describe('who sees what', () => {
	it('is creator, assignee, verifier or in the collaborating group', async () => {
		const started = await withOptions();
		const { affinitext } = started;
		const nobody = { creator: ANN, assignee: ANN };
		affinitext.add({ subject: 'creator' });
		affinitext.add({ ...nobody, subject: 'assignee', assignee: TAU });
		affinitext.add({ ...nobody, subject: 'verifier', verifier: TAU });
		affinitext.add({ ...nobody, subject: 'group', collaborators: TAU.groups[0] });
		affinitext.add({ ...nobody, subject: 'nothing', verifier: VIC });
		const { data } = await list(started);
		expect((data as unknown as Json[]).map(({ subject }) => subject)).toEqual([
			'creator',
			'assignee',
			'verifier',
			'group',
		]);
	});

	it('nothing at all is an empty list', async () => {
		expect((await list(await withOptions())).data).toEqual([]);
	});

	it.each([
		['status403', 403],
		['empty', 200],
	] as const)('an account that is no Task API User: %s', async (notTaskApiUser, status) => {
		const started = await withOptions({ notTaskApiUser });
		const token = started.affinitext.issueToken(ANN);
		expect((await list(started, token)).status).toBe(status);
	});
});

describe('tokens', () => {
	it.each([
		['ends', 401],
		['lives', 200],
	] as const)('a new one: the old one %s', async (oldToken, status) => {
		const started = await withOptions({ oldToken });
		const fresh = started.affinitext.issueToken();
		expect((await list(started, fresh)).status).toBe(200);
		expect((await list(started, started.affinitext.token)).status).toBe(status);
	});

	it.each([
		['status401', 401, 'application/json'],
		['loginPage', 200, 'text/html'],
		['redirect', 302, 'text/html'],
		['foreignRedirect', 302, 'text/html'],
	] as const)('a wrong one: %s', async (unauthenticated, status, type) => {
		const answer = await list(await withOptions({ unauthenticated }), 'wrong');
		expect([answer.status, String(answer.headers['content-type'] ?? type).split(';')[0]]).toEqual([
			status,
			type,
		]);
	});

	it.each([
		['json', { message: 'Unauthenticated.' }],
		['problem', { title: 'Refused', detail: 'Unauthenticated.', status: 401 }],
		['text', 'Unauthenticated.'],
		['page', '<h1>Unauthenticated.</h1>'],
	] as const)('refusals as %s', async (refusals, body) => {
		expect((await list(await withOptions({ refusals }), 'wrong')).data).toEqual(body);
	});
});

describe('the list', () => {
	it.each([
		['bare', ([one]: Json[]) => [one, one]],
		['data', ([one]: Json[]) => ({ data: [one, one], total: 2 })],
		['tasks', ([one]: Json[]) => ({ tasks: [one, one], total: 2 })],
		['items', ([one]: Json[]) => ({ items: [one, one], total: 2 })],
		['results', ([one]: Json[]) => ({ results: [one, one], total: 2 })],
		['records', ([one]: Json[]) => ({ records: [one, one], total: 2 })],
		['value', ([one]: Json[]) => ({ value: [one, one], total: 2 })],
		['nested', ([one]: Json[]) => ({ data: { tasks: [one, one], total: 2 } })],
		['foreign', ([one]: Json[]) => ({ zeilen: [one, one], total: 2 })],
		['single', ([one]: Json[]) => one],
	] as const)('wrapped: %s', async (envelope, expected) => {
		const started = await withOptions({ envelope });
		started.affinitext.add();
		started.affinitext.add();
		const any: Json = expect.objectContaining({ subject: 'Review clause 4.2' }) as never;
		expect((await list(started)).data).toEqual(expected([any]));
	});

	it.each([
		['camel', 'id', ['id', 'subject', 'targetDate']],
		['pascal', 'taskNo', ['TaskNo', 'Subject', 'TargetDate']],
		['snake', 'taskNo', ['task_no', 'subject', 'target_date']],
		['foreign', 'id', ['zeile', 'betreff', 'frist']],
		['camel', 'none', ['subject', 'targetDate']],
	] as const)('keys: %s, %s', async (naming, identifier, keys) => {
		const found = Object.keys(await sent({ naming, identifier }));
		expect(found).toEqual(expect.arrayContaining([...keys]));
	});

	it.each([
		['iso', '2099-02-01T10:00:00.000Z'],
		['day', '2099-02-01'],
		['british', '01/02/2099'],
		['epoch', DATE.getTime()],
		['dotNet', `/Date(${DATE.getTime()})/`],
	] as const)('dates: %s', async (dates, expected) => {
		expect((await sent({ dates })).targetDate).toBe(expected);
	});

	it.each([
		['words', 'Assigned'],
		['upper', 'ASSIGNED'],
		['codes', 1],
	] as const)('states: %s', async (states, expected) => {
		expect((await sent({ states })).status).toBe(expected);
	});

	it.each([
		['string', 'Ann Archer'],
		['object', { id: 'u-2', name: 'Ann Archer', email: 'ann@example.com' }],
	] as const)('people: %s', async (people, expected) => {
		expect((await sent({ people })).assignee).toEqual(expected);
	});

	it.each([
		[true, true],
		[false, false],
	])('times: %s', async (times, expected) => {
		expect('updatedAt' in (await sent({ times }))).toBe(expected);
	});

	it('is JSON under another name', async () => {
		const started = await withOptions({ contentType: 'html', text: '"hello"' });
		const answer = await list(started);
		expect([answer.headers['content-type'], answer.data]).toEqual([
			expect.stringContaining('text/html'),
			'hello',
		]);
	});

	it.each([
		['next', ({ next }: Json) => next],
		['links', ({ links }: Json) => (links as Json).next],
		['odata', (body: Json) => body['@odata.nextLink']],
		['foreignNext', ({ next }: Json) => next],
	] as const)('pages: %s', async (paging, nextOf) => {
		const started = await withOptions({ paging, envelope: 'tasks' });
		for (let index = 0; index < 3; index++) started.affinitext.add();
		const first = (await list(started)).data;
		expect(first.tasks).toHaveLength(2);
		expect(nextOf(first)).toMatch(/^http:.*\/api\/tasks\?page=2$/);
		const second = (await list(started, undefined, '?page=2')).data;
		expect(second.tasks).toHaveLength(1);
		expect(nextOf(second) ?? null).toBeNull();
	});

	it('pages without an end', async () => {
		const started = await withOptions({ paging: 'endless', envelope: 'tasks' });
		expect((await list(started)).data.next).toMatch(/page=1$/);
	});
});

describe('what is not there', () => {
	it.each([404, 405] as const)('writes: %s', async (otherMethods) => {
		const started = await withOptions({ otherMethods });
		expect((await started.client().post('/tasks', {})).status).toBe(otherMethods);
	});

	it('one task by its number', async () => {
		const started = await withOptions();
		const { number } = started.affinitext.add();
		expect((await started.client().get(`/tasks/${number}`)).status).toBe(404);
	});
});

it('tasks run through the states of the mails', async () => {
	const started = await withOptions();
	const { affinitext } = started;
	const alone = affinitext.add();
	const checked = affinitext.add({ verifier: VIC });
	affinitext.complete(alone);
	affinitext.complete(checked);
	expect([alone.state, checked.state]).toEqual(['Completed', 'Awaiting Verification']);
	affinitext.verify(checked);
	affinitext.reopen(alone);
	expect([alone.state, checked.state]).toEqual(['Re-opened', 'Verified']);
	affinitext.remove(alone);
	expect((await list(started)).data).toHaveLength(1);
});
