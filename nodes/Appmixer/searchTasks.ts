import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { openApi } from './api';
import { firstTasks } from './firstTasks';
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
	const tasks = await firstTasks(api, query, SHOWN);
	return {
		results: tasks
			.map((task) => ({
				name: `${task.title ?? idOf(task)} (${task.status ?? 'unknown'})`,
				value: idOf(task),
			}))
			.filter(({ value }) => value !== ''),
	};
}
