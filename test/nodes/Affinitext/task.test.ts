import { libraryUrl } from '../../../nodes/Affinitext/libraryUrl';
import { readDate } from '../../../nodes/Affinitext/readDate';
import { STATES, toTask } from '../../../nodes/Affinitext/task';

const reading = { timezone: 'Europe/Prague', monthFirst: false };

describe('the state', () => {
	it.each([
		['Assigned', 'open'],
		['Task Assigned', 'open'],
		['In Progress', 'open'],
		['Awaiting Verification', 'open'],
		['AWAITING_TASK_VERIFICATION', 'open'],
		['Re-opened', 'open'],
		['Task Re-opened', 'open'],
		['Completed', 'done'],
		['Verified', 'done'],
		['Task Verified', 'done'],
		['Closed', 'done'],
		['Obsolete', 'cancelled'],
		['never heard of', 'open'],
		['constructor', 'open'],
	])('%s is %s, and never a decision', (status, state) => {
		expect(toTask({ status }, '1', reading)).toMatchObject({ status, state, decision: null });
	});

	it.each(Object.entries(STATES))('%s is %s in any case', (word, state) => {
		expect(toTask({ Task_Status: word.toUpperCase() }, '1', reading).state).toBe(state);
	});

	it('follows the date of completion where there is no word', () => {
		expect(toTask({ completedAt: '2026-01-01' }, '1', reading).state).toBe('done');
	});
});

it('people and links come in many ways', () => {
	const task = (raw: object) => toTask({ ...raw }, '1', reading);
	const ann = { id: null, name: 'Ann Archer', email: null };
	expect(task({ assigned_to: { firstName: 'Ann', lastName: 'Archer' } }).assignee).toEqual(ann);
	expect(task({ assignee: ['Ann Archer', 'x'] }).assignee).toEqual(ann);
	expect(task({ assignee: 'ann@x.org' }).assignee?.email).toBe('ann@x.org');
	expect(task({ assignee: {} }).assignee).toBeNull();
	expect(task({ link: 'javascript:alert(1)' }).url).toBeNull();
	expect(task({ id: 1, attributes: { subject: 'In here' } }).title).toBe('In here');
});

describe('dates', () => {
	it.each<[unknown, string | null]>([
		['2026-05-04', '2026-05-04'],
		['2026-05-04T00:00:00', '2026-05-04'],
		['2026-05-04T10:00:00', '2026-05-04T08:00:00.000Z'],
		['2026-05-04T00:00:00Z', '2026-05-04T00:00:00.000Z'],
		['04/05/2026', '2026-05-04'],
		['04/05/2026 10:00', '2026-05-04T08:00:00.000Z'],
		['4 May 2026', '2026-05-04'],
		[1777888800, '2026-05-04T10:00:00.000Z'],
		['/Date(1777888800000)/', '2026-05-04T10:00:00.000Z'],
		['31/31/2026', null],
		['end of May', null],
		[7, null],
		[{}, null],
	])('%j', (value, expected) => {
		expect(readDate(value, reading)).toBe(expected);
	});

	it('with the month first', () => {
		expect(readDate('04/05/2026', { ...reading, monthFirst: true })).toBe('2026-04-05');
	});
});

describe('the library', () => {
	it.each([
		'acme',
		' ACME ',
		'acme.affinitext.com',
		'https://acme.affinitext.com/',
		'http://Acme.Affinitext.com/books/1?x=2#y',
		'acme.affinitext.com/api/tasks',
	])('%j', (library) => {
		expect(libraryUrl({ library })).toBe('https://acme.affinitext.com');
	});

	it.each([
		'',
		'-acme',
		'acme library',
		'affinitext.com',
		'https://acme',
		'https://evil.example/acme.affinitext.com',
		'acme.affinitext.com.evil.example',
		'evil.example#.affinitext.com',
		'acme.affinitext.com@evil.example',
		'https://acme.affinitext.com:8443',
		'javascript://acme.affinitext.com',
		'x'.repeat(64),
	])('%j is none', (library) => {
		expect(() => libraryUrl({ library })).toThrow(/^The Library/);
	});

	it.each([
		['https://proxy.example.com/a/api/tasks', 'https://proxy.example.com/a'],
		['http://127.0.0.1:9/', 'http://127.0.0.1:9'],
	])('a Base URL goes first: %j', (baseUrl, expected) => {
		expect(libraryUrl({ library: 'acme', baseUrl })).toBe(expected);
	});
});
