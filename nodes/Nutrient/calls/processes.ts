import type { IDataObject } from 'n8n-workflow';

import type { ApiContext } from '../../shared/http/transport';
import { act, readList, readOne, segment, wholeList } from '../api';

export const searchProcessList = wholeList({
	path: '/api/processes/search',
	action: 'list processes',
});

export const getProcess = (context: ApiContext, id: string) =>
	readOne(context, { path: `/api/processes/${segment(id)}`, action: `read process ${id}` });

export const listProcessTasks = (
	context: ApiContext,
	id: string,
	which: 'tasks' | 'firstTasks',
	qs: IDataObject,
) =>
	readList(context, {
		path: `/api/processes/${segment(id)}/${which}`,
		action: `list the tasks of process ${id}`,
		qs,
	});

/** Starts a request; with a first task, `body` is that task's data. */
export const startRequest = (
	context: ApiContext,
	processId: string,
	firstTaskId: string | undefined,
	qs: IDataObject,
	body: IDataObject,
) =>
	act(context, {
		method: 'POST',
		path: `/api/instance/start/${segment(processId)}${firstTaskId ? `/${segment(firstTaskId)}` : ''}`,
		action: `start process ${processId}`,
		qs,
		body,
	});
