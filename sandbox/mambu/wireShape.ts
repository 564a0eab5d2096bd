import { daysUntil, v1Date, v2Day, v2Instant } from './dates';
import type { MambuOptions } from './options';
import type { MambuTask } from './store';

type Json = Record<string, unknown>;

export const isOverdue = (task: MambuTask, now: number) =>
	task.status === 'OPEN' && daysUntil(task.dueDate, now) < 0;

const nameOf = (options: MambuOptions, key: string | undefined) => {
	const user = options.users.find(({ encodedKey }) => encodedKey === key);
	return user && `${user.firstName} ${user.lastName}`;
};

const shared = (task: MambuTask) => ({
	encodedKey: task.encodedKey,
	id: task.id,
	title: task.title,
	description: task.description,
	assignedUserKey: task.assignedUserKey,
	createdByUserKey: task.createdByUserKey,
	taskLinkKey: task.taskLinkKey,
	taskLinkType: task.taskLinkType,
});

const withoutAbsent = (json: Json): Json =>
	Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined));

/** As in the samples of the 2018 document: `createdByFullName` comes with lists, not with the answer to a POST. */
export function taskInV1(
	task: MambuTask,
	now: number,
	options: MambuOptions,
	where: 'list' | 'post',
): Json {
	const word = isOverdue(task, now) ? options.v1OverdueWord : task.status;
	return withoutAbsent({
		...shared(task),
		status: word,
		dueDate: v1Date(task.dueDate),
		creationDate: v1Date(task.creationDate),
		lastModifiedDate: v1Date(task.lastModifiedDate),
		completionDate: task.completionDate && v1Date(task.completionDate),
		daysUntilDue: daysUntil(task.dueDate, now),
		createdByFullName: where === 'list' ? nameOf(options, task.createdByUserKey) : undefined,
	});
}

/** docs.mambu.com, /api/api-v2/tasks/schemas/task. */
export const taskInV2 = (task: MambuTask, options: MambuOptions): Json =>
	withoutAbsent({
		...shared(task),
		status: task.status,
		dueDate: v2Day(task.dueDate),
		creationDate: v2Instant(task.creationDate),
		lastModifiedDate: v2Instant(task.lastModifiedDate),
		createdByFullName: nameOf(options, task.createdByUserKey),
	});
