import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { take } from '../shared/http/paging';
import { pollTasks, type Listed } from '../shared/trigger/pollTasks';
import { listTasks, openApi } from './api';
import { toQuery } from './query';
import { toTask, withoutSecrets } from './task';

const HOUR = 3_600_000;
const SOON = 'soon';

/** One tick over all tasks the login can see. Appmixer has no filter by time, so the whole list is read. */
export async function pollAppmixer(
	context: IPollFunctions,
): Promise<INodeExecutionData[][] | null> {
	const filters = context.getNodeParameter('filters', {}) as IDataObject;
	const hours = Number(context.getNodeParameter('dueSoonHours', 24));
	const isSoon = ({ task }: Listed) =>
		task.status === 'pending' &&
		task.dueAt !== null &&
		Date.parse(task.dueAt) - Date.now() <= hours * HOUR;

	return await pollTasks(context, {
		events: context.getNodeParameter('events', []) as string[],
		rawOutput: !(context.getNodeParameter('simple', true) as boolean),
		async list() {
			const api = await openApi(context);
			// oldest first: what is added meanwhile comes last
			const query = { ...toQuery(context.getNode(), filters), sort: 'created:1' };
			const tasks = await take(listTasks(api, query), Infinity);
			return tasks.map((raw) => ({ task: toTask(raw), raw: withoutSecrets(raw) }));
		},
		fingerprint: (listed) =>
			`${listed.task.status};${isSoon(listed) ? `${SOON}${listed.task.dueAt}` : ''}`,
		changes(listed, before) {
			const { status } = listed.task;
			const events = before === undefined ? ['new'] : [];
			const [oldStatus, oldSoon] = before?.split(';') ?? [undefined, ''];
			if (status !== oldStatus && status !== 'pending') events.push(String(status));
			if (isSoon(listed) && oldSoon !== `${SOON}${listed.task.dueAt}`) events.push('dueSoon');
			return events;
		},
	});
}
