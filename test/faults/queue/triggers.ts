/** The webhook trigger, with nothing broken: several processes know it, and each reads what another has stored. */
import axios from 'axios';

import type { RowDesk } from '../rowDesk';
import { comesTo, forEach, range, tally } from '../patience';
import { size } from '../size';
import { openWatching, type Watching } from '../watching';
import { KEYS, queueRow, type Running } from './queueRow';

export const post = async (url: string, body: unknown): Promise<number> => {
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

	for (const { words, credential } of KEYS) {
		queueRow(
			running,
			`trigger, told again ten minutes later elsewhere${words}`,
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
				const answers = desk.answers(watching.taskIds);
				const faults = answers[200] === 15 ? [] : ['not each was told at each process'];
				return { account, faults, notes: { answers } };
			},
			credential,
		);
	}
}
