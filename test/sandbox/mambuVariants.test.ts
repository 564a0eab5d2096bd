import { MAX, type MambuOptions } from '../../sandbox';
import {
	clientKey,
	FORM,
	startMambu,
	titles,
	v1Task,
	v2Task,
	type Answer,
	type ListAnswer,
	type Started,
} from './callMambu';

const YESTERDAY = new Date(Date.now() - 24 * 3_600_000);
const UUID = '0f8fad5b-d9cb-4d9f-a165-70867728950e';

/** Everything that is not documented, one way and the other. */
const open: Started[] = [];
async function withOptions(options: Partial<MambuOptions>): Promise<Started> {
	const started = await startMambu(options);
	open.push(started);
	return started;
}
afterEach(async () => {
	for (const { sandbox } of open.splice(0)) await sandbox.close();
});

const list = async ({ v1 }: Started, query = '') => (await v1.get(`/tasks${query}`)) as ListAnswer;
const listV2 = async ({ v2 }: Started, query = '') =>
	(await v2.get(`/tasks${query}`)) as ListAnswer;

describe('version 1 switched off', () => {
	it.each([
		['invalidOperation', 400, 'INVALID_API_OPERATION'],
		['notImplemented', 501, 'METHOD_NOT_IMPLEMENTED'],
		['notAvailable', 403, 'NOT_AVAILABLE_FOR_API_V1'],
	] as const)('%s', async (v1Retired, status, name) => {
		const started = await withOptions({ v1Retired });
		const answer = (await started.v1.get('/tasks')) as Answer;
		expect([answer.status, answer.data.returnStatus]).toEqual([status, name]);
		expect((await started.v2.get('/tasks')).status).toBe(200);
	});

	it('notFound, as a page', async () => {
		const started = await withOptions({ v1Retired: 'notFound' });
		const answer = await started.v1.get('/tasks');
		expect([answer.status, answer.headers['content-type']]).toEqual([
			404,
			expect.stringContaining('text/html'),
		]);
	});
});

describe('failures', () => {
	it('come inside a 200 in version 1, or with their status', async () => {
		for (const [v1ErrorStatus, status] of [
			['ok', 200],
			['http', 400],
		] as const) {
			const started = await withOptions({ v1ErrorStatus });
			const answer = (await started.v1.post('/tasks', {})) as Answer;
			expect([answer.status, answer.data.returnStatus]).toEqual([
				status,
				'MISSING_REQUIRED_PARAMETER',
			]);
		}
	});

	it.each([404, 400] as const)('an unknown task is a %s', async (unknownTaskStatus) => {
		const started = await withOptions({ unknownTaskStatus });
		expect((await started.v1.delete('/tasks/9')).status).toBe(unknownTaskStatus);
		expect((await started.v2.get('/tasks/9')).status).toBe(unknownTaskStatus);
	});
});

describe('lists', () => {
	it.each([
		[true, ['open', 'late']],
		[false, ['open']],
	] as const)('count a late task as open: %s', async (overdueIsOpen, expected) => {
		const started = await withOptions({ overdueIsOpen });
		started.mambu.createTask({ title: 'open' });
		started.mambu.createTask({ title: 'late', dueDate: YESTERDAY });
		expect(titles(await list(started))).toEqual(expected);
		expect(titles(await listV2(started))).toEqual(expected);
	});

	it.each([
		['oldestFirst', ['abcdefghijkl']],
		['newestFirst', ['lkjihgfedcba']],
		['any', null],
	] as const)('come in the order %s', async (order, expected) => {
		const started = await withOptions({ order });
		for (const title of 'abcdefghijkl') started.mambu.createTask({ title });
		const orders: string[] = [];
		for (const read of [list, listV2, list, listV2]) {
			orders.push(titles(await read(started)).join(''));
		}
		for (const one of orders) expect([...one].sort().join('')).toBe('abcdefghijkl');
		const different = [...new Set(orders)];
		if (expected) expect(different).toEqual(expected);
		else expect(different).toHaveLength(orders.length);
	});

	it.each(['OVERDUE', 'OPEN'] as const)('show %s for a late task', async (v1OverdueWord) => {
		const started = await withOptions({ v1OverdueWord });
		started.mambu.createTask({ dueDate: YESTERDAY });
		expect((await list(started)).data).toMatchObject([{ status: v1OverdueWord }]);
		expect((await listV2(started)).data).toMatchObject([{ status: 'OPEN' }]);
	});

	it.each([
		['applied', 200, ['late']],
		['refused', 400, []],
		['ignored', 200, ['late', 'open']],
	] as const)('have the filter OVERDUE in version 2 %s', async (v2OverdueFilter, status, found) => {
		const started = await withOptions({ v2OverdueFilter });
		started.mambu.createTask({ title: 'late', dueDate: YESTERDAY });
		started.mambu.createTask({ title: 'open' });
		const answer = await listV2(started, '?status=OVERDUE');
		expect(answer.status).toBe(status);
		if (status === 200) expect(titles(answer)).toEqual(found);
	});

	it.each([
		['OPEN', 1],
		['ALL', 2],
	] as const)('show %s in version 2 without a status', async (v2DefaultStatus, count) => {
		const started = await withOptions({ v2DefaultStatus });
		started.mambu.createTask();
		started.mambu.complete(started.mambu.createTask());
		expect((await listV2(started)).data).toHaveLength(count);
	});

	it.each([
		['both', [1, 1]],
		['id', [1, 0]],
		['key', [0, 1]],
	] as const)('compare the client in version 2 by %s', async (v2LinkFilter, expected) => {
		const started = await withOptions({ v2LinkFilter });
		const taskLinkKey = clientKey(started, '16');
		started.mambu.createTask({ taskLinkKey, taskLinkType: 'CLIENT' });
		const found = async (client: string) =>
			(await listV2(started, `?clientId=${client}`)).data.length;
		expect([await found('16'), await found(taskLinkKey)]).toEqual(expected);
	});

	it.each([
		[true, 1],
		[false, 0],
	] as const)('forget the client beside a user in version 2: %s', async (beats, count) => {
		const started = await withOptions({ v2UserBeatsClient: beats });
		started.mambu.createTask();
		expect((await listV2(started, '?username=demo&clientId=16')).data).toHaveLength(count);
	});

	it.each([
		['oldestFirst', ['a', 'b']],
		['newestFirst', ['b', 'a']],
	] as const)('come %s', async (order, expected) => {
		const started = await withOptions({ order });
		for (const title of ['a', 'b']) started.mambu.createTask({ title });
		expect(titles(await list(started))).toEqual(expected);
	});

	it('cap their pages lower than documented', async () => {
		const started = await withOptions({ maxLimit: 2, defaultLimit: 1 });
		for (const title of ['a', 'b']) started.mambu.createTask({ title });
		expect((await list(started)).data).toHaveLength(1);
		expect((await list(started, '?limit=3')).status).toBe(400);
	});
});

describe('writes', () => {
	it.each(['bare', 'task'] as const)('answer a form with a %s', async (v1FormAnswer) => {
		const started = await withOptions({ v1FormAnswer });
		const form = 'title=a&username=demo&duedate=2099-01-01';
		const { data } = (await started.v1.post('/tasks', form, { headers: FORM })) as Answer;
		expect(Object.keys(data).includes('task')).toBe(v1FormAnswer === 'task');
	});

	it.each([
		['refused', 404],
		['found', 200],
	] as const)('one task by ID in version 1 is %s', async (v1GetOne, status) => {
		const started = await withOptions({ v1GetOne });
		const { id } = started.mambu.createTask();
		expect((await started.v1.get(`/tasks/${id}`)).status).toBe(status);
	});

	it.each([
		['keep', 'Old'],
		['clear', undefined],
	] as const)('%s a field that is left out', async (omitted, description) => {
		const started = await withOptions({ omitted });
		const { encodedKey } = started.mambu.createTask({ description: 'Old' });
		const body = v1Task({ encodedKey, description: undefined });
		const answer = (await started.v1.post('/tasks', body)) as Answer;
		expect((answer.data.task as Record<string, unknown>).description).toBe(description);
		const second = started.mambu.createTask({ description: 'Old' });
		await started.v2.put(`/tasks/${second.id}`, v2Task());
		expect(second.description).toBe(description);
	});

	it.each(['unlink', 'keep'] as const)('%s with a null link', async (nullLink) => {
		const started = await withOptions({ nullLink });
		const taskLinkKey = clientKey(started, '16');
		const task = started.mambu.createTask({ taskLinkKey, taskLinkType: 'CLIENT' });
		const nothing = { taskLinkKey: null, taskLinkType: null };
		await started.v1.post('/tasks', v1Task({ encodedKey: task.encodedKey, ...nothing }));
		expect('taskLinkKey' in task).toBe(nullLink === 'keep');
	});

	it.each([
		['strict', 400],
		['filledIn', 201],
	] as const)('completed without a date: %s', async (completionDates, status) => {
		const started = await withOptions({ completionDates });
		expect((await started.v1.post('/tasks', v1Task({ status: 'COMPLETED' }))).status).toBe(status);
	});

	it.each([
		['refused', 400],
		['accepted', 204],
	] as const)('REPLACE of what is not there is %s', async (patchMissing, status) => {
		const started = await withOptions({ patchMissing });
		const { id } = started.mambu.createTask();
		const body = [{ op: 'REPLACE', path: '/description', value: 'x' }];
		expect((await started.v2.patch(`/tasks/${id}`, body)).status).toBe(status);
	});

	it('patches only what the tenant lets it', async () => {
		const started = await withOptions({ patchable: ['title'] });
		const { id } = started.mambu.createTask();
		const body = [{ op: 'REPLACE', path: '/status', value: 'COMPLETED' }];
		const { data } = (await started.v2.patch(`/tasks/${id}`, body)) as Answer;
		expect(data.errors).toMatchObject([{ errorReason: 'INVALID_TASK_FIELD_CHANGE' }]);
	});

	it.each([
		['refused', 400],
		['replayed', 201],
	] as const)('the same key with another body is %s', async (idempotencyMismatch, status) => {
		const started = await withOptions({ idempotencyMismatch });
		const headers = { 'Idempotency-Key': UUID };
		await started.v2.post('/tasks', v2Task(), { headers });
		const other = await started.v2.post('/tasks', v2Task({ title: 'B' }), { headers });
		expect(other.status).toBe(status);
		expect(started.mambu.tasks).toHaveLength(1);
	});

	it('forget a key after a while', async () => {
		const started = await withOptions({ idempotencyLifetimeSeconds: 60 });
		const headers = { 'Idempotency-Key': UUID };
		await started.v2.post('/tasks', v2Task(), { headers });
		await started.sandbox.clock.advance(61_000);
		await started.v2.post('/tasks', v2Task(), { headers });
		expect(started.mambu.tasks).toHaveLength(2);
	});
});

describe('a version 2 task without an assignee', () => {
	it.each([
		['callers', 201, MAX.encodedKey],
		['refused', 400, undefined],
	] as const)(
		'%s: storage has none that is nobody, so it answers',
		async (v2NoAssignee, status, key) => {
			const started = await withOptions({ v2NoAssignee });
			const answer = (await started.v2.post(
				'/tasks',
				v2Task({ assignedUserKey: undefined }),
			)) as Answer;
			expect([answer.status, answer.data.assignedUserKey]).toEqual([status, key]);
		},
	);
});

describe('a tenant in trouble', () => {
	it.each([
		['FEATURE_DISABLED', 19, true],
		['EXCESSIVE_INVALID_REQUESTS', 24, true],
		['READ_ONLY_MODE', 32, false],
		['BLOCKING_OPERATION_IN_PROGRESS', 60, false],
	] as const)('refuses with %s', async (trouble, code, reads) => {
		const started = await withOptions({ trouble });
		const v1 = (await started.v1.post('/tasks', v1Task())) as Answer;
		expect([v1.data.returnCode, v1.data.returnStatus]).toEqual([code, trouble]);
		const v2 = (await started.v2.post('/tasks', v2Task())) as Answer;
		expect(v2.data).toEqual({ errors: [{ errorCode: code, errorReason: trouble }] });
		expect((await started.v2.get('/tasks')).status >= 400).toBe(reads);
		started.mambu.options.trouble = undefined;
		expect((await started.v2.post('/tasks', v2Task())).status).toBe(201);
	});
});
