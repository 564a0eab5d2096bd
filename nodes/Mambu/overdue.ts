import { daysUntil } from '../shared/items/dates';
import { toTaskDate } from '../shared/items/wireDates';
import type { MambuTask } from './task';

/**
 * Whole days until the task is due, negative when late; `null` for a task that is done or has no date.
 * Mambu's own count where it is sent (version 1), else days in the workflow's time zone.
 */
export function daysUntilDue(task: MambuTask, timezone: string): number | null {
	if (task.status === 'COMPLETED') return null;
	if (typeof task.daysUntilDue === 'number') return task.daysUntilDue;
	return daysUntil(toTaskDate(task.dueDate), timezone);
}

/** Open and past its due date, by Mambu's word or by the date. */
export function isOverdue(task: MambuTask, timezone: string): boolean {
	return task.status === 'OVERDUE' || (daysUntilDue(task, timezone) ?? 0) < 0;
}
