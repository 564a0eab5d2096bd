import { isListOf } from '../../../../nodes/shared/http/isListOf';

const hasId = (row: unknown) => typeof (row as { id?: unknown }).id === 'number';

it.each<[unknown, number, boolean]>([
	[[], 0, true],
	[[{ id: 1 }, {}], 0, true],
	[[{}], 0, false],
	[[{}], 100, true],
	[[{ id: 1 }, null], 0, false],
	[[{ id: 1 }, [2]], 0, false],
	[[{ id: 1 }, 'two'], 100, false],
	[{ id: 1 }, 0, false],
	['', 0, false],
	[null, 0, false],
])('tells whether %j from %d on is a list: %s', (body, offset, expected) => {
	expect(isListOf(body, hasId, offset)).toBe(expected);
});
