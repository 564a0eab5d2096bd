import type {
	IDataObject,
	INodeExecutionData,
	INodeProperties,
	IPollFunctions,
} from 'n8n-workflow';

import { daysUntil } from '../shared/items/dates';
import { dateEvents, dateMark, readSoon, dueSoonIn } from '../shared/trigger/dueDates';
import type { Fingerprint } from '../shared/trigger/fingerprint';
import { loginOf } from '../shared/trigger/loginOf';
import { pollOnce } from '../shared/trigger/pollOnce';
import { readPolling, type Listed, type Occurrence } from '../shared/trigger/pollRequest';
import { pollTasks } from '../shared/trigger/pollTasks';
import { CREDENTIAL, readFeed } from './api';
import { readFeedRequest, simplifyField } from './fields';
import { identify, type Identified } from './identify';
import { libraryUrl } from './libraryUrl';
import type { DateReading } from './readDate';
import { NEED_ID, requireIds, requireWholeList } from './comparable';
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

/** Options that say how a task is read, not which tasks. */
const BESIDE = ['dateOrder', ignoredFieldsField.name];

type Entry = Listed & { content: string };

/** One tick over the whole list: the API has no times, no filters and no call for one task. */
export const pollAffinitext = async (context: IPollFunctions) => await pollOnce(context, poll);

async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
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
		login: await readLogin(context),
		beside: BESIDE,
		basis: ignored.join(' '),
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

async function readLogin(context: IPollFunctions): Promise<string> {
	const credentials = await context.getCredentials(CREDENTIAL);
	return loginOf(libraryUrl(credentials), credentials.accessToken);
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
