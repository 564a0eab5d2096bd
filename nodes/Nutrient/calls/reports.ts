import type { IDataObject } from 'n8n-workflow';

import type { ApiContext } from '../../shared/http/transport';
import { ACTION_TIMEOUT, notTheApi, readList, segment, send, wholeList } from '../api';
import { rowsOf } from '../readWire';

export const searchReportList = wholeList({ path: '/api/reports/search', action: 'list reports' });

/** With filters they are posted; without, the report runs with its own. */
export async function runReport(
	context: ApiContext,
	id: string,
	qs: IDataObject,
	filters: IDataObject[],
): Promise<IDataObject[]> {
	const path = `/api/reports/${segment(id)}/run`;
	const action = `run report ${id}`;
	if (filters.length === 0) return await readList(context, { path, action, qs });
	const { body } = await send(context, {
		method: 'POST',
		path,
		action,
		body: filters,
		reads: true,
	});
	const list = rowsOf(body);
	if (list) return list.rows;
	throw notTheApi(context, action);
}

export const exportReport = (context: ApiContext, id: string, type: string, qs: IDataObject) =>
	send(context, {
		method: 'GET',
		path: `/api/reports/${segment(id)}/export/data/${segment(type)}`,
		action: `export report ${id}`,
		qs,
		timeout: ACTION_TIMEOUT,
		answer: 'file',
	});
