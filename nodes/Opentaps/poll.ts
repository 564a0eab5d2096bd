import type {
	IDataObject,
	INodeExecutionData,
	INodeProperties,
	IPollFunctions,
} from 'n8n-workflow';

import { dateEvents, dateMark, readSoon, dueSoonIn } from '../shared/trigger/dueDates';
import { loginOf } from '../shared/trigger/loginOf';
import { pollOnce } from '../shared/trigger/pollOnce';
import { readPolling, type Listed } from '../shared/trigger/pollRequest';
import { pollTasks } from '../shared/trigger/pollTasks';
import { choiceField } from '../shared/items/fields/makeField';
import type { FieldReader } from '../shared/items/fields/fieldReader';
import { CREDENTIAL, taskSite } from './api';
import { readActivities } from './listActivities';
import { listTasks } from './listTasks';
import { rawOutput as toRaw } from './output';
import { activityTypesFilter, readTaskTest, statusesFilter } from './query';
import { COMPLETED, idOf, textOf, toTask } from './task';

const HOUR = 3_600_000;

export const watchField = choiceField('Watch', 'watch', 'tasks', {
	description: 'What to look at',
	choices: {
		Activities: [
			'activities',
			'Notes, emails, follow-ups; tasks too, unless Activity Types leaves them out',
		],
		Tasks: 'tasks',
	},
});

export const dueSoonField = dueSoonIn(
	'Hours',
	24,
	'How many hours before its scheduled time something counts as due soon',
);

export const taskStatuses: INodeProperties = {
	...statusesFilter,
	displayName: 'Statuses of Tasks',
	name: 'taskStatuses',
	default: 'CREATED, STARTED',
	description:
		'Which tasks are listed at each poll, separated by commas. A listed task that has left is looked up among the completed ones. Add COMPLETED to notice tasks that are created and completed between two polls, and every word of your own.',
	displayOptions: { show: { watch: ['tasks'] } },
};

const ofActivities = { displayOptions: { show: { watch: ['activities'] } } };

export const activityTypes: INodeProperties = { ...activityTypesFilter, ...ofActivities };

export const activityStatuses: INodeProperties = {
	...statusesFilter,
	displayName: 'Statuses of Activities',
	name: 'activityStatuses',
	...ofActivities,
};

/** What one tick looks at. */
interface Watched {
	/** Empty: any. */
	statuses: string[];
	list(statuses: string[]): Promise<IDataObject[]>;
	/** As `list`, whatever the other filters. */
	listAny(statuses: string[]): Promise<IDataObject[]>;
	/** Where people open it; `null` for what is no task. */
	siteOf(raw: IDataObject): string | null;
}

/**
 * One tick over the listed tasks or activities. CRM2 has no filter by time and no webhook. What leaves the list of the
 * watched statuses is looked up among the completed ones, and known again should it come back.
 */
export const pollOpentaps = async (context: IPollFunctions) => await pollOnce(context, poll);

async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const { fields, events, rawOutput } = readPolling(context);
	const soon = readSoon(fields, dueSoonField) * HOUR;
	const isSample = context.getMode() === 'manual';
	const site = await taskSite(context);
	const watched =
		fields.choice(watchField) === 'activities'
			? activities(context, fields, site)
			: tasks(context, fields, site);
	const doneEvent = events.includes('completed') ? 'completed' : 'statusChanged';
	const listed = (raw: IDataObject): Listed => ({
		task: toTask(raw, watched.siteOf(raw)),
		raw: toRaw(raw),
	});
	const { statuses } = watched;
	const leavesWhenDone = statuses.length > 0 && !statuses.includes(COMPLETED);

	return await pollTasks(context, {
		login: await readLogin(context),
		events,
		rawOutput,
		knowsAgain: true,
		numbered: true,
		async list() {
			const wanted = isSample && leavesWhenDone ? [...statuses, COMPLETED] : statuses;
			return (await watched.list(wanted)).map(listed);
		},
		fingerprint({ task: { status, state, dueAt } }) {
			const at = state === 'open' && dueAt !== null ? Date.parse(dueAt) : NaN;
			return { status, mark: dateMark(at - Date.now(), soon, at), more: [] };
		},
		changes({ task: { status, state } }, now, before) {
			const happened = before === undefined ? ['new'] : [];
			if (isSample) happened.push('statusChanged');
			happened.push(...dateEvents(now, before, 'due'));
			if (before === undefined) return state === 'done' ? [...happened, 'completed'] : happened;
			if (status === before.status) return happened;
			return [...happened, state === 'done' ? doneEvent : 'statusChanged'];
		},
		async whatBecameOf({ find, isElsewhere }) {
			if (!(leavesWhenDone || isElsewhere) || !events.includes(doneEvent)) return [];
			const completed = await (isElsewhere ? watched.listAny : watched.list)([COMPLETED]);
			const done = completed.filter((raw) => find(idOf(raw)));
			return done.map((raw) => ({ ...listed(raw), type: doneEvent }));
		},
	});
}

async function readLogin(context: IPollFunctions): Promise<string> {
	const { baseUrl, clientDomain, authToken } = await context.getCredentials(CREDENTIAL);
	return loginOf(baseUrl, clientDomain, authToken);
}

function tasks(context: IPollFunctions, fields: FieldReader, site: string): Watched {
	const isWanted = readTaskTest(fields.within('filters')) ?? (() => true);
	const listAny = async (statuses: string[]) => await listTasks(context, statuses);
	return {
		statuses: fields.words(taskStatuses),
		list: async (statuses) => (await listAny(statuses)).filter(isWanted),
		listAny,
		siteOf: () => site,
	};
}

function activities(context: IPollFunctions, fields: FieldReader, site: string): Watched {
	const listOf = (types: string[]) => async (statuses: string[]) =>
		await readActivities(context, { types, statuses, startFrom: null, extra: {} });
	return {
		statuses: fields.words(activityStatuses),
		list: listOf(fields.words(activityTypes)),
		listAny: listOf([]),
		siteOf: (raw) => (textOf(raw, 'activityType') === 'TASK' ? site : null),
	};
}
