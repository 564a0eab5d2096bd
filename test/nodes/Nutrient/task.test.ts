import { packId, unpackId } from '../../../nodes/Nutrient/packId';
import { approvalLabels, recordOf, rowsOf } from '../../../nodes/Nutrient/readWire';
import { stateOf, toRequest, toTask } from '../../../nodes/Nutrient/task';

describe('the Nutrient status table', () => {
	// the words of the vendor's help pages and of developer.integrify.com
	it.each([
		['Started', 'open'],
		['In Progress', 'open'],
		['InProgress', 'open'],
		['open', 'open'],
		['Completed', 'done'],
		['completed', 'done'],
		['Cancelled', 'cancelled'],
		['canceled', 'cancelled'],
		['Reassigned', 'cancelled'],
		['Timed Out', 'cancelled'],
	])('%s is %s', (word, state) => {
		expect(stateOf(word)).toBe(state);
		expect(toTask({ sid: '1', taskState: word })).toMatchObject({
			status: word,
			state,
			decision: null,
		});
	});

	it('keeps an unknown word and decides nothing', () => {
		for (const word of ['Approved', 'constructor', '']) {
			expect(toTask({ sid: '1', status: word || null })).toMatchObject({
				status: word || null,
				state: 'open',
				decision: null,
			});
		}
	});
});

describe('a Nutrient record', () => {
	it('is read in every spelling', () => {
		const expected = {
			id: 'r1',
			title: 'Approval',
			dueAt: '2026-03-01T10:00:00.000Z',
			createdAt: '2026-02-01',
			decidedAt: '2026-03-01T09:00:00.000Z',
			assignee: { id: 'c1', name: 'Bob', email: 'bob@example.com' },
		};
		for (const raw of [
			{
				recipientTaskSid: 'r1',
				taskName: 'Approval',
				dueDate: '2026-03-01T10:00:00Z',
				startDate: '2026-02-01',
				completedDate: '2026-03-01T10:00:00+01:00',
				recipient: { sid: 'c1', name: 'Bob', email: 'bob@example.com' },
			},
			{
				RECIPIENT_TASK_SID: 'r1',
				SID: 'other',
				Name: 'Approval',
				DueDate: '2026-03-01 10:00:00',
				CreatedDate: '2026-02-01',
				DateCompleted: Date.UTC(2026, 2, 1, 9),
				RecipientSID: 'c1',
				RecipientName: 'Bob',
				RecipientEmail: 'bob@example.com',
			},
		]) {
			expect(toTask(raw)).toMatchObject(expected);
		}
	});

	it('of a request has the last milestone for status', () => {
		// developer.integrify.com/rest/Instances/instance-start and instance-user-list
		const started = { sid: 's1', id: '7', name: 'N', lastmilestone: 'Started' };
		expect(toRequest({ request: started })).toMatchObject({ id: 's1', status: 'Started' });
		const mine = { sid: 's1', name: 'N', last_milestone: 'CER Approved', state: 'Completed' };
		expect(toRequest(mine)).toMatchObject({
			status: 'CER Approved',
			state: 'done',
			decision: null,
		});
	});

	it('has null for a date that is none', () => {
		expect(toTask({ sid: '1', dueDate: 'soon', startDate: 9e15 })).toMatchObject({
			dueAt: null,
			createdAt: null,
		});
	});
});

describe('a Nutrient answer', () => {
	it('is a list, one record, or neither', () => {
		expect(rowsOf([{ TotalItemCnt: 2, Items: [{ SID: 1 }] }])).toEqual({
			rows: [{ SID: 1 }],
			total: 2,
		});
		expect(rowsOf({ data: { items: [{ items: [] }], total: 1 } })).toEqual({
			rows: [{ items: [] }],
			total: 1,
		});
		expect(rowsOf({ total: 0, items: [] })).toEqual({ rows: [], total: 0 });
		expect(rowsOf(['a'])).toEqual({ rows: [{ value: 'a' }] });
		for (const none of [null, undefined, '', true, 7, {}, { a: 1 }])
			expect(rowsOf(none)).toBeNull();
		expect(recordOf([{ a: 1 }])).toEqual({ a: 1 });
		for (const none of [null, '', [], {}, [{ a: 1 }, {}]]) expect(recordOf(none)).toBeNull();
	});

	it('of an approval gives its labels, or says that it cannot be read', () => {
		expect(approvalLabels(['Yes', 'No'])).toEqual(['Yes', 'No']);
		expect(approvalLabels({ config: { Choices: [{ Label: 'Yes' }] } })).toEqual(['Yes']);
		for (const none of [null, [], {}, { options: [] }, [{ a: 1 }], { html: 'x' }]) {
			expect(approvalLabels(none)).toBeNull();
		}
	});
});

describe('a kept ID', () => {
	it('is short for a GUID and itself for anything else', () => {
		const guid = '3f0c2c5e-4f2b-4f0c-9a51-0d7c7b1e0a01';
		expect(packId(guid)).toHaveLength(23);
		for (const id of [guid, guid.toUpperCase(), 'task-7', '']) {
			expect(unpackId(packId(id))).toBe(id);
		}
	});
});
