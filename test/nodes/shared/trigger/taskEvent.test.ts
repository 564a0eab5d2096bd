import type { Task } from '../../../../nodes/shared/task';
import { eventId, eventItem } from '../../../../nodes/shared/trigger/taskEvent';

const TASK = {
	...{ id: '7', source: 'mambu', status: 'OPEN', title: 'Loan' },
	...{
		createdAt: '2029-12-31T00:00:00Z',
		dueAt: '2030-01-02',
		updatedAt: '2030-01-01T00:00:00Z',
		decidedAt: null,
	},
} as Task;
const decided = { ...TASK, decidedAt: '2030-01-03T00:00:00Z' };

it.each<[Task, string, 'webhook' | 'poll', number | undefined, string]>([
	[TASK, 'OPEN', 'webhook', undefined, 'mambu:7:OPEN:'],
	[TASK, 'moved', 'poll', undefined, 'mambu:7:OPEN:2030-01-01T00:00:00Z'],
	// decided in the tick in which it is new, it has two events
	[decided, 'new', 'poll', undefined, 'mambu:7:new:2029-12-31T00:00:00Z'],
	[decided, 'done', 'webhook', undefined, 'mambu:7:OPEN:2030-01-03T00:00:00Z'],
	// moved, a date is a new event; told twice, it is not
	[TASK, 'dueSoon', 'poll', undefined, 'mambu:7:dueSoon:2030-01-02'],
	[TASK, 'overdue', 'poll', 4, 'mambu:7:overdue:2030-01-02'],
	[TASK, 'changed', 'poll', 4, 'mambu:7:OPEN:changed:4'],
])('of %#, the ID tells one change from the next', (task, type, source, round, expected) => {
	expect(eventId(task, type, source, round)).toBe(expected);
});

const EVENT = { type: 'changed', previousStatus: 'NEW', source: 'poll' } as const;
const full = { ...EVENT, id: 'mambu:7:OPEN:changed:4', receivedAt: expect.stringMatching(/Z$/) };

it('stands beside the record, or beside what the service sent', () => {
	expect(eventItem(TASK, null, EVENT, 4).json).toEqual({ ...TASK, event: full });
	expect(eventItem(TASK, { state: 1 }, EVENT, 4).json).toEqual({ state: 1, event: full });
});

it("keeps a service's own key of that name", () => {
	expect(eventItem(TASK, { event: 'x' }, EVENT, 4).json).toEqual({ event: { ...full, sent: 'x' } });
});
