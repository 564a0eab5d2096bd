/** The webhook trigger, with nothing broken: several processes know it, and each reads what another has stored. */
import axios from 'axios';

import type { RowDesk } from '../rowDesk';
import { comesTo, forEach, mustCome, range, tally } from '../patience';
import { size } from '../size';
import { openWatching, type Watching } from '../watching';
import { queueRow, type Running } from './queueRow';

const post = async (url: string, body: unknown): Promise<number> => {
	const options = { proxy: false as const, validateStatus: () => true };
	return (await axios.post(url, body, options)).status;
};

/** Every task is reported decided ten times at once, past the stand-in, which sends again what is answered 503. */
async function tellTenTimes(desk: RowDesk, watching: Watching): Promise<number[]> {
	const { appmixer } = desk.sandbox;
	const answers: number[] = [];
	await forEach(watching.taskIds, 6, async (taskId, n) => {
		const { url } = appmixer.webhooks.find((hook) => hook.taskId === taskId)!;
		const task = appmixer.tasks.find((one) => one.taskId === taskId);
		const status = n % 2 === 0 ? 'approved' : 'rejected';
		watching.decided.set(taskId, status);
		const body = { ...task, status, decisionMade: new Date().toISOString() };
		const send = async () => {
			const status = await post(url, body);
			answers.push(status);
			return status !== 503;
		};
		await Promise.all(range(10).map(async () => await comesTo(send, 20_000)));
	});
	return answers;
}

/** Publishes while registering takes long; resolves when the first task is registered. */
async function slowlyPublished(desk: RowDesk, watching: Watching) {
	const slow = desk.sandbox.fault({ method: 'POST', path: /\/webhooks$/, delayMs: 400 });
	const publishing = watching.publish().finally(() => slow.remove());
	await mustCome('one task is registered', () => watching.watched().length > 0);
	return { publishing, first: watching.watched()[0] };
}

export function triggers(running: Running): void {
	queueRow(running, 'trigger, each told ten times at the processor', {}, async (desk) => {
		const watching = await openWatching(desk, size(30, 100));
		const answers = await tellTenTimes(desk, watching);
		return { account: await watching.account(), notes: { answers: tally(answers) } };
	});

	// two processes that are called at the same moment cannot know of each other
	queueRow(
		running,
		'trigger, each told ten times over both processes at once',
		{ twice: true },
		async (desk, { routes }) => {
			routes.webhook = 'alternate';
			const watching = await openWatching(desk, size(30, 100));
			const answers = await tellTenTimes(desk, watching);
			return { account: await watching.account(), notes: { answers: tally(answers) } };
		},
	);

	queueRow(running, 'trigger, decided while it is being published', {}, async (desk) => {
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
	});

	queueRow(running, "trigger, a stranger's call while it is being published", {}, async (desk) => {
		const watching = await openWatching(desk, 20, { publish: false });
		const { publishing } = await slowlyPublished(desk, watching);
		const stranger = await post(`${desk.url}${watching.path}`, {});
		await publishing;
		const taskIds = watching.taskIds.slice(0, 5);
		await forEach(taskIds, 5, async (id) => await watching.decide(id));
		await desk.resend(taskIds);
		return {
			account: await watching.account(),
			notes: { stranger, answers: desk.answers(taskIds) },
		};
	});

	queueRow(running, 'trigger, renamed and published again', {}, async (desk) => {
		const watching = await openWatching(desk, 6);
		const [first, ...others] = watching.taskIds;
		await watching.decide(first);
		await mustCome('the first is stored', () => desk.effects().length === 1);
		await renamed(desk, watching);
		await forEach(others.slice(0, 3), 3, async (id) => await watching.decide(id));
		await desk.resend(watching.taskIds);
		const account = await watching.account();
		return { account, notes: { answers: desk.answers(watching.taskIds) } };
	});

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

	queueRow(
		running,
		'trigger, told again ten minutes later elsewhere',
		{},
		async (desk, cluster) => {
			const watching = await openWatching(desk, 5);
			await watching.decideAll();
			await watching.account();
			const { appmixer } = desk.sandbox;
			for (const route of ['main', 'processor'] as const) {
				// as if its answer had been lost on the way
				for (const hook of appmixer.webhooks) hook.status = 'fail';
				cluster.routes.webhook = route;
				await desk.resend(watching.taskIds);
			}
			const account = await watching.account();
			return { account, notes: { answers: desk.answers(watching.taskIds) } };
		},
	);
}

async function renamed(desk: RowDesk, watching: Watching): Promise<void> {
	const [trigger, step] = watching.draft.nodes;
	const connections = { Renamed: watching.draft.connections.Trigger };
	const nodes = [{ ...trigger, name: 'Renamed' }, step];
	await desk.rest.updateWorkflow(watching.workflowId, { nodes, connections });
	await watching.publish();
}
