/** @jest-environment ./test/engine/environment.ts */
import type { OpentapsOptions } from '../../../sandbox';
import { engine } from '../../engine';
import { operationsOf } from '../../operationsOf';
import { CASES } from './cases';
import { byId, formOf, LOGIN, UMAS_ID, useSandbox } from './sandboxed';

const used = useSandbox();
const set = (options: Partial<OpentapsOptions>) =>
	void Object.assign(used.opentaps.options, options);
const find = (operation: string) => CASES.find((one) => one.operation === operation)!;
const jsonOf = async (...run: Parameters<typeof used.run>) => {
	const { outputs, error } = await used.run(...run);
	expect(error).toBeNull();
	return outputs[0].map(({ json }) => json);
};
const addMany = (count: number) => {
	for (let n = 1; n <= count; n++) used.opentaps.add({ noteText: `a${n}` });
};

describe('opentaps operations', () => {
	it.each(CASES)('$operation sends what CRM2 takes and gives its record', async (each) => {
		const { parameters, request, output } = each.prepare(used);
		const { outputs, error } = await used.run(each.operation, parameters);
		expect(error).toBeNull();
		const [sent, ...others] = used.received();
		expect([sent.method, sent.path, sent.query]).toEqual([
			request.method,
			request.path,
			request.query ?? {},
		]);
		expect(formOf(sent)).toEqual(request.form ?? {});
		if (request.form) {
			expect(sent.headers['content-type']).toBe('application/x-www-form-urlencoded');
		}
		// a list shorter than its page is asked once more for what comes after
		expect(others.every(({ method }) => method === 'GET')).toBe(true);
		// a wait has more than one output
		const items = outputs.flat();
		expect(items.map(({ json }) => json)).toEqual(output);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(output.map(() => ({ item: 0 })));
	});

	it('are all in the cases', async () => {
		expect(await operationsOf('opentaps')).toEqual(CASES.map(({ operation }) => operation).sort());
	});

	it('never send an update without partial=Yes, so nothing else is lost', async () => {
		const task = used.opentaps.createTask({ fields: { referenceName: 'A-1' } });
		await jsonOf('task:complete', { taskId: byId(task.id) });
		expect(task).toMatchObject({ noteText: 'Call the customer', assignedTo: [UMAS_ID] });
		expect(task.fields).toMatchObject({ referenceName: 'A-1', status: 'COMPLETED' });
	});
});

describe('both generations of records', () => {
	it.each(['2013', '2015'] as const)('of %s make the same Task record', async (generation) => {
		set({ generation, assignees: generation === '2013' ? 'map' : 'list', dates: 'spaced' });
		const { id } = used.opentaps.createTask({
			fields: { scheduledDateTime: '2099-01-01T10:00:00+01:00' },
		});
		const [task] = await jsonOf('task:getAll');
		expect(task).toMatchObject({
			id,
			title: 'Call the customer',
			status: 'CREATED',
			state: 'open',
			requester: generation === '2013' ? { name: 'Ida Admin' } : null,
			assignee: { id: UMAS_ID, name: generation === '2013' ? 'Uma User' : null },
			dueAt: '2099-01-01T09:00:00.000Z',
		});
	});

	it('come through untouched with Simplify off', async () => {
		set({ generation: '2013' });
		const { id } = used.opentaps.createTask();
		const [raw] = await jsonOf('task:getAll', { simple: false });
		expect(raw).toEqual({
			note: expect.objectContaining({ noteId: id, note_field_status: 'CREATED' }),
		});
		set({ generation: '2015' });
		const [flat] = await jsonOf('activity:getAll', { simple: false });
		expect(flat).toMatchObject({ _id: id, attributes: {}, assignedToContact: [UMAS_ID] });
		const [user] = await jsonOf('user:getAll', { simple: false, limit: 1 });
		expect(user).toEqual(expect.objectContaining({ fullName: 'Ida Admin' }));
		const [tag] = await jsonOf('tag:create', { tagName: 'VIP', simple: false });
		expect(tag).toEqual({ tagId: expect.any(String) });
	});
});

describe('what CRM2 answers to writes', () => {
	it.each(['record', 'id', 'topLevel', 'empty'] as const)('create: %s', async (createAnswer) => {
		set({ createAnswer });
		const [task] = await jsonOf('task:create', {
			noteText: 'x',
			scheduledDateTime: '2099-01-01T10:00:00',
		});
		expect(task).toMatchObject({
			id: createAnswer === 'empty' ? '' : used.opentaps.activities[0].id,
			title: 'x',
			dueAt: '2099-01-01T09:00:00.000Z',
		});
		expect(used.calls()).toEqual(['POST /activities']);
	});

	it.each(['record', 'acknowledged', 'empty'] as const)('update: %s', async (updateAnswer) => {
		set({ updateAnswer });
		const { id } = used.opentaps.createTask();
		const [task] = await jsonOf('task:complete', { taskId: byId(id) });
		expect(task).toMatchObject({ id, status: 'COMPLETED', state: 'done' });
		expect(await jsonOf('task:complete', { taskId: byId(id), simple: false })).toHaveLength(1);
	});

	it.each(['acknowledged', 'empty', 'noContent'] as const)('others: %s', async (doneAnswer) => {
		set({ doneAnswer });
		for (const operation of [
			'activity:delete',
			'activity:addContact',
			'tag:update',
			'tag:delete',
		]) {
			const { parameters, output } = find(operation).prepare(used);
			expect(await jsonOf(operation, parameters)).toEqual(output);
		}
	});

	it.each(['topLevel', 'enveloped'] as const)('tags: %s', async (tagAnswer) => {
		set({ tagAnswer });
		const [{ id }] = await jsonOf('tag:create', { tagName: 'VIP' });
		expect(id).toBe(used.opentaps.tags[0].tagId);
		expect(await jsonOf('tag:getAll')).toEqual([{ id, name: 'VIP', url: '', keywords: '' }]);
	});
});

describe('tasks', () => {
	it.each([
		['prefixed', ['note_field_scheduledDateTime']],
		['plain', ['scheduledDateTime']],
		['both', ['note_field_scheduledDateTime', 'scheduledDateTime']],
	] as const)('send their own fields %s', async (fieldNames, names) => {
		set({ taskFieldNames: fieldNames });
		const { hints } = await used.run('task:create', {
			noteText: 'x',
			scheduledDateTime: '2099-01-01T10:00:00',
			options: { fieldNames },
		});
		expect(hints).toEqual([]);
		const sent = Object.keys(formOf(used.received()[0])).filter((name) => /scheduled/.test(name));
		expect(sent).toEqual(names);
		expect(used.opentaps.activities[0].fields.scheduledDateTime).toBe('2099-01-01T09:00:00.000Z');
	});

	it('warn when the server dropped fields it knows by other names', async () => {
		set({ taskFieldNames: 'plain' });
		const { hints, error } = await used.run('task:create', {
			noteText: 'x',
			scheduledDateTime: '2099-01-01T10:00:00',
		});
		expect(error).toBeNull();
		expect(hints).toEqual([
			'opentaps CRM2 stored the task without scheduledDateTime. Choose other Field Names in Options.',
		]);
	});

	it('can go to POST /task, and say when there is none', async () => {
		const parameters = { noteText: 'x', options: { endpoint: '/task' } };
		const { error } = await used.run('task:create', parameters);
		expect(error?.description).toContain('Set Endpoint in Options to Activities.');
		set({ taskPost: 'offered' });
		await jsonOf('task:create', parameters);
		expect(used.opentaps.activities[0].fields.activityType).toBe('TASK');
	});

	it('are asked for in greater numbers until all have come', async () => {
		for (let n = 0; n < 10_050; n++) used.opentaps.createTask({ noteText: `t${n}` });
		used.opentaps.createTask({ fields: { status: 'COMPLETED' } });
		expect(await jsonOf('task:getAll', { returnAll: true })).toHaveLength(10_050);
		expect(used.calls()).toEqual([
			'GET /task?status=CREATED,STARTED&per_page=9999',
			'GET /task?status=CREATED,STARTED&per_page=99990',
			// this page is larger, so the one before was not cut
			'GET /task?per_page=100500',
		]);
	});

	it('are filtered here by contact and time', async () => {
		const mine = { assignedTo: [], fields: { responsibleContactId: UMAS_ID } };
		used.opentaps.createTask({ noteText: 'taken', ...mine });
		const late = { fields: { scheduledDateTime: '2020-05-05T10:00:00Z' } };
		used.opentaps.createTask({ noteText: 'late', ...late });
		used.opentaps.createTask({ noteText: 'none', fields: { scheduledDateTime: '' } });
		const titles = async (filters: object) =>
			(await jsonOf('task:getAll', { limit: 2, filters: { ...filters } })).map(
				({ title }) => title,
			);
		expect(await titles({ responsibleContactId: byId(UMAS_ID) })).toEqual(['taken']);
		expect(await titles({ assignedToContact: byId(UMAS_ID) })).toEqual(['none', 'late']);
		expect(await titles({ unassigned: true })).toEqual(['none', 'late']);
		// noon in Prague
		expect(await titles({ scheduledBefore: '2020-05-05T12:00:00' })).toEqual([]);
		expect(await titles({ scheduledBefore: '2020-05-05T12:00:01' })).toEqual(['late']);
		expect(await titles({ scheduledAfter: '2020-05-05T12:00:01' })).toEqual(['taken']);
	});

	it('are listed in the statuses named, or in any', async () => {
		used.opentaps.createTask({ fields: { status: 'PARKED' } });
		expect(await jsonOf('task:getAll')).toEqual([]);
		const [task] = await jsonOf('task:getAll', { statuses: 'PARKED' });
		expect(task).toMatchObject({ status: 'PARKED', state: 'open', decision: null });
		expect(await jsonOf('task:getAll', { statuses: '' })).toHaveLength(1);
		expect(used.calls()).toContain('GET /task?per_page=50');
	});
});

const DIRECTIONS = ['ascending', 'descending'] as const;
const MEANINGS = ['inclusive', 'exclusive', 'notBelow'] as const;

describe('activities page by page', () => {
	describe.each(DIRECTIONS)('%s', (order) => {
		it.each(MEANINGS)('startFrom %s: all come once, and it ends', async (startFrom) => {
			set({ order, startFrom });
			addMany(250);
			const all = await jsonOf('activity:getAll', { returnAll: true });
			expect(new Set(all.map(({ id }) => id)).size).toBe(250);
			expect(all).toHaveLength(250);
			expect(used.calls().length).toBeLessThanOrEqual(5);
			expect(used.calls()[0]).toBe('GET /activities/100');
		});

		it.each(MEANINGS)('startFrom %s: goes on at a number', async (startFrom) => {
			set({ order, startFrom });
			addMany(9);
			const found = await jsonOf('activity:getAll', {
				returnAll: true,
				filters: { startFrom: 15 },
			});
			const up = order === 'ascending' || startFrom === 'notBelow';
			const wanted = up ? [15, 18, 21, 24, 27] : [15, 12, 9, 6, 3];
			if (startFrom === 'exclusive') wanted.shift();
			const numbers = found.map(({ sequenceNum }) => Number(sequenceNum));
			expect(numbers.sort((a, b) => a - b)).toEqual(wanted.sort((a, b) => a - b));
		});

		it.each([2, 3, 40])('pages of %s at most lose nothing', async (largestPage) => {
			set({ order, largestPage });
			addMany(81);
			expect(await jsonOf('activity:getAll', { returnAll: true })).toHaveLength(81);
		});

		it('without sequence numbers the rest comes from the complete list', async () => {
			set({ order, showsSequenceNum: false });
			addMany(150);
			expect(await jsonOf('activity:getAll', { returnAll: true })).toHaveLength(150);
			expect(used.calls()).toEqual(['GET /activities/100', 'GET /activities']);
		});
	});

	it('reads no more than it needs, and never one at a time', async () => {
		addMany(3);
		expect(await jsonOf('activity:getAll', { limit: 1 })).toHaveLength(1);
		expect(used.calls()).toEqual(['GET /activities/2']);
	});

	it('takes an empty list for one, however it looks', async () => {
		for (const nothingFound of ['emptyArray', 'missing'] as const) {
			set({ nothingFound });
			expect(await jsonOf('activity:getAll', { returnAll: true })).toEqual([]);
			expect(await jsonOf('task:getAll')).toEqual([]);
		}
	});

	it.each(['applied', 'ignored'] as const)('several types, filters %s', async (filters) => {
		set({ filters });
		used.opentaps.add({ noteText: 'note' });
		used.opentaps.add({ noteText: 'mail', fields: { activityType: 'EMAIL' } });
		used.opentaps.createTask();
		const found = await jsonOf('activity:getAll', {
			filters: { activityTypes: 'EMAIL, note', statuses: 'CREATED,STARTED' },
		});
		expect(found.map(({ title }) => title).sort()).toEqual(['mail', 'note']);
	});
});

describe('a delete', () => {
	it.each(['body', 'query', 'either'] as const)('finds the login in the %s', async (where) => {
		for (const refusedToken of [401, 403, 'ok'] as const) {
			set({ deleteParameters: where, refusedToken });
			for (const operation of ['activity:delete', 'tag:delete']) {
				const { parameters, request } = find(operation).prepare(used);
				used.opentaps.requests.clear();
				expect(await jsonOf(operation, parameters)).toEqual([{ deleted: true }]);
				const last = used.received().at(-1)!;
				const inQuery = where === 'query';
				expect(last.query).toEqual(inQuery ? request.form : {});
				expect(formOf(last)).toEqual(inQuery ? {} : request.form);
			}
		}
		expect(used.opentaps.activities).toEqual([]);
	});

	it('of what is gone is done', async () => {
		expect(await jsonOf('activity:delete', { activityId: byId('gone') })).toEqual([
			{ deleted: true },
		]);
		expect(await jsonOf('tag:delete', { tagId: byId('gone') })).toEqual([{ deleted: true }]);
	});
});

describe('from list', () => {
	const search = async (method: string, filter?: string) => {
		const sketch = { type: 'opentaps', credential: used.ida, parameters: {} };
		return await engine.searchList(sketch, filter, method);
	};

	it('shows tasks, activities, tags and contacts', async () => {
		const { id } = used.opentaps.createTask();
		used.opentaps.createTask({ noteText: 'done', fields: { status: 'COMPLETED' } });
		const { tagId } = used.opentaps.addTag({ tagName: 'Sales', tagUrl: '', tagKeywords: '' });
		const task = { name: 'Call the customer (TASK, CREATED)', value: id };
		expect(await search('searchTasks')).toEqual([task]);
		expect(await search('searchTasks', 'nothing')).toEqual([]);
		expect(await search('searchActivities', 'customer')).toEqual([task]);
		expect(await search('searchTags', 'sal')).toEqual([{ name: 'Sales', value: tagId }]);
		expect(await search('searchContacts', 'uma')).toEqual([
			{ name: 'Uma User (uma@acme.example)', value: UMAS_ID },
		]);
	});

	it('shows the activity types, known ones to who may not list them', async () => {
		const names = async () => (await search('searchActivityTypes')).map(({ name }) => name);
		expect(await names()).toEqual(['CONTACT_FORM', 'EMAIL', 'NOTE', 'PINNED', 'TASK']);
		used.ida.authToken = 'permanent-of-uma';
		expect(await names()).toEqual(['EMAIL', 'NOTE', 'PINNED', 'TASK']);
		expect(used.received().at(-1)?.query).toEqual({ ...LOGIN, authToken: 'permanent-of-uma' });
	});
});
