/** @jest-environment ./test/engine/environment.ts */
import { IDA, UMA } from '../../../sandbox';
import { leaving } from '../looped';
import { waitsUntilDone } from '../waitUntilDone';
import { LOGIN, useSandbox } from './sandboxed';

const at = useSandbox();
const waited = (noteText: string, more: object = {}) => {
	const task = at.opentaps.createTask({ noteText, ...more });
	return {
		entered: task.id,
		id: task.id,
		task,
		complete: () => void (task.fields.status = 'COMPLETED'),
		edit: (now: string) => void (task.noteText = now),
		remove: () => at.opentaps.remove(task),
	};
};
const { openFor, ended } = waitsUntilDone({
	type: 'opentaps',
	credential: () => at.ida,
	add: waited,
	fault: (rule) => at.opentaps.fault(rule),
	looks: /task/,
	secret: () => LOGIN.authToken,
	goneAfter: 2,
	notThere: /^Task 52d9a0f1e4b0a1b2c3d4ffff was not found/,
	nowhere: '52d9a0f1e4b0a1b2c3d4ffff',
	dates: false,
	people: { requester: null, assignee: { id: UMA.contactId, name: null, email: null } },
	unknown: [
		...[/knows no decision/, /neither who completed a task nor when/, /Only COMPLETED is done/],
		...[/contact may see/, /two looks on end do not find is "cancelled"/, /Nothing calls n8n/],
	],
});
const calls = async (act: () => Promise<unknown>) => {
	at.opentaps.requests.clear();
	await act();
	return at.calls().map((call) => decodeURIComponent(call.replace('&per_page=9999', '')));
};
const OPEN = 'GET /task?status=CREATED,STARTED';

it('L7: a look is one list where all are open, and another only for what is not', async () => {
	for (let n = 0; n < 5; n++) waited('Other');
	const [one, other] = [waited('One'), waited('Two')];
	const loop = await openFor([one, other], { grouping: 'all' });
	expect(await calls(loop.wake)).toEqual([OPEN]);
	one.complete();
	const looked = await calls(loop.wake);
	expect(looked).toEqual([OPEN, 'GET /task?status=COMPLETED']);
	other.complete();
	await loop.wake();
	expect(loop.arrived('Done')[0].json).toMatchObject({ outcome: 'done' });
});

it.each(['CREATED', 'STARTED', 'ON_HOLD'])('waits for a task that is %s', async (status) => {
	const one = waited('One', { fields: { status } });
	const loop = await openFor([one]);
	expect([loop.error, loop.status]).toEqual([null, 'waiting']);
	one.complete();
	await loop.wake();
	expect(ended(loop).done).toEqual([[one.id, 'done', false, 1]]);
});

describe('a word that is not known', () => {
	it.each(['CANCELLED', 'DONE', 'REJECTED', 'Completed'])(
		'%s keeps waiting, and is told with its task',
		async (status) => {
			const [one, other] = [waited('One'), waited('Two')];
			const loop = await openFor([one, other]);
			expect(loop.hints).toEqual([]);
			one.task.fields.status = status;
			other.complete();
			await loop.wake();
			expect([loop.error, loop.status]).toEqual([null, 'waiting']);
			expect(loop.hints).toEqual([
				`Task ${one.id} has the status "${status}": only COMPLETED is done, so it goes on waiting.`,
			]);
			one.complete();
			await loop.wake();
			expect(ended(loop).done).toHaveLength(2);
		},
	);

	it('is told of a task without any, and of five tasks at most', async () => {
		const tasks = Array.from({ length: 7 }, (_, n) => waited(`Task ${n}`));
		tasks[0].task.fields.status = '';
		for (const { task } of tasks.slice(1)) task.fields.status = 'REJECTED';
		const loop = await openFor(tasks);
		expect(loop.status).toBe('waiting');
		expect(loop.hints).toHaveLength(1);
		expect(loop.hints[0].match(/Task/g)).toHaveLength(5);
		expect(loop.hints[0]).toMatch(/^Task \w+ shows no status: .* And 2 more\.$/);
	});
});

it('finds tasks behind the end of a page that CRM2 cuts', async () => {
	at.opentaps.options.largestTaskPage = 3;
	const tasks = Array.from({ length: 7 }, (_, n) => waited(`Task ${n}`));
	const loop = await openFor(tasks);
	expect([loop.error, loop.status]).toEqual([null, 'waiting']);
	for (const one of tasks) one.complete();
	await loop.wake();
	expect(ended(loop).done).toHaveLength(7);
});

it('is done where a list without a status has open tasks only', async () => {
	at.opentaps.options.tasksWithoutStatus = 'open';
	const one = waited('One');
	const loop = await openFor([one]);
	one.complete();
	await loop.wake();
	expect(ended(loop).done).toEqual([[one.id, 'done', false, 1]]);
});

it("L9: who takes what was nobody's has not edited it; whoever takes it from them has", async () => {
	const shared = { assignedTo: [IDA.contactId, UMA.contactId] };
	const [kept, passedOn] = [waited('Kept', shared), waited('Passed on', shared)];
	const loop = await openFor([kept, passedOn]);
	for (const { task } of [kept, passedOn]) task.fields.responsibleContactId = UMA.contactId;
	await loop.wake();
	passedOn.task.fields.responsibleContactId = IDA.contactId;
	for (const one of [kept, passedOn]) one.complete();
	await loop.wake();
	expect(leaving(loop, 'Done')).toEqual([[kept.id, 'done', false, 1]]);
	expect(leaving(loop, 'No Decision')).toEqual([[passedOn.id, 'changed', false, 2]]);
	expect(loop.arrived('No Decision')[0].json.edited).toEqual(['approver']);
});
