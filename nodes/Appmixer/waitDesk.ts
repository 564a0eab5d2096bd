/** How a wait looks at tasks of Appmixer, and is woken by it. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Looked, WaitDesk } from '../shared/gate/desk';
import { readEach } from '../shared/gate/readEach';
import { isTask, type Sight } from '../shared/gate/sight';
import {
	countTasks,
	deleteWebhook,
	findAgain,
	findTask,
	listTasks,
	openApi,
	PAGE,
	registerWebhook,
	serviceUrl,
	type AppmixerApi,
} from './api';
import { warnOfCapitals } from './capitals';
import { taskIdField } from './fields';
import { idOf, toTask } from './task';

const wakeUpsField: INodeProperties = {
	displayName: 'Wake Up at Once',
	name: 'wakeUps',
	type: 'boolean',
	default: true,
	description:
		'Whether Appmixer calls n8n when a task is decided, so that the run looks at once. Where Appmixer cannot reach n8n, turn it off: the run looks again by the clock.',
};

/** A call makes the run look; what it says is not read. */
export const waitDesk: WaitDesk = {
	decides: true,
	fields: [taskIdField],
	options: [wakeUpsField],
	asked: (read) => ({ id: read.id(taskIdField) }),
	settings: (options) => ({ wakeUps: options.isOn(wakeUpsField) }),
	async look(context, asked, chosen) {
		const looked = await lookAt(await openApi(context), asked, chosen);
		if (chosen === undefined) warnOfApprovers(context, looked.sights);
		return looked;
	},
	wakeUps: {
		// the server saves a decision only after its call was answered
		settle: 2000,
		serviceUrl,
		async register(context, taskId, url) {
			return (await registerWebhook(await openApi(context), taskId, url)).id;
		},
		async remove(context, webhookId) {
			await deleteWebhook(await openApi(context), webhookId);
		},
	},
};

async function lookAt(
	api: AppmixerApi,
	asked: Array<{ id: string }>,
	chosen: string | undefined,
): Promise<Looked> {
	const ids = asked.map(({ id }) => id);
	const how = chosen ?? (await cheapest(api, ids.length));
	if (how === 'list') return { how, sights: await listed(api, ids) };
	const find = chosen ? findAgain : findTask;
	const read = async ({ id }: { id: string }) => {
		const task = await find(api, id);
		return task && toTask(task);
	};
	return { how, sights: await readEach(asked, read, 'missing') };
}

function warnOfApprovers(context: IExecuteFunctions, sights: Sight[]): void {
	const emails = sights.filter(isTask).map(({ assignee }) => assignee?.email ?? '');
	warnOfCapitals(
		context,
		emails.find((email) => email !== email.toLowerCase()),
	);
}

/** One request a task, or all pages of the login's tasks. */
async function cheapest(api: AppmixerApi, tasks: number): Promise<'list' | 'read'> {
	if (tasks === 1) return 'read';
	return Math.ceil((await countTasks(api, {})) / PAGE) + 1 < tasks ? 'list' : 'read';
}

async function listed(api: AppmixerApi, ids: string[]): Promise<Sight[]> {
	const found = new Map<string, Sight>();
	for await (const task of listTasks(api, {})) {
		if (ids.includes(idOf(task))) found.set(idOf(task), toTask(task));
	}
	return ids.map((id) => found.get(id) ?? 'missing');
}
