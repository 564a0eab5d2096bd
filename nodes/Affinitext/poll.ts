import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { fieldError } from '../shared/http/errors';
import { pollTasks, type Left, type Listed, type Occurrence } from '../shared/trigger/pollTasks';
import type { Task } from '../shared/task';
import { readFeed, type Feed } from './api';
import { readFeedOptions } from './fields';
import { identify, idOf, type Identified } from './identify';
import { daysUntil, type DateReading } from './readDate';
import { toTask } from './task';

/** Events that can only be told of a task that is the same one as before. */
const NEED_ID = ['changed', 'completed', 'statusChanged'];

type Entry = Listed & { content: string };

/** One tick over the whole list: the API has no times, no filters and no call for one task. */
export async function pollAffinitext(
	context: IPollFunctions,
): Promise<INodeExecutionData[][] | null> {
	const node = context.getNode();
	const events = context.getNodeParameter('events', []) as string[];
	const soonDays = Number(context.getNodeParameter('dueSoonDays', 7));
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const request = readFeedOptions(node, options);
	const timezone = context.getTimezone();
	const reading = { timezone, monthFirst: request.monthFirst };
	const ignored = String(options.ignoredFields ?? '')
		.split(',')
		.map((name) => name.trim());
	const isManual = context.getMode() === 'manual';
	const keepsNames = events.includes('disappeared');

	/** Empty, or why the target date matters: `late` or `soon`, and the day. */
	const mark = ({ task }: Listed) => {
		const days = task.state === 'open' ? daysUntil(task.dueAt, timezone) : null;
		if (days === null) return '';
		return days < 0 ? `late${task.dueAt}` : days <= soonDays ? `soon${task.dueAt}` : '';
	};

	return await pollTasks(context, {
		events,
		rawOutput: !(context.getNodeParameter('simple', false) as boolean),
		numbered: true,
		async list() {
			const feed = await readFeed(context, request);
			requireWholeList(context, feed, request.idField);
			const list = identify(feed.items, request.idField, ignored);
			requireIds(context, list, events);
			return list.map((one) => entryOf(one, reading));
		},
		fingerprint: (entry) => {
			const { task } = entry;
			const name = keepsNames ? JSON.stringify([task.id, task.title?.slice(0, 80) ?? null]) : '';
			const status = (task.status ?? '').replaceAll(';', ',');
			return [status, mark(entry), (entry as Entry).content, name].join(';');
		},
		changes(entry, before) {
			const [oldStatus, oldMark = '', oldContent] = before?.split(';') ?? [];
			const newMark = mark(entry);
			const dates = newMark === oldMark ? [] : datesIn(newMark);
			const isDone = entry.task.state === 'done';
			if (isManual)
				return [
					...NEED_ID.filter((type) => type !== 'completed' || isDone),
					'disappeared',
					'new',
					...dates,
				];
			if (before === undefined) return ['new', ...dates];
			const isMoved = oldStatus !== (entry.task.status ?? '').replaceAll(';', ',');
			const isChanged = oldContent !== (entry as Entry).content;
			// one event for one change: the one that says most
			const told = [
				...(isMoved && isDone ? ['completed'] : []),
				...(isMoved ? ['statusChanged'] : []),
				...(isChanged ? ['changed'] : []),
			].find((type) => events.includes(type));
			return told === undefined ? dates : [told, ...dates];
		},
		left: async (left) => left.flatMap(disappeared),
	});
}

const entryOf = ({ raw, id, content }: Identified, reading: DateReading): Entry => ({
	raw,
	task: toTask(raw, id, reading),
	content,
});

const datesIn = (mark: string) =>
	mark.startsWith('late') ? ['overdue'] : mark.startsWith('soon') ? ['dueSoon'] : [];

/** Nothing but its ID, title and state was kept of it; the JSON is gone with it. */
function disappeared({ fingerprint }: Left): Occurrence[] {
	const [status, , , ...rest] = fingerprint.split(';');
	const name = rest.join(';');
	if (name === '') return [];
	const [id, title] = JSON.parse(name) as [string, string | null];
	const reading = { timezone: 'utc', monthFirst: false };
	const task: Task = toTask({ title, status: status || null }, id, reading);
	const raw = task as unknown as IDataObject;
	return [{ task, raw, type: 'disappeared', previousStatus: status || null }];
}

/** A difference to half a list, or to something that is no list, would report tasks as gone that are not. */
function requireWholeList(context: IPollFunctions, feed: Feed, idField: string): void {
	const isTask = feed.items.length === 1 && idOf(feed.items[0], idField) !== null;
	if (!feed.isList && !isTask) {
		throw fieldError(
			context.getNode(),
			"There is no list of tasks in Affinitext's answer",
			'Say where it is in the option Items Path.',
		);
	}
	if (feed.hasMore) {
		throw fieldError(
			context.getNode(),
			"Affinitext's answer is only the first page of the list",
			'Turn on the option Follow Pages.',
		);
	}
}

function requireIds(context: IPollFunctions, list: Identified[], events: string[]): void {
	const without = list.filter(({ hasId }) => !hasId).length;
	if (without === 0) return;
	if (without === list.length && events.every((type) => NEED_ID.includes(type))) {
		throw fieldError(
			context.getNode(),
			'Changes cannot be told: no task has an ID of its own',
			'Name the field that tells tasks apart in the option ID Field, or choose New and Disappeared, as which a changed task then appears.',
		);
	}
	context.logger.warn(
		`Affinitext: ${without} of ${list.length} tasks have no ID of their own; a change to one looks like one that disappeared and a new one. Name the field that tells tasks apart in the option ID Field.`,
	);
}
