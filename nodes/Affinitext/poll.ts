import type {
	IDataObject,
	INodeExecutionData,
	INodeProperties,
	IPollFunctions,
} from 'n8n-workflow';

import { daysUntil } from '../shared/items/dates';
import { fieldError } from '../shared/http/nodeErrors';
import { dateEvents, dateMark, readSoon, dueSoonIn } from '../shared/trigger/dueDates';
import type { Fingerprint } from '../shared/trigger/fingerprint';
import { pollTasks, readPolling, type Listed, type Occurrence } from '../shared/trigger/pollTasks';
import { readFeed, type Feed } from './api';
import { readFeedRequest, simplifyField } from './fields';
import { identify, idOf, type Identified } from './identify';
import type { DateReading } from './readDate';
import { toTask } from './task';

export const ignoredFieldsField: INodeProperties = {
	displayName: 'Ignored Fields',
	name: 'ignoredFields',
	type: 'string',
	default: '',
	placeholder: 'e.g. daysLeft, lastViewed',
	description: 'Fields, separated by commas, whose change is none',
};

export const dueSoonField = {
	...dueSoonIn(
		'Days',
		7,
		'How many days before its target date a task is near it; 0 is the day itself',
	),
	displayName: 'Target Date Within (Days)',
};

/** Events that can only be told of a task that is the same one as before. */
const NEED_ID = ['changed', 'completed', 'statusChanged'];

type Entry = Listed & { content: string };

/** One tick over the whole list: the API has no times, no filters and no call for one task. */
export async function pollAffinitext(
	context: IPollFunctions,
): Promise<INodeExecutionData[][] | null> {
	const { fields, events, rawOutput } = readPolling(context, simplifyField);
	const soonDays = readSoon(fields, dueSoonField);
	const options = fields.options();
	const request = readFeedRequest(options);
	const timezone = context.getTimezone();
	const reading = { timezone, monthFirst: request.monthFirst };
	const ignored = options.words(ignoredFieldsField);
	const isManual = context.getMode() === 'manual';
	const keepsNames = events.includes('disappeared');

	return await pollTasks(context, {
		events,
		rawOutput,
		numbered: true,
		async list() {
			const feed = await readFeed(context, request);
			requireWholeList(context, feed, request.idField);
			const list = identify(feed.items, request.idField, ignored);
			requireIds(context, list, events);
			return list.map((one) => entryOf(one, reading));
		},
		fingerprint(entry) {
			const { id, title, status, state, dueAt } = entry.task;
			const days = state === 'open' ? daysUntil(dueAt, timezone) : null;
			const name = keepsNames ? [id, title?.slice(0, 80) ?? ''] : [];
			return {
				status,
				mark: dateMark(days, soonDays, Date.parse(String(dueAt))),
				more: [(entry as Entry).content, ...name],
			};
		},
		changes({ task: { status, state } }, now, before) {
			const dates = dateEvents(now, before);
			const isDone = state === 'done';
			if (isManual)
				return [
					...NEED_ID.filter((type) => type !== 'completed' || isDone),
					'disappeared',
					'new',
					...dates,
				];
			if (before === undefined) return ['new', ...dates];
			const isMoved = before.status !== status;
			const isChanged = before.more[0] !== now.more[0];
			// one event for one change: the one that says most
			const told = [
				...(isMoved && isDone ? ['completed'] : []),
				...(isMoved ? ['statusChanged'] : []),
				...(isChanged ? ['changed'] : []),
			].find((type) => events.includes(type));
			return told === undefined ? dates : [told, ...dates];
		},
		whatBecameOf: async ({ fingerprints }) => fingerprints.flatMap(disappeared),
	});
}

const entryOf = ({ raw, id, content }: Identified, reading: DateReading): Entry => ({
	raw,
	task: toTask(raw, id, reading),
	content,
});

/** Nothing but its ID, title and state was kept of it; the JSON is gone with it. */
function disappeared({ status, more: [, id, title] }: Fingerprint): Occurrence[] {
	if (!id) return [];
	const reading = { timezone: 'utc', monthFirst: false };
	const task = toTask({ title: title || null, status }, id, reading);
	return [{ task, raw: task as unknown as IDataObject, type: 'disappeared' }];
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
