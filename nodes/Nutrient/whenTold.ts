/** Reads when something was, no more exactly than a date tells: tenants show moments, minutes or only days. */
import { toTaskDate } from '../shared/items/wireDates';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Midnight is at one of these in every zone. */
const QUARTER = 15 * MINUTE;
/** When the clock goes ahead. */
const SHORTEST_DAY = 23 * HOUR;
/** The zone of a day is not told: it begins so much earlier than in UTC at most, and ends so much later. */
const [EAST, WEST] = [14 * HOUR, 12 * HOUR];
/** What was ended by the same click; in milliseconds. */
const TOGETHER = 2000;

/** Seconds behind minutes, or milliseconds since 1970. */
const TO_THE_SECOND = /\d:\d\d:\d\d|^\d{13}$/;

/** The first and the last moment at which it may have been, in milliseconds since 1970; NaN where no date is told. */
export interface When {
	from: number;
	to: number;
	isDay: boolean;
}

/** @param date as it came */
export function whenTold(date: unknown): When {
	const from = Date.parse(toTaskDate(date) ?? '');
	// a day is read as its midnight, and may come as that
	if (from % QUARTER === 0) {
		return { from: from - EAST, to: from + 24 * HOUR + WEST, isDay: true };
	}
	const isExact = TO_THE_SECOND.test(String(date).trim());
	return { from, to: isExact ? from : from + MINUTE, isDay: false };
}

/** Whether one has surely ended when the other begins. Two days of one tenant are of the same zone. */
export const isOverBefore = (ended: When, begun: When): boolean =>
	ended.isDay && begun.isDay ? begun.from - ended.from >= SHORTEST_DAY : ended.to <= begun.from;

/** Whether both were surely in the same moment. */
export const isTogether = (one: When, other: When): boolean =>
	one.from === one.to && other.from === other.to && Math.abs(one.from - other.from) <= TOGETHER;
