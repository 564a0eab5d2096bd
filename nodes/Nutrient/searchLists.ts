import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { listMyRequests, listMyTasks } from './api';
import { searchProcessList } from './calls/processes';
import { searchReportList } from './calls/reports';
import { listUsers, userIdOf } from './calls/users';
import { textField } from './readWire';
import { requestIdOf, taskIdOf, toRequest, toTask } from './task';

const SHOWN = 100;
const searchOf = (filter?: string): IDataObject => (filter ? { search: filter } : {});

/** The first hundred that match, also where the service does not search. */
function shown(
	rows: IDataObject[],
	filter: string | undefined,
	entry: (row: IDataObject) => { name: string; value: string },
): INodeListSearchResult {
	const wanted = filter?.toLowerCase() ?? '';
	const entries = rows.map(entry).filter(({ value }) => value !== '');
	return {
		results: entries.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, SHOWN),
	};
}

const named = (row: IDataObject) => {
	const value = textField(row, 'sid', 'guid', 'processsid', 'reportsid') ?? '';
	return { name: textField(row, 'name', 'title') ?? value, value };
};

export async function searchProcesses(this: ILoadOptionsFunctions, filter?: string) {
	return shown(await searchProcessList(this, searchOf(filter), Infinity), filter, named);
}

export async function searchReports(this: ILoadOptionsFunctions, filter?: string) {
	return shown(await searchReportList(this, searchOf(filter), Infinity), filter, named);
}

/** The newest requests that the login started. */
export async function searchRequests(this: ILoadOptionsFunctions, filter?: string) {
	const query = filter ? { instance_name: filter } : {};
	const rows = await listMyRequests(this, query, SHOWN);
	return shown(rows, filter, (row) => {
		const { title, status } = toRequest(row);
		const number = textField(row, 'id');
		return {
			name: `${title ?? requestIdOf(row)} (${[number, status].filter(Boolean).join(', ')})`,
			value: requestIdOf(row),
		};
	});
}

/** The tasks that the login has to do. */
export async function searchTasks(this: ILoadOptionsFunctions, filter?: string) {
	const rows = await listMyTasks(this, searchOf(filter), SHOWN);
	return shown(rows, undefined, (row) => {
		const { title, description } = toTask(row);
		const name = [title ?? taskIdOf(row), description].filter(Boolean).join(': ');
		return { name, value: taskIdOf(row) };
	});
}

export async function searchUsers(this: ILoadOptionsFunctions, filter?: string) {
	const rows = await listUsers(this, searchOf(filter), SHOWN);
	return shown(rows, undefined, (row) => {
		const value = userIdOf(row);
		const names = [
			textField(row, 'firstname', 'namefirst'),
			textField(row, 'lastname', 'namelast'),
		].filter(Boolean);
		const login = textField(row, 'username', 'email') ?? value;
		return { name: names.length > 0 ? `${names.join(' ')} (${login})` : login, value };
	});
}
