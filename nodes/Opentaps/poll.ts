import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { take } from '../shared/http/paging';
import { pollTasks, type Listed } from '../shared/trigger/pollTasks';
import { taskSite } from './api';
import { wordsIn } from './fields';
import { readActivities } from './listActivities';
import { listTasks } from './listTasks';
import { rawOutput } from './output';
import { readTaskTest } from './query';
import { COMPLETED, idOf, textOf, toTask } from './task';

const HOUR = 3_600_000;

/** What one tick looks at. */
interface Watched {
	/** Empty: any. */
	statuses: string[];
	list(statuses: string[]): Promise<IDataObject[]>;
	/** Where people open it; `null` for what is no task. */
	siteOf(raw: IDataObject): string | null;
}

/**
 * One tick over the listed tasks or activities. CRM2 has no filter by time and no webhook. What leaves the list of the
 * watched statuses is looked up among the completed ones, and known again should it come back.
 */
export async function pollOpentaps(
	context: IPollFunctions,
): Promise<INodeExecutionData[][] | null> {
	const events = context.getNodeParameter('events', []) as string[];
	const hours = Number(context.getNodeParameter('dueSoonHours', 24));
	const isSample = context.getMode() === 'manual';
	const site = await taskSite(context);
	const watched =
		context.getNodeParameter('watch', 'tasks') === 'activities'
			? activities(context, site)
			: tasks(context, site);
	const doneEvent = events.includes('completed') ? 'completed' : 'statusChanged';
	const listed = (raw: IDataObject): Listed => ({
		task: toTask(raw, watched.siteOf(raw)),
		raw: rawOutput(raw),
	});
	const { statuses } = watched;
	const leavesWhenDone = statuses.length > 0 && !statuses.includes(COMPLETED);

	/** Empty, or why the scheduled time matters, `due` or `soon`, and that time. */
	const mark = ({ task }: Listed) => {
		const at = task.dueAt === null ? NaN : Date.parse(task.dueAt);
		if (task.state !== 'open' || Number.isNaN(at)) return '';
		if (at <= Date.now()) return `due${at}`;
		return at - Date.now() <= hours * HOUR ? `soon${at}` : '';
	};

	return await pollTasks(context, {
		events,
		rawOutput: !(context.getNodeParameter('simple', true) as boolean),
		knowsAgain: true,
		numbered: true,
		async list() {
			const wanted = isSample && leavesWhenDone ? [...statuses, COMPLETED] : statuses;
			return (await watched.list(wanted)).map(listed);
		},
		fingerprint: (entry) => `${wordOf(entry)};${mark(entry)}`,
		changes(entry, before) {
			const isDone = entry.task.state === 'done';
			const [oldWord, oldMark] = before?.split(';') ?? [undefined, ''];
			const newMark = mark(entry);
			const happened = before === undefined ? ['new'] : [];
			if (isSample) happened.push('statusChanged');
			if (newMark !== oldMark && newMark.startsWith('soon')) happened.push('dueSoon');
			if (newMark !== oldMark && newMark.startsWith('due')) happened.push('due');
			if (wordOf(entry) === oldWord) return happened;
			if (isDone) happened.push(before === undefined ? 'completed' : doneEvent);
			else if (before !== undefined) happened.push('statusChanged');
			return happened;
		},
		async left(_left, isLeft, fingerprintOf) {
			if (!leavesWhenDone || !events.includes(doneEvent)) return [];
			const done = (await watched.list([COMPLETED])).filter((raw) => isLeft(idOf(raw)));
			return done.map((raw) => {
				const previousStatus = fingerprintOf(idOf(raw))?.split(';')[0] || null;
				return { ...listed(raw), type: doneEvent, previousStatus };
			});
		},
	});
}

/** The status as a fingerprint can hold it. */
const wordOf = ({ task }: Listed) => (task.status ?? '').replaceAll(';', ',');

function tasks(context: IPollFunctions, site: string): Watched {
	const filters = context.getNodeParameter('filters', {}) as IDataObject;
	const isWanted = readTaskTest(context, filters) ?? (() => true);
	return {
		statuses: wordsIn(context.getNodeParameter('taskStatuses', 'CREATED, STARTED')),
		list: async (statuses) => (await take(listTasks(context, statuses), Infinity)).filter(isWanted),
		siteOf: () => site,
	};
}

function activities(context: IPollFunctions, site: string): Watched {
	const types = wordsIn(context.getNodeParameter('activityTypes', ''));
	return {
		statuses: wordsIn(context.getNodeParameter('activityStatuses', '')),
		list: async (statuses) =>
			await readActivities(context, { types, statuses, startFrom: null, extra: {} }),
		siteOf: (raw) => (textOf(raw, 'activityType') === 'TASK' ? site : null),
	};
}
