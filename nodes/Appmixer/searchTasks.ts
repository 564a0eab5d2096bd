import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { take } from '../shared/http/paging';
import { listTasks, openApi } from './api';
import { escapePattern } from './query';
import { idOf } from './task';

const SHOWN = 100;

/** The newest tasks the login can see, for "From List". The filter is matched against the title. */
export async function searchTasks(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const api = await openApi(this);
	const query = filter ? { pattern: escapePattern(filter) } : {};
	const tasks = await take(listTasks(api, query), SHOWN);
	return {
		results: tasks.map((task) => ({
			name: `${task.title ?? idOf(task)} (${task.status ?? 'unknown'})`,
			value: idOf(task),
		})),
	};
}
