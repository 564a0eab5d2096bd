/** How a wait looks at tasks of Mambu, which are done or not, and approve nothing. */
import type { INodeProperties } from 'n8n-workflow';

import type { WaitDesk } from '../shared/gate/desk';
import { editedParts, questionOf } from '../shared/gate/edited';
import { passesIn, readEach } from '../shared/gate/readEach';
import { isTask, type Sight } from '../shared/gate/sight';
import type { Asked } from '../shared/gate/waitState';
import { take } from '../shared/http/paging';
import type { Task } from '../shared/task';
import { listTasks, openApi, PAGE, readTask, type MambuApi } from './api';
import { taskIdField } from './fields';
import { listByStatus } from './listByStatus';
import { idOf, numberOf, toTask, type MambuTask } from './task';
import { withCompletions, whoCompleted } from './whoCompleted';

/** From so many tasks on, a page of open ones costs less than asking for each. */
const MANY = 10;

const whoCompletedField: INodeProperties = {
	displayName: 'Who Completed It',
	name: 'whoCompleted',
	type: 'boolean',
	default: false,
	description:
		'Whether to read from the activity feed who completed a task and when. It is part of API V1, can be limited to days only, and needs the right to read it.',
};

export const waitDesk: WaitDesk = {
	decides: false,
	fields: [taskIdField],
	options: [whoCompletedField],
	asked: (read) => ({ id: read.id(taskIdField) }),
	settings: (options) => ({ whoCompleted: options.isOn(whoCompletedField) }),
	async look(context, asked, chosen, settings) {
		const api = await openApi(context);
		const looked = await lookAt(api, asked, chosen, context.getTimezone());
		if (settings.whoCompleted !== true) return looked;
		return { ...looked, sights: await withCompletions(context, looked.sights) };
	},
	async answeredBy(context, task, settings) {
		return settings.whoCompleted === true ? await whoCompleted(context, task) : null;
	},
};

/** Version 1 has lists only. In version 2 each task is read; of many, a page of open tasks tells which are still open. */
async function lookAt(
	api: MambuApi,
	asked: Asked[],
	chosen: string | undefined,
	timezone: string,
): Promise<{ how: string; sights: Sight[] }> {
	if (api.version === 'v1') return { how: 'lists', sights: await listed(api, asked, timezone) };
	const read = async (some: Asked[]) =>
		await readEach(
			some,
			async (one) => {
				const task = await readTask(api, one.id);
				return task && sameTask(one, toTask(task));
			},
			'gone',
			passesIn(chosen),
		);
	if (chosen === 'page') {
		const page = await openPage(api);
		const open = asked.map((one) => sameTask(one, page.get(one.id)));
		const others = asked.filter((_, place) => open[place] === null);
		const sights = await read(others);
		const found = new Map(others.map(({ id }, place) => [id, sights[place]]));
		return { how: 'page', sights: asked.map(({ id }, place) => open[place] ?? found.get(id)!) };
	}
	const sights = await read(asked);
	const isWorth = chosen === undefined && asked.length >= MANY;
	const how = isWorth && (await isPageGood(api, asked, sights)) ? 'page' : 'each';
	return { how, sights };
}

/** What another task's number is now, after the one that was waited for was removed, is not that one. */
const sameTask = ({ knownAs }: Asked, found: Task | undefined): Task | null =>
	found && (knownAs ?? found.id) === found.id ? found : null;

/** Whether most of the tasks are on a page of open ones, with the same texts as when they are read one by one (L9). */
async function isPageGood(api: MambuApi, asked: Asked[], sights: Sight[]): Promise<boolean> {
	const open = await openPage(api);
	let listedToo = 0;
	for (const [place, { id }] of asked.entries()) {
		const [one, other] = [sights[place], open.get(id)];
		if (!isTask(one) || !other) continue;
		if (editedParts(questionOf(one), questionOf(other)).length > 0) return false;
		listedToo += 1;
	}
	return listedToo > asked.length / 2;
}

/** A page of open tasks by key and by number: no more than one, and not all there are. */
async function openPage(api: MambuApi): Promise<Map<string, Task>> {
	return byName(await take(listTasks(api, {}, 'OPEN'), PAGE));
}

const byName = (tasks: MambuTask[]) =>
	new Map(tasks.flatMap((raw) => [idOf(raw), numberOf(raw)].map((name) => [name, toTask(raw)])));

/** All lists until all are found: one that is missing was in none. */
async function listed(api: MambuApi, asked: Asked[], timezone: string): Promise<Sight[]> {
	const found = new Map<string, Task>();
	const wanted = new Set(asked.map(({ id }) => id));
	for await (const raw of listByStatus(api, { filter: {} }, 'ALL', timezone)) {
		for (const name of [idOf(raw), numberOf(raw)])
			if (wanted.has(name)) found.set(name, toTask(raw));
		if (found.size === wanted.size) break;
	}
	return asked.map((one) => sameTask(one, found.get(one.id)) ?? 'missing');
}
