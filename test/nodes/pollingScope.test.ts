/** @jest-environment ./test/engine/environment.ts */
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import { BOB, UMA, VERA, type Sandbox } from '../../sandbox';
import { engine } from '../engine';
import { POLLED, usePolled } from './polled';
import { MODES } from './polledModes';

const ALL = [...POLLED, ...MODES];
const open = usePolled();

/** Filters that none of the tasks passes; Affinitext has none, another query is as good. */
const NONE: Record<string, INodeParameters> = {
	Appmixer: { filters: { titleContains: 'nothing is called so' } },
	Affinitext: { options: { query: { parameters: [{ name: 'view', value: 'mine' }] } } },
	'Mambu V1': { filters: { clientId: '4711' } },
	'Mambu V2': { filters: { clientId: '4711' } },
	'Nutrient, tasks': { filters: { search: 'nothing is called so' } },
	'Nutrient, requests': { filters: { name: 'nothing is called so' } },
	'opentaps, tasks': { filters: { responsibleContactId: 'nobody' } },
	'opentaps, activities': { activityTypes: 'NOTE' },
};

const everything = ['completed', 'new', 'statusChanged', 'overdue', 'dueSoon'];
const ofOpentaps = ['completed', 'new', 'statusChanged', 'due', 'dueSoon'];
const EVENTS: Record<string, string[]> = {
	Appmixer: ['approved', 'rejected', 'due', 'dueSoon', 'new'],
	Affinitext: [...everything, 'changed', 'disappeared'],
	'opentaps, tasks': ofOpentaps,
	'opentaps, activities': ofOpentaps,
};
/** Of what is made and decided between two ticks. The others list what is open, so that it is never there. */
const BOTH: Record<string, string[]> = {
	Appmixer: ['new', 'approved'],
	'opentaps, activities': ['new', 'completed'],
	// the word of a task that is listed for the first time is no change
	Affinitext: ['new'],
};

const told = (items: IDataObject[] | null) =>
	(items ?? []).map(({ id, event }) => [id, (event as IDataObject).type]);

describe.each(ALL)('the $name trigger', (vendor) => {
	const events = EVENTS[vendor.name] ?? everything;
	const done = vendor.name === 'Appmixer' ? 'approved' : 'completed';

	it('F9: under other filters tells what was decided of tasks it knew, and nothing else', async () => {
		const { trigger, add } = open(vendor);
		const [decided, left] = [add(), add()];
		const before = await trigger({ events });
		await before.poll();

		decided.decide();
		const narrow = await trigger({ events, ...NONE[vendor.name] }, before.staticData());
		expect(told(await narrow.poll())).toEqual([[decided.id, done]]);
		expect(await narrow.poll()).toBeNull();
		expect(engine.logged().join()).toContain('has other filters or another login than before');

		const unknown = add();
		const wide = await trigger({ events }, narrow.staticData());
		const listsAll = vendor.name === 'Affinitext';
		if (!listsAll) expect(told(await wide.poll())).toEqual([]);
		else await wide.poll();
		for (const task of [left, unknown]) task.decide();
		expect(told(await wide.poll()).sort()).toEqual(
			[left, unknown].map(({ id }) => [id, done]).sort(),
		);
	});

	it('F9: other events, another form and another notice before the date are the same filters', async () => {
		const { trigger, add } = open(vendor);
		const task = add();
		const before = await trigger({ events: [done], filters: {}, options: {} });
		await before.poll();
		const added = add();
		task.decide();
		const soon = { dueSoonHours: 3, dueSoonDays: 3 };
		const after = await trigger({ events, simple: true, ...soon }, before.staticData());
		expect(told(await after.poll()).sort()).toEqual(
			[
				[task.id, done],
				[added.id, 'new'],
			].sort(),
		);
	});

	it('F9: new and decided in one tick are two events with IDs of their own, where both are seen', async () => {
		const { trigger, add } = open(vendor);
		const polling = await trigger({ events });
		await polling.poll();
		const both = add();
		both.decide();
		const added = add();
		const items = (await polling.poll()) ?? [];
		const wanted = [...(BOTH[vendor.name] ?? []).map((type) => [both.id, type]), [added.id, 'new']];
		expect(told(items).sort()).toEqual(wanted.sort());
		const ids = items.map(({ event }) => (event as IDataObject).id);
		expect(new Set(ids).size).toBe(wanted.length);
		expect(await polling.poll()).toBeNull();
	});
});

/** Somebody else at the same service, who does not see all of the tasks. */
const OTHERS: Record<string, (sandbox: Sandbox) => ICredentialDataDecryptedObject> = {
	Appmixer: () => ({ authentication: 'login', username: BOB.username, password: BOB.password }),
	Affinitext({ affinitext }) {
		affinitext.remove(affinitext.tasks.find(({ subject }) => subject === 'polled')!);
		return { accessToken: affinitext.issueToken() };
	},
	'Mambu V1': () => ({ apiKey: String(VERA.apiKey) }),
	'Mambu V2': () => ({ apiKey: String(VERA.apiKey) }),
	'Nutrient, tasks': () => ({ userName: 'ada' }),
	'Nutrient, requests': () => ({ userName: 'bob' }),
	'opentaps, tasks': () => ({ authToken: UMA.authToken }),
	'opentaps, activities': () => ({ authToken: UMA.authToken }),
};

it.each(ALL)('F9: $name: another user in the same credential starts nothing', async (vendor) => {
	const { trigger, add, credential, sandbox } = open(vendor);
	const events = EVENTS[vendor.name] ?? everything;
	const polling = await trigger({ events });
	for (let n = 0; n < 3; n++) add();
	await polling.poll();
	engine.logged();
	for (let n = 0; n < 3; n++) add();
	Object.assign(credential, OTHERS[vendor.name](sandbox));
	const other = await trigger({ events }, polling.staticData());
	expect(await other.poll()).toBeNull();
	expect(engine.logged().join()).toContain('has other filters or another login than before');
	expect(await other.poll()).toBeNull();
	expect(engine.logged()).toEqual([]);
});

it('F9: a renewed token and another password are the same login', async () => {
	const { trigger, add, sandbox, credential } = open(POLLED[0]);
	const { username, password } = BOB;
	Object.assign(credential, { authentication: 'login', username, password });
	const first = await trigger();
	await first.poll();
	const task = add();
	task.decide();
	const bob = sandbox.appmixer.options.users.find((user) => user.username === username)!;
	bob.password = 'another';
	Object.assign(credential, { password: 'another' });
	const second = await trigger({}, first.staticData());
	expect((await second.poll())?.map(({ id }) => id)).toEqual([task.id]);
});
