import { onceFor } from '../../../../nodes/shared/gate/onceFor';

it('says a thing once, and again when 1,000 others were said since', () => {
	expect([onceFor('a'), onceFor('a'), onceFor('b')]).toEqual([true, false, true]);
	for (let n = 0; n < 1000; n++) onceFor(`other ${n}`);
	expect(onceFor('other 999')).toBe(false);
	expect(onceFor('a')).toBe(true);
});
