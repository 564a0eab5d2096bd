/** @jest-environment ./test/engine/environment.ts */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Activity, OpentapsOptions } from '../../../sandbox';
import { engine } from '../../engine';
import { byId, UMAS_ID, useSandbox } from './sandboxed';

const used = useSandbox();
const EVENTS = ['completed', 'due', 'dueSoon', 'new', 'statusChanged'];
const HOUR = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();

const open = async (parameters: INodeParameters = {}) =>
	await engine.openPolling({
		type: 'opentapsTrigger',
		credential: used.ida,
		parameters: { events: EVENTS, ...parameters },
	});
type Polling = Awaited<ReturnType<typeof open>>;

const shown = (emitted: IDataObject[] | null) =>
	(emitted ?? []).map(({ title, event }) => {
		const { type, previousStatus } = event as Record<string, string | null>;
		return `${String(title)}: ${type} (${previousStatus})`;
	});
/** `title: event (status before)` of one tick; empty when it is silent. */
const tick = async (polling: Polling) => shown(await polling.poll());

const seed = (noteText: string, fields: Record<string, string> = {}): Activity =>
	used.opentaps.createTask({ noteText, fields });

const DOMAINS: Array<Partial<OpentapsOptions>> = [
	{},
	{ generation: '2013', dates: 'spaced', nothingFound: 'missing' },
	{ order: 'ascending', assignees: 'map', filters: 'ignored', showsSequenceNum: false },
];
const WATCHED: INodeParameters[] = [
	{ watch: 'tasks' },
	{ watch: 'tasks', taskStatuses: 'CREATED, STARTED, COMPLETED' },
	{ watch: 'activities', activityTypes: 'TASK' },
	{ watch: 'activities', activityStatuses: 'CREATED, STARTED' },
];

describe.each(DOMAINS)('in a domain with %j', (options) => {
	beforeEach(() => void Object.assign(used.opentaps.options, options));

	describe.each(WATCHED)('watching %j', (watched) => {
		it('remembers first, then tells each event once', async () => {
			const a = seed('a');
			const b = seed('b');
			seed('late', { scheduledDateTime: inHours(-1) });
			const polling = await open(watched);
			expect(await tick(polling)).toEqual([]);
			expect(await tick(polling)).toEqual([]);

			const c = seed('c');
			expect(await tick(polling)).toEqual(['c: new (null)']);
			b.fields.status = 'STARTED';
			expect(await tick(polling)).toEqual(['b: statusChanged (CREATED)']);
			a.fields.status = 'COMPLETED';
			expect(await tick(polling)).toEqual(['a: completed (CREATED)']);
			c.fields.scheduledDateTime = inHours(2);
			expect(await tick(polling)).toEqual(['c: dueSoon (CREATED)']);
			c.fields.scheduledDateTime = inHours(-2);
			expect(await tick(polling)).toEqual(['c: due (CREATED)']);
			used.opentaps.remove(b);
			expect(await tick(polling)).toEqual([]);
			expect(await tick(polling)).toEqual([]);
		});

		it('tells a status that goes back and forth each time', async () => {
			const a = seed('a');
			seed('b');
			const polling = await open(watched);
			await tick(polling);
			for (let round = 0; round < 2; round++) {
				a.fields.status = 'COMPLETED';
				expect(await tick(polling)).toEqual(['a: completed (CREATED)']);
				expect(await tick(polling)).toEqual([]);
				a.fields.status = 'CREATED';
				expect(await tick(polling)).toEqual(['a: statusChanged (COMPLETED)']);
				expect(await tick(polling)).toEqual([]);
			}
		});
	});
});

it('comes due by the clock alone', async () => {
	seed('a', { scheduledDateTime: inHours(30) });
	const polling = await open({ dueSoonHours: 3 });
	await tick(polling);
	engine.clockAhead(28 * HOUR);
	expect(await tick(polling)).toEqual(['a: dueSoon (CREATED)']);
	engine.clockAhead(31 * HOUR);
	const [due] = (await polling.poll())!;
	expect(shown([due])).toEqual(['a: due (CREATED)']);
	expect(due.event).toMatchObject({
		id: `opentaps:${String(due.id)}:due:${String(due.dueAt)}`,
		source: 'poll',
	});
	expect(await tick(polling)).toEqual([]);
});

it("finds the vendor's own follow-ups: created ones of a type whose time has come", async () => {
	used.opentaps.options.activityTypes.push('FOLLOWUP_EMAIL');
	const type = { activityType: 'FOLLOWUP_EMAIL', email: 'eve@acme.example' };
	const followUp = seed('Write to Eve', { ...type, scheduledDateTime: inHours(1) });
	seed('no follow-up', { scheduledDateTime: inHours(-1) });
	const polling = await open({
		events: ['due'],
		watch: 'activities',
		activityTypes: 'FOLLOWUP_EMAIL',
		activityStatuses: 'CREATED',
		simple: false,
	});
	await tick(polling);
	expect(used.calls()).toEqual(['GET /activities?activityType=FOLLOWUP_EMAIL&status=CREATED']);
	engine.clockAhead(2 * HOUR);
	const emitted = await polling.poll();
	expect(emitted).toEqual([
		expect.objectContaining({
			_id: followUp.id,
			attributes: { email: 'eve@acme.example' },
			event: expect.objectContaining({ type: 'due' }),
		}),
	]);
});

it('tells completed as a changed status when only that is wanted, and nothing not wanted', async () => {
	const a = seed('a');
	const both = await open({ events: ['statusChanged'] });
	const none = await open({ events: ['new'] });
	await tick(both);
	await tick(none);
	a.fields.status = 'COMPLETED';
	expect(await tick(both)).toEqual(['a: statusChanged (CREATED)']);
	expect(await tick(none)).toEqual([]);
});

it('tells which status each of several had before', async () => {
	const a = seed('a');
	const b = seed('b', { status: 'STARTED' });
	const polling = await open();
	await tick(polling);
	for (const { fields } of [a, b]) fields.status = 'COMPLETED';
	expect((await tick(polling)).sort()).toEqual([
		'a: completed (CREATED)',
		'b: completed (STARTED)',
	]);
});

it('refuses to watch what is none of its choices', async () => {
	const polling = await open({ watch: '={{ "nonsense" }}' });
	await expect(polling.poll()).rejects.toThrow('Watch "nonsense" is not one of its choices');
});

it('watches only what the filters let through', async () => {
	seed('umas');
	const polling = await open({ filters: { responsibleContactId: byId(UMAS_ID) } });
	await tick(polling);
	seed('nobodys');
	seed('taken', { responsibleContactId: UMAS_ID });
	expect(await tick(polling)).toEqual(['taken: new (null)']);
});

it('keeps its state through an error, and loses nothing', async () => {
	const a = seed('a');
	const polling = await open();
	await tick(polling);
	const before = JSON.stringify(polling.staticData());
	a.fields.status = 'COMPLETED';
	seed('b');
	// the listing is good, the look-up of what left is not
	used.opentaps.fault({ path: /^\/task/, status: 500, skip: 1, times: 1 });
	await expect(polling.poll()).rejects.toThrow('could not list tasks');
	expect(JSON.stringify(polling.staticData())).toBe(before);
	expect((await tick(polling)).sort()).toEqual(['a: completed (CREATED)', 'b: new (null)']);
});

it('shows samples in a manual run, and remembers nothing', async () => {
	seed('a');
	seed('b', { status: 'COMPLETED' });
	const polling = await open({ events: ['completed'] });
	expect(shown(await polling.poll('manual'))).toEqual(['b: completed (null)']);
	polling.parameters.events = ['statusChanged'];
	expect(await polling.poll('manual')).toHaveLength(2);
	expect(polling.staticData()).toEqual({});
});

it.each([
	[{ watch: 'tasks' }, 'GET /task?status=CREATED,STARTED&per_page=9999'],
	[{ watch: 'activities' }, 'GET /activities'],
])('10,000 unchanged with %j cost one listing and a small state', async (watched, call) => {
	for (let n = 0; n < 9_997; n++) seed(`t${n}`);
	seed('done', { status: 'COMPLETED' });
	const polling = await open({ ...watched });
	await tick(polling);
	used.opentaps.requests.clear();
	expect(await tick(polling)).toEqual([]);
	expect(used.calls()).toEqual([call]);
	expect(JSON.stringify(polling.staticData()).length).toBeLessThan(10_000 * 30);
});
