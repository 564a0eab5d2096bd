import { leaveOnce } from '../../../../nodes/shared/gate/comeBack';

it('L4: of two looks of one wait that end at the same time, one leaves', () => {
	expect([leaveOnce('a'), leaveOnce('b'), leaveOnce('a')]).toEqual([true, true, false]);
});
