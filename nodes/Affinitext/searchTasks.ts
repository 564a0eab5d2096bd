import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { fieldError } from '../shared/http/errors';
import { part, textOf } from './aliases';
import { readFeed } from './api';
import { readFeedOptions } from './fields';
import { identify, type Identified } from './identify';

const SHOWN = 100;

/** Tasks for "From List", matched here: the API cannot search. */
export async function searchTasks(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const options = this.getNodeParameter('options', {}) as IDataObject;
	const request = readFeedOptions(this.getNode(), options);
	const { items } = await readFeed(this, request);
	const tasks = identify(items, request.idField).filter(({ hasId }) => hasId);
	if (tasks.length === 0 && items.length > 0) {
		throw fieldError(
			this.getNode(),
			'No task in the list has a field that looks like an ID',
			'Name one in the option ID Field.',
		);
	}
	const wanted = filter.toLowerCase();
	const results = tasks.map((task) => ({ name: nameOf(task), value: task.id }));
	return {
		results: results.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, SHOWN),
	};
}

const nameOf = ({ raw, id }: Identified) =>
	[id, textOf(part(raw, 'title'))].filter((text) => text !== null).join(' ');
