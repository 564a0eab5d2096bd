/** The webhook trigger, called and changed while it is being published, and after. */
import type { IDataObject } from 'n8n-workflow';

import type { RowDesk } from '../rowDesk';
import { comesTo, forEach, mustCome, range } from '../patience';
import { openWatching, type Watching } from '../watching';
import { KEYS, queueRow, type Running } from './queueRow';
import { post } from './triggers';

/** Publishes while registering takes long; resolves when the first task is registered. */
async function slowlyPublished(desk: RowDesk, watching: Watching) {
	const slow = desk.sandbox.fault({ method: 'POST', path: /\/webhooks$/, delayMs: 400 });
	const publishing = watching.publish().finally(() => slow.remove());
	await mustCome('one task is registered', () => watching.watched().length > 0);
	return { publishing, first: watching.watched()[0] };
}

async function renamed(desk: RowDesk, watching: Watching): Promise<void> {
	const [trigger, step] = watching.draft.nodes;
	const connections = { Renamed: watching.draft.connections.Trigger };
	const nodes = [{ ...trigger, name: 'Renamed' }, step];
	await desk.rest.updateWorkflow(watching.workflowId, { nodes, connections });
	await watching.publish();
}

/** @param words at the end of the rows' names */
function whilePublishing(running: Running, words: string, credential: IDataObject): void {
	queueRow(
		running,
		`trigger, decided while it is being published${words}`,
		{},
		async (desk) => {
			const watching = await openWatching(desk, 20, { publish: false });
			const { publishing, first } = await slowlyPublished(desk, watching);
			await watching.decide(first, 'approved');
			await publishing;
			const early = desk.answers([first]);
			const later = watching.taskIds.filter((id) => id !== first).slice(0, 10);
			await forEach(later, 5, async (id) => await watching.decide(id));
			await desk.resend(watching.taskIds);
			const account = await watching.account();
			return { account, notes: { early, answers: desk.answers(later) } };
		},
		credential,
	);

	queueRow(
		running,
		`trigger, a stranger's call while it is being published${words}`,
		{},
		async (desk) => {
			const watching = await openWatching(desk, 20, { publish: false });
			const { publishing } = await slowlyPublished(desk, watching);
			const stranger = await post(`${desk.url}${watching.path}`, {});
			await publishing;
			const taskIds = watching.taskIds.slice(0, 5);
			await forEach(taskIds, 5, async (id) => await watching.decide(id));
			await desk.resend(taskIds);
			return {
				account: await watching.account(),
				faults: stranger === 503 ? [] : [`the stranger was answered ${stranger}`],
				notes: { stranger, answers: desk.answers(taskIds) },
			};
		},
		credential,
	);

	queueRow(
		running,
		`trigger, renamed and published again${words}`,
		{},
		async (desk) => {
			const watching = await openWatching(desk, 6);
			const [first, ...others] = watching.taskIds;
			await watching.decide(first);
			await mustCome('the first is stored', () => desk.effects().length === 1);
			await renamed(desk, watching);
			await forEach(others.slice(0, 3), 3, async (id) => await watching.decide(id));
			await desk.resend(watching.taskIds);
			const account = await watching.account();
			return { account, notes: { answers: desk.answers(watching.taskIds) } };
		},
		credential,
	);
}

export function triggerPublishing(running: Running): void {
	for (const { words, credential } of KEYS) whilePublishing(running, words, credential);

	queueRow(running, 'trigger, published again with more tasks', {}, async (desk, cluster) => {
		const watching = await openWatching(desk, 3);
		const { appmixer } = desk.sandbox;
		const [first] = watching.taskIds;
		await watching.decide(first);
		await mustCome('the first is stored', () => desk.effects().length === 1);
		const young = range(3).map((n) => appmixer.createTask({ title: `young ${n}` }).taskId);
		watching.taskIds.push(...young);
		const [trigger, step] = watching.draft.nodes;
		const parameters = { ...trigger.parameters, events: ['approved', 'rejected', 'due'] };
		const nodes = [{ ...trigger, parameters }, step];
		await desk.rest.updateWorkflow(watching.workflowId, { nodes });
		await watching.publish();
		// the processor writes down what it knows
		await watching.decide(young[0]);
		await watching.account();
		await cluster.main.kill();
		await cluster.repair();
		await watching.unpublish();
		// what is left at the service nobody can list
		await comesTo(() => watching.watched().length === 0, 10_000);
		const faults = watching.watched().map((id) => `still registered after unpublishing: ${id}`);
		return { account: await watching.account(), faults, notes: { stillRegistered: faults.length } };
	});
}
