import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { openApi } from './api';
import { listByStatus, type StatusChoice } from './listByStatus';
import { idOf, type MambuTask } from './task';

const SHOWN = 100;

/** What an operation can be used on; all tasks for the others. */
const STATUS: Record<string, StatusChoice> = {
	complete: 'OPEN',
	reopen: 'COMPLETED',
	wait: 'OPEN',
};

/** Tasks for "From List". Mambu cannot search: the filter is matched against titles here. */
export async function searchTasks(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const api = await openApi(this);
	const wanted = filter.toLowerCase();
	const status = STATUS[String(this.getNodeParameter('operation', ''))] ?? 'ALL';
	const query = { filter: {} };
	const found: MambuTask[] = [];
	const atMost = wanted === '' ? SHOWN : undefined;
	for await (const task of listByStatus(api, query, status, this.getTimezone(), atMost)) {
		if (idOf(task) !== '' && nameOf(task).toLowerCase().includes(wanted)) found.push(task);
		if (found.length >= SHOWN) break;
	}
	return { results: found.map((task) => ({ name: nameOf(task), value: idOf(task) })) };
}

const nameOf = (task: MambuTask) =>
	`${task.id ?? ''} ${task.title ?? idOf(task)} (${task.status ?? 'unknown'})`.trim();
