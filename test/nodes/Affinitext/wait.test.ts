/** @jest-environment ./test/engine/environment.ts */
import { ANN, VIC } from '../../../sandbox';
import { engine } from '../../engine';
import { leaving, ONE_HOUR } from '../looped';
import { waitsUntilDone } from '../waitUntilDone';
import { useLibrary } from './sandboxed';

const at = useLibrary();
const waited = (subject: string, more: object = {}) => {
	const task = at.library.add({ subject, description: '', ...more });
	return {
		entered: String(task.number),
		id: String(task.number),
		task,
		complete: () => at.library.complete(task),
		edit: (now: string) => at.library.change(task, { subject: now }),
		remove: () => at.library.remove(task),
	};
};
const { open, openFor, ended } = waitsUntilDone({
	type: 'affinitext',
	credential: () => at.credential,
	add: waited,
	fault: (rule) => at.library.fault(rule),
	looks: /tasks/,
	secret: () => at.library.token,
	goneAfter: 2,
	notThere: /^Affinitext lists no task 9999$/,
	nowhere: '9999',
	dates: true,
	unknown: [
		...[/was checked, not approved/, /only reads/, /readable as the ID/, /the list dates it/],
		/A task with a verifier is done when it was verified\./,
		/Complete, Completed, Verified, Closed or Done/,
		/Obsolete and Deleted leave as "cancelled"; any other word keeps waiting/,
		/creator, assignee, verifier or collaborator/,
		/two looks on end do not list is "cancelled"/,
		/Nothing calls n8n/,
	],
});
const paged = { followPages: true };

it('L7: a look is one reading of the list, for however many tasks', async () => {
	const tasks = [waited('One'), waited('Two'), waited('Three')];
	const loop = await openFor(tasks);
	expect(at.calls()).toEqual(['GET /api/tasks']);
	tasks[0].complete();
	await loop.wake();
	await loop.wake();
	expect(at.calls()).toHaveLength(3);
});

it('is not done before it is verified, where it has a verifier', async () => {
	const one = waited('One', { verifier: VIC });
	const loop = await openFor([one]);
	one.complete();
	await loop.wake();
	expect(loop.status).toBe('waiting');
	at.library.verify(one.task);
	await loop.wake();
	expect(ended(loop).done).toEqual([[one.id, 'done', false, 1]]);
});

describe('a task that reads "Completed"', () => {
	const completed = { state: 'Completed', completedAt: new Date() } as const;

	it.each(['words', 'upper'] as const)(
		'is not done before it was verified, where it has a verifier, in %s',
		async (states) => {
			at.library.options.states = states;
			const one = waited('One', { verifier: VIC });
			const loop = await openFor([one]);
			at.library.change(one.task, completed);
			await loop.wake();
			expect([loop.error, loop.status]).toEqual([null, 'waiting']);
			expect(loop.hints).toEqual([
				expect.stringMatching(new RegExp(`Task ${one.id} reads "completed"`, 'i')),
			]);
			expect(loop.hints[0]).toContain('nothing says that it was verified');
			at.library.verify(one.task);
			await loop.wake();
			expect(ended(loop).done).toEqual([[one.id, 'done', false, 1]]);
		},
	);

	it('has no answer at the limit, where nobody has verified it', async () => {
		const one = waited('One', { verifier: VIC });
		const loop = await openFor([one], ONE_HOUR);
		at.library.change(one.task, completed);
		await loop.wake();
		expect(ended(loop)).toEqual({ done: [], not: [[one.id, 'timedOut', false, 1]] });
		expect(loop.arrived('No Decision')[0].json).toMatchObject({ state: 'open', decidedAt: null });
	});

	const verifiedAt = '2026-03-02T10:00:00Z';
	it.each([
		['a date of its verification', { verifier: VIC.name, verifiedAt }, 'success'],
		['a verifier that is a record', { verifier: { login: 'vic' } }, 'waiting'],
		['a list of verifiers', { verifier: [VIC.name] }, 'waiting'],
		['an empty list of verifiers', { verifier: [] }, 'success'],
		['a record of nobody', { verifier: { name: null, email: '' } }, 'success'],
		['no verifier', {}, 'success'],
	])('with %s', async (_name, more, status) => {
		const task = { id: 5, status: 'Completed', subject: 'Review', ...more };
		at.library.options.text = JSON.stringify([task]);
		const loop = await open(['5']);
		expect([loop.error, loop.status]).toEqual([null, status]);
	});

	it('says nothing of one that awaits its verification by name', async () => {
		const one = waited('One', { verifier: VIC });
		one.complete();
		const loop = await openFor([one]);
		expect([loop.status, loop.hints]).toEqual(['waiting', []]);
	});
});

describe('a word that is not known', () => {
	const rows = (...words: Array<string | number | null>) =>
		words.map((status, n) => ({ id: n + 1, status, subject: `Task ${n + 1}` }));
	const show = (tasks: object[]) => (at.library.options.text = JSON.stringify(tasks));

	it('keeps waiting, and is told once at each look with its task', async () => {
		show(rows(...Array.from({ length: 6 }, () => 'Assigned')));
		const loop = await open(['1', '2', '3', '4', '5', '6'], ONE_HOUR);
		expect(loop.hints).toEqual([]);
		show(rows('Finished', 'Approved', 'In Progress', null, 'Completed', 'Obsolete'));
		await loop.wake();
		expect(loop.arrived('Done')).toEqual([]);
		expect(loop.hints).toEqual([
			'Task 1 reads "Finished", which is no state that this wait knows, so it goes on waiting. Task 2 reads "Approved", which is no state that this wait knows, so it goes on waiting.',
		]);
		expect(leaving(loop, 'No Decision')).toHaveLength(6);
	});

	it('is told of codes, and of five tasks at most', async () => {
		show(rows(2, 2, 2, 2, 2, 2, 2));
		const loop = await open(['1', '2', '3', '4', '5', '6', '7']);
		expect(loop.status).toBe('waiting');
		expect(loop.hints).toHaveLength(1);
		expect(loop.hints[0].match(/Task/g)).toHaveLength(5);
		expect(loop.hints[0]).toMatch(/^Task 1 reads "2".*Task 5 .* And 2 more\.$/);
	});
});

it('L10: what was completed before the deadline and verified after it does not count', async () => {
	const one = waited('One', { verifier: VIC });
	const loop = await openFor([one], ONE_HOUR);
	one.complete();
	engine.clockAhead(61 * 60_000);
	at.library.verify(one.task);
	await loop.wake();
	expect(ended(loop)).toEqual({ done: [], not: [[one.id, 'timedOut', false, 1]] });
});

it('L10: a list without dates does not tell what was done in time', async () => {
	at.library.options.times = false;
	const one = waited('One');
	const loop = await openFor([one], ONE_HOUR);
	one.complete();
	await loop.wake();
	expect(ended(loop)).toEqual({ done: [], not: [[one.id, 'timedOut', false, 1]] });
});

it('an obsolete task leaves as cancelled', async () => {
	const one = waited('One');
	const loop = await openFor([one]);
	at.library.change(one.task, { state: 'Obsolete' });
	await loop.wake();
	expect(ended(loop).not).toEqual([[one.id, 'cancelled', false, 1]]);
});

it.each([
	['day first', {}, '2026-03-02'],
	['month first', { dateOrder: 'monthFirst' }, '2026-02-03'],
])('reads dates %s', async (_name, options, dueAt) => {
	at.library.options.dates = 'british';
	const one = waited('One', { targetDate: new Date('2026-03-02T00:00:00Z') });
	one.complete();
	const loop = await openFor([one], { options });
	expect(loop.arrived('Done')[0].json.dueAt).toBe(dueAt);
});

describe('a list in pages', () => {
	beforeEach(() => Object.assign(at.library.options, { envelope: 'data', paging: 'next' }));

	it('is no list to wait by, unless its pages are followed', async () => {
		const tasks = [waited('One'), waited('Two'), waited('Three')];
		const refused = await openFor([tasks[0]]);
		expect([refused.status, refused.error?.message]).toEqual([
			'error',
			"Affinitext's answer is only the first page of the list",
		]);
		expect(refused.error?.description).toContain('Follow Pages');
		const loop = await openFor([tasks[2]], { options: paged });
		tasks[2].complete();
		await loop.wake();
		expect(ended(loop).done).toEqual([[tasks[2].id, 'done', false, 1]]);
	});

	it('L8: loses no task when it becomes longer than a page while it is waited for', async () => {
		at.library.options.paging = 'none';
		const one = waited('One');
		const loop = await openFor([one]);
		at.library.options.paging = 'next';
		// before it
		for (const title of ['Two', 'Three']) at.library.tasks.unshift(waited(title).task);
		at.library.tasks.length = 3;
		for (let looks = 0; looks < 3; looks++) await loop.wake();
		expect([loop.error, loop.status]).toEqual([null, 'waiting']);
		expect(loop.hints.join()).toMatch(/^3 looks failed so far.*only the first page/);
	});
});

describe('IDs', () => {
	it('are refused where no field can be read as one', async () => {
		at.library.options.identifier = 'none';
		const one = waited('One');
		const loop = await open([one.entered]);
		expect(loop.error?.message).toBe(`Affinitext lists no task ${one.entered}`);
		expect(loop.error?.description).toContain('ID Field');
	});

	it('by a field that is named', async () => {
		at.library.options.identifier = 'none';
		const one = waited('One', { location: 'Book 7' });
		waited('Two');
		const loop = await open(['Book 7'], { options: { idField: 'location' } });
		one.complete();
		await loop.wake();
		expect(ended(loop).done).toEqual([['Book 7', 'done', false, 1]]);
	});

	it('are refused where the number tells a task and its ID field does not', async () => {
		at.library.options.identifier = 'taskNo';
		const [, other] = [waited('One'), waited('Two')];
		const loop = await open([other.entered], { options: { idField: 'category' } });
		expect(loop.error?.message).toBe(
			`Task ${other.entered} has no field that can be read as its ID`,
		);
		expect(loop.error?.itemIndex).toBe(0);
	});

	it('of others are not taken for the number that a task was found by', async () => {
		const task = (id: number, taskNo: number, status: string) => ({
			...{ id, taskNo, status, subject: 'Review' },
		});
		const show = (...tasks: object[]) => (at.library.options.text = JSON.stringify(tasks));
		show(task(5, 101, 'Assigned'));
		const loop = await open(['101']);
		show(task(5, 101, 'Assigned'), task(101, 8, 'Completed'));
		await loop.wake();
		expect([loop.error, loop.status]).toEqual([null, 'waiting']);
		show(task(101, 8, 'Completed'), task(5, 102, 'Completed'));
		await loop.wake();
		expect(ended(loop).done).toEqual([['5', 'done', false, 1]]);
	});

	it("that two tasks have are nobody's, whichever of them is done", async () => {
		const one = waited('One');
		const loop = await openFor([one]);
		const twin = waited('Twin');
		twin.task.number = one.task.number;
		twin.complete();
		for (let looks = 0; looks < 3; looks++) await loop.wake();
		expect(loop.status).toBe('waiting');
		expect(loop.hints.join()).toContain(`more than one task with the ID ${one.id}`);
		twin.remove();
		one.complete();
		await loop.wake();
		expect(ended(loop).done).toEqual([[one.id, 'done', false, 1]]);
	});
});

it('L8: an answer without any list is no list without the task', async () => {
	const one = waited('One');
	const loop = await openFor([one]);
	at.library.options.text = '{"message":"Maintenance"}';
	for (let looks = 0; looks < 3; looks++) await loop.wake();
	expect([loop.error, loop.status]).toEqual([null, 'waiting']);
	at.library.options.text = undefined;
	one.complete();
	await loop.wake();
	expect(leaving(loop, 'Done')).toEqual([[one.id, 'done', false, 1]]);
});

it('L9: one that goes to another leaves as changed', async () => {
	const one = waited('One');
	const loop = await openFor([one]);
	at.library.change(one.task, { assignee: VIC });
	await loop.wake();
	expect(loop.arrived('No Decision')[0].json).toMatchObject({
		outcome: 'changed',
		edited: ['approver'],
		asked: { approver: ANN.email },
		found: { approver: VIC.email },
	});
});
