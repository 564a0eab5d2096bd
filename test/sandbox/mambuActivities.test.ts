import { MAX, VERA } from '../../sandbox';
import { startMambu, type Answer, type Started } from './callMambu';

let started: Started;
beforeEach(async () => (started = await startMambu()));
afterEach(async () => await started.sandbox.close());

const DAY = 86_400_000;
const day = (ahead: number) => new Date(Date.now() + ahead * DAY).toISOString().slice(0, 10);
const feed = async (query = `?from=${day(0)}&to=${day(0)}`) =>
	(await started.v1.get(`/activities${query}`)) as Answer;
const types = ({ data }: Answer) =>
	(data as unknown as Array<{ activity: { type: string } }>).map(({ activity }) => activity.type);

it('keeps what was done to a task, and by whom, under `activity`', async () => {
	const { mambu, v2 } = started;
	const task = mambu.createTask({ title: 'Review' });
	mambu.change(task, { title: 'Review it' });
	mambu.complete(task, VERA);
	await v2.patch(`/tasks/${task.id}`, [{ op: 'REPLACE', path: '/status', value: 'OPEN' }]);
	await v2.delete(`/tasks/${task.id}`);
	const answer = await feed();
	expect(types(answer)).toEqual([
		...['TASK_CREATED', 'TASK_EDITED', 'TASK_COMPLETED', 'TASK_UNCOMPLETED', 'TASK_DELETED'],
	]);
	expect((answer.data as unknown as object[])[2]).toEqual({
		activity: {
			encodedKey: expect.stringMatching(/^[0-9a-f]{32}$/),
			type: 'TASK_COMPLETED',
			timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/),
			userKey: VERA.encodedKey,
			taskKey: task.encodedKey,
			assignedUserKey: MAX.encodedKey,
		},
		userName: 'Vera Viewer',
		taskName: 'Review it',
	});
});

it('is limited to days, both of them needed and inclusive', async () => {
	started.mambu.createTask();
	expect(types(await feed(`?from=${day(-1)}&to=${day(1)}`))).toHaveLength(1);
	expect(types(await feed(`?from=${day(1)}&to=${day(2)}`))).toEqual([]);
	expect(types(await feed(`?from=${day(-2)}&to=${day(-1)}`))).toEqual([]);
	expect((await feed(`?from=${day(0)}`)).status).toBe(400);
	expect((await feed('?from=1.2.2026&to=2.2.2026')).status).toBe(400);
});

it('is of version 1 only, and stays where that was switched off', async () => {
	started.mambu.options.v1Retired = 'notFound';
	const query = `/activities?from=${day(0)}&to=${day(0)}`;
	expect((await feed()).status).toBe(200);
	expect(((await started.v2.get(query)) as Answer).status).toBe(404);
	started.mambu.options.activities = 'refused';
	expect((await feed()).status).toBe(403);
});
