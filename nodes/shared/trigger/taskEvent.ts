/** The event a trigger emits beside the Task record. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Task } from '../task';

export interface TaskEvent {
	/** The same for every delivery of the same change. */
	id: string;
	type: string;
	/** The service's word before the change; `null` when it is not known. */
	previousStatus: string | null;
	source: 'webhook' | 'poll';
	/** ISO 8601 UTC. */
	receivedAt: string;
}

const isAboutDate = (type: string) => /^(due|overdue)/.test(type);

/**
 * `service:taskId:status:when`, where "when" is what tells one such change from the next.
 * @param round the poll's number, for services without times of change
 */
export function eventId(
	task: Task,
	type: string,
	source: TaskEvent['source'],
	round?: number,
): string {
	if (round !== undefined && !isAboutDate(type)) {
		return [task.source, task.id, task.status, type, round].join(':');
	}
	// a task that is new may be decided in the same tick, which is another event
	if (type === 'new') return [task.source, task.id, type, task.createdAt ?? ''].join(':');
	const when =
		task.decidedAt ?? (isAboutDate(type) ? task.dueAt : source === 'poll' ? task.updatedAt : '');
	return [task.source, task.id, isAboutDate(type) ? type : task.status, when ?? ''].join(':');
}

/** One item: the record (or the service's own JSON) and the event. */
export function eventItem(
	task: Task,
	raw: IDataObject | null,
	event: Pick<TaskEvent, 'type' | 'previousStatus' | 'source'>,
	round?: number,
): INodeExecutionData {
	const full: TaskEvent = {
		id: eventId(task, event.type, event.source, round),
		...event,
		receivedAt: new Date().toISOString(),
	};
	// a service's own key of that name is kept inside
	const sent = raw !== null && Object.hasOwn(raw, 'event') ? { sent: raw.event } : {};
	return { json: { ...(raw ?? task), event: { ...full, ...sent } } as unknown as IDataObject };
}
