import { DateTime } from 'luxon';

import { toDay } from '../shared/items/dates';
import { toTaskDate } from '../shared/items/wireDates';
import type { MambuTask } from './task';

/**
 * Whole days until the task is due, negative when late; `null` for a task that is done or has no date.
 * Mambu's own count where it is sent (version 1), else days in the workflow's time zone.
 */
export function daysUntilDue(task: MambuTask, timezone: string): number | null {
	if (task.status === 'COMPLETED') return null;
	if (typeof task.daysUntilDue === 'number') return task.daysUntilDue;
	const day = toDay(toTaskDate(task.dueDate), timezone);
	if (day === null) return null;
	const today = DateTime.now().setZone(timezone).toISODate();
	return Math.round((Date.parse(day) - Date.parse(String(today))) / 86_400_000);
}

/** Open and past its due date, by Mambu's word or by the date. */
export function isOverdue(task: MambuTask, timezone: string): boolean {
	return task.status === 'OVERDUE' || (daysUntilDue(task, timezone) ?? 0) < 0;
}
