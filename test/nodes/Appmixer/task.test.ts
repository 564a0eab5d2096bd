import {
	isAppmixerTask,
	isKnownStatus,
	toTask,
	withoutSecrets,
} from '../../../nodes/Appmixer/task';

// docs.appmixer.com, People Task, and `due` of github.com/clientIO/appmixer-connectors, utils/tasks
it.each([
	['pending', 'open', null],
	['due', 'open', null],
	['approved', 'done', 'approved'],
	['rejected', 'done', 'rejected'],
])('maps %s to %s and the decision %s', (status, state, decision) => {
	expect(toTask({ taskId: '1', status })).toMatchObject({ status, state, decision });
	expect(isKnownStatus(status)).toBe(true);
});

it.each([
	'banana',
	'Approved',
	'APPROVED',
	' approved',
	'',
	'constructor',
	'__proto__',
	'toString',
])('decides nothing on the unknown status "%s" and keeps the word', (status) => {
	expect(toTask({ taskId: '1', status })).toMatchObject({ status, state: 'open', decision: null });
	expect(isKnownStatus(status)).toBe(false);
});

it('decides nothing when the status is no text or not its own', () => {
	for (const status of [true, 1, ['approved'], { toString: () => 'approved' }, null]) {
		expect(toTask({ taskId: '1', status } as never).decision).toBeNull();
	}
	expect(toTask(Object.create({ taskId: '1', status: 'approved' }) as never).decision).toBeNull();
});

it.each([
	[{ taskId: 'a', id: 'b' }, 'a'],
	[{ id: 'b' }, 'b'],
])('takes the ID of %j', (raw, id) => {
	expect(toTask(raw).id).toBe(id);
});

it.each([null, undefined, 'x', [], {}, { taskId: 7 }, { taskId: '' }])(
	'takes %j for no task',
	(value) => {
		expect(isAppmixerTask(value)).toBe(false);
	},
);

it('gives instants in UTC and null for what is absent or no date', () => {
	expect(
		toTask({ id: '1', decisionBy: '2030-01-01T10:00:00+02:00', created: 'soon' } as never),
	).toEqual({
		id: '1',
		title: null,
		description: null,
		status: null,
		state: 'open',
		decision: null,
		requester: null,
		assignee: null,
		dueAt: '2030-01-01T08:00:00.000Z',
		createdAt: null,
		updatedAt: null,
		decidedAt: null,
		url: null,
		source: 'appmixer',
	});
});

it('leaves both secrets out of the raw task', () => {
	expect(
		withoutSecrets({ taskId: '1', approverSecret: 'a', requesterSecret: 'b', title: 'T' }),
	).toEqual({ taskId: '1', title: 'T' });
});
