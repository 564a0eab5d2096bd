import * as fc from 'fast-check';

import {
	countLooks,
	MINUTE,
	MOST_READINGS,
	nextLook,
	planLooks,
	type LookPlan,
} from '../../../../nodes/shared/gate/looks';
import { FUZZ } from '../../../fuzz';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const wait = (deadline: number | null, every: number | null = null) => ({
	startedAt: 0,
	deadline,
	every,
});
const spans = (plan: LookPlan, looks: number) => {
	const times = [0];
	while (times.length <= looks) times.push(nextLook(plan, times[times.length - 1]));
	return times.slice(1).map((time, place) => (time - times[place]) / MINUTE);
};

describe('L6: looks', () => {
	it('are a minute apart at first, then a tenth of the time waited, an hour at most', () => {
		const plan = planLooks(wait(7 * DAY), 1);
		expect(spans(plan, 12).map((span) => Math.round(span * 10) / 10)).toEqual([
			...Array.from({ length: 11 }, () => 1),
			1.1,
		]);
		expect(nextLook(plan, 5 * HOUR) - 5 * HOUR).toBe(30 * MINUTE);
		expect(nextLook(plan, 3 * DAY) - 3 * DAY).toBe(HOUR);
	});

	it('are about 212 in 7 days and 764 in 30', () => {
		expect(countLooks(planLooks(wait(7 * DAY), 1))).toBe(212);
		expect(countLooks(planLooks(wait(30 * DAY), 1))).toBe(764);
	});

	it('end with one at the deadline', () => {
		const plan = planLooks(wait(90 * MINUTE), 1);
		expect(nextLook(plan, 89.5 * MINUTE)).toBe(90 * MINUTE);
	});

	it('come at a fixed interval where one is set', () => {
		expect(spans(planLooks(wait(DAY, 5 * MINUTE), 1), 3)).toEqual([5, 5, 5]);
	});

	it('of a wait without an end go on growing apart after a month, to a day', () => {
		const plan = planLooks(wait(null), 1);
		expect(nextLook(plan, 20 * DAY) - 20 * DAY).toBe(HOUR);
		expect(nextLook(plan, 40 * DAY) - 40 * DAY).toBe(DAY);
		expect(nextLook(plan, 31 * DAY) - 31 * DAY).toBe(DAY);
	});

	it('of an interval without sense come within a year', () => {
		expect(nextLook(planLooks(wait(null, 1e18), 1), 0)).toBe(366 * DAY);
	});

	it('are stretched, and no more than need be, where they would be too many', () => {
		expect(planLooks(wait(7 * DAY), 100).stretch).toBe(1);
		const many = planLooks(wait(30 * DAY), 100);
		expect(countLooks(many) * 100).toBeLessThanOrEqual(MOST_READINGS);
		expect(countLooks({ ...many, stretch: many.stretch - 0.02 }) * 100).toBeGreaterThan(
			MOST_READINGS,
		);
		const fixed = planLooks(wait(30 * DAY, MINUTE), 1);
		expect(Math.round(spans(fixed, 1)[0] * 100)).toBeGreaterThanOrEqual(173);
	});

	it('never come at once, nor after the deadline, nor are too many', () => {
		const waits = fc.record({
			deadline: fc.option(fc.integer({ min: 1, max: 400 * DAY })),
			every: fc.option(fc.integer({ min: MINUTE, max: DAY })),
			tasks: fc.integer({ min: 1, max: 100 }),
			waited: fc.integer({ min: 0, max: 400 * DAY }),
		});
		fc.assert(
			fc.property(waits, ({ deadline, every, tasks, waited }) => {
				const plan = planLooks(wait(deadline, every), tasks);
				const next = nextLook(plan, waited);
				if (deadline === null || waited + MINUTE <= deadline) {
					expect(next - waited).toBeGreaterThanOrEqual(MINUTE);
				}
				if (deadline !== null) expect(next).toBeLessThanOrEqual(deadline);
				expect(countLooks(plan) * tasks).toBeLessThanOrEqual(Math.max(MOST_READINGS, tasks));
			}),
			{ ...FUZZ, numRuns: Math.min(FUZZ.numRuns, 500) },
		);
	});
});
