/** @jest-environment ./test/engine/environment.ts */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Sandbox } from '../../sandbox';
import { engine } from '../engine';
import { POLLED, usePolled } from './polled';
import { MODES } from './polledModes';

const open = usePolled();
const ofName = (name: string) => [...POLLED, ...MODES].find((vendor) => vendor.name === name)!;

/** Where a task that is listed no more is looked at by itself; Appmixer, Affinitext and opentaps only have lists. */
const READ_ALONE: Array<[string, INodeParameters, (id: string) => RegExp]> = [
	['Mambu V2', {}, () => /tasks\/\d+$/],
	['Nutrient, tasks', {}, () => /recipientTask\/list/],
	['Nutrient, tasks', { watch: 'requests' }, () => /instances\/mine$/],
];

describe.each(READ_ALONE)('the trigger of %s, %j', (name, parameters, pathOf) => {
	const vendor = ofName(name);
	const isRequests = parameters.watch === 'requests';

	async function start() {
		const polled = open(vendor);
		// requests are watched by who started them
		if (isRequests) Object.assign(polled.credential, { userName: 'ada' });
		const [unreadable, readable] = [polled.add(), polled.add()];
		const polling = await polled.trigger({ ...parameters, events: ['completed', 'new'] });
		await polling.poll();
		for (const task of [unreadable, readable]) task.decide();
		engine.logged();
		return { ...polled, polling, unreadable };
	}
	const types = (items: IDataObject[] | null) =>
		(items ?? []).map(({ event }) => (event as IDataObject).type);

	// a request that this login may not read any more asks it for nothing: the trigger tells it so
	const refusals = name === 'Mambu V2' ? [400, 403, 410] : [400, 410];
	it.each(refusals)('F14: one that is refused with %i is skipped and told', async (status) => {
		const { fault, polling, add } = await start();
		const path = pathOf('');
		fault({ path, status, times: 1, skip: isRequests ? 1 : 0 });
		add();
		expect(types(await polling.poll()).sort()).toEqual(['completed', 'new']);
		expect(engine.logged().join()).toMatch(
			/could not .* It is left out\. The trigger ".+" will not report what happened to it/,
		);
		expect(await polling.poll()).toBeNull();
	});

	it('F14: one that the service fails at is looked for again at the next poll', async () => {
		const { fault, polling } = await start();
		fault({ path: pathOf(''), status: 500, times: 1, skip: isRequests ? 1 : 0 });
		expect(types(await polling.poll())).toEqual(['completed']);
		expect(engine.logged().join()).toContain('The next poll looks for it again.');
		expect(types(await polling.poll())).toEqual(['completed']);
		expect(await polling.poll()).toBeNull();
	});

	it('F14: an outage or an ended login is none of this: nothing is told or forgotten', async () => {
		const { fault, polling } = await start();
		const before = JSON.stringify(polling.staticData());
		for (const status of [401, 503]) {
			const { remove } = fault({ path: pathOf(''), status, skip: isRequests ? 1 : 0 });
			await expect(polling.poll()).rejects.toThrow(String(status));
			remove();
		}
		expect(JSON.stringify(polling.staticData())).toBe(before);
		expect(types(await polling.poll())).toEqual(['completed', 'completed']);
	});
});

it('F14: an answer that is no list is about all of them: Nutrient tells and forgets nothing', async () => {
	const { trigger, add, fault } = open(ofName('Nutrient, tasks'));
	const task = add();
	const polling = await trigger({ events: ['completed', 'statusChanged'] });
	await polling.poll();
	task.decide();
	fault({ path: /recipientTask\/list/, status: 200, body: { message: 'maintenance' }, times: 1 });
	await expect(polling.poll()).rejects.toThrow('something that is not its API');
	const told = await polling.poll();
	expect(told).toMatchObject([{ id: task.id, event: { type: 'completed' } }]);
});

it('F14: one that could not be read as the filters were changed is told only if it is decided', async () => {
	const { trigger, add, fault, ids } = open(ofName('Nutrient, tasks'));
	const events = { events: ['completed', 'statusChanged', 'new'] };
	const [undecided, decided] = [add(), add()];
	const before = await trigger(events);
	await before.poll();
	const { remove } = fault({ path: /recipientTask\/list/, status: 500 });
	const search = { ...events, filters: { search: 'nothing is called so' } };
	const narrow = await trigger(search, before.staticData());
	expect(await ids(narrow)).toBeNull();
	remove();
	decided.decide();
	expect(await ids(narrow)).toEqual([decided.id]);
	undecided.decide();
	expect(await ids(narrow)).toBeNull();
	expect(narrow.staticData().astray).toEqual({});
});

it('F14: of two under one ID a poll watches one, and says so', async () => {
	const { sandbox, trigger, add, ids } = open(ofName('Nutrient, tasks'));
	const [first, second] = [add(), add()];
	const { tasks } = sandbox.nutrient;
	const twin = tasks.find(({ recipientTaskSid }) => recipientTaskSid === second.id)!;
	Object.assign(twin, { recipientTaskSid: first.id, state: 'In Progress' });
	const polling = await trigger({ events: ['completed', 'statusChanged', 'new'] });
	for (let tick = 0; tick < 3; tick++) {
		expect(await ids(polling)).toBeNull();
		expect(engine.logged().join()).toContain('Listed tasks with the ID of another: 1 of 11. ');
		tasks.reverse();
	}
	twin.recipientTaskSid = second.id;
	expect(await ids(polling)).toContain(second.id);
});

it('F14: one task that an old Appmixer cannot list does not stop the others', async () => {
	const { sandbox, trigger, add, ids } = open(ofName('Appmixer'));
	sandbox.appmixer.options.renderMarkdownInLists = true;
	const [unreadable, readable] = [add(), add()];
	const polling = await trigger();
	await polling.poll();
	const stored = sandbox.appmixer.tasks.find(({ taskId }) => taskId === unreadable.id)!;
	Object.assign(stored, { description: null });
	for (const task of [unreadable, readable]) task.decide();
	engine.logged();
	expect((await ids(polling))?.sort()).toEqual([unreadable.id, readable.id].sort());
	expect(engine.logged().join()).toContain("This poll's items have no descriptions.");
});

describe('where the oldest task in Appmixer has no ID', () => {
	it('F14: the trigger watches the others and says so, and Get still finds out what is not there', async () => {
		const { sandbox, add, ...opened } = open(ofName('Appmixer'));
		NAMELESS.Appmixer(sandbox);
		const task = add();
		const credential = opened.credential as Record<string, string>;
		const trigger = await engine.openTrigger({ parameters: { events: ['approved'] }, credential });
		try {
			engine.logged();
			await trigger.create();
			expect(sandbox.appmixer.webhooks.map(({ taskId }) => taskId)).toEqual([task.id]);
			expect(engine.logged().join()).toMatch(
				/The trigger ".+" does not watch the listed task ".+": it has no ID/,
			);
		} finally {
			await trigger.close();
		}
		const get = (taskId: string) =>
			engine.runNode({
				type: 'appmixer',
				credential,
				parameters: { resource: 'task', operation: 'get', taskId },
			});
		expect((await get('nowhere')).error?.message).toBe('Task nowhere was not found');
		expect((await get(task.id)).outputs[0][0].json.id).toBe(task.id);
	});
});

/** Affinitext tells tasks without an ID apart by their content. */
const NAMELESS: Record<string, (sandbox: Sandbox) => void> = {
	Appmixer: ({ appmixer }) => void (appmixer.createTask({}).taskId = ''),
	'Mambu V1': ({ mambu }) => void Object.assign(mambu.createTask({}), { encodedKey: '', id: '' }),
	'Mambu V2': ({ mambu }) => void Object.assign(mambu.createTask({}), { encodedKey: '', id: '' }),
	'opentaps, tasks': ({ opentaps }) => {
		const fields = { status: 'CREATED', activityType: 'TASK' };
		opentaps.createTask({ fields }).id = '';
	},
	'Nutrient, tasks': ({ nutrient }) => void (nutrient.createApproval({}).recipientTaskSid = ''),
};

/** Which no picker shows. */
const NAMELESS_OTHERS: Record<string, (sandbox: Sandbox) => void> = {
	'Nutrient, requests'({ nutrient }) {
		const { instanceSid } = nutrient.createApproval({});
		nutrient.workflow.instance(instanceSid).sid = '';
	},
	'opentaps, activities': ({ opentaps }) => void (opentaps.createTask({}).id = ''),
};

it.each(Object.entries({ ...NAMELESS, ...NAMELESS_OTHERS }))(
	'F14: %s: a listed one without an ID is left out of a poll and told',
	async (name, addNameless) => {
		const { sandbox, trigger, add, ids } = open(ofName(name));
		const task = add();
		const polling = await trigger();
		await polling.poll();
		task.decide();
		addNameless(sandbox);
		engine.logged();
		expect(await ids(polling)).toEqual([task.id]);
		expect(engine.logged().join()).toMatch(/Listed tasks without an ID: 1 of \d+\. .*never start/);
	},
);

describe.each(Object.entries(NAMELESS))('%s: a listed task without an ID', (name, addNameless) => {
	it('F14: is among those of Get Many, and cannot be picked', async () => {
		const { sandbox, add, credential } = open(ofName(name));
		const task = add();
		addNameless(sandbox);
		const [type] = name.toLowerCase().split(/\W/);
		const sketch = { type, credential: credential as Record<string, string> };
		const parameters = { resource: 'task', operation: 'getAll', returnAll: true };
		const { outputs, error } = await engine.runNode({ ...sketch, parameters });
		expect(error).toBeNull();
		// Nutrient's comes as it was sent
		const ids = outputs[0].map(({ json }) => json.id ?? '');
		expect(ids).toEqual(expect.arrayContaining([task.id, '']));
		const picked = await engine.searchList({ ...sketch, parameters: {} });
		expect(picked.map(({ value }) => value)).toContain(task.id);
		expect(picked.map(({ value }) => value)).not.toContain('');
	});
});
