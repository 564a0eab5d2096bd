/** Requests to several approvers, in several processes: each call is answered 503, and one of those that look goes on. */
import { sleep } from 'n8n-workflow';

import { comesTo, forEach, tally } from '../patience';
import { openSeveral } from '../severalGates';
import { openRandom, shuffled } from '../size';
import { cast, countVotes } from '../votes';
import { queueRow, type Running } from './queueRow';
import { post } from './triggers';

/** Two seconds until a call has looked, and what n8n does then. */
const WORST_SECONDS = 20;

export function several(running: Running): void {
	queueRow(
		running,
		'waits for several approvers, two of three, each vote told thrice over both processes',
		{},
		async (desk, { routes }) => {
			routes.waiting = 'alternate';
			const questions = await openSeveral(desk);
			const random = openRandom();
			const answers: number[] = [];
			const votes = shuffled(
				questions.flatMap((question) => question.votes),
				random,
			);
			await forEach(votes, 3, async (vote) => {
				const { appmixer } = desk.sandbox;
				const { url } = appmixer.webhooks.find(({ taskId }) => taskId === vote.taskId)!;
				const task = appmixer.tasks.find(({ taskId }) => taskId === vote.taskId);
				const tell = async () => {
					await sleep(random.between(0, 500));
					answers.push(await post(url, { ...task, status: vote.decision }));
				};
				await Promise.all([cast(desk, vote), tell(), tell()]);
				await sleep(random.between(0, 2000));
			});
			const isOver = () => desk.effects().length >= questions.length;
			await comesTo(isOver, (WORST_SECONDS + 5) * 1000);
			const { account: before, worstDelaySeconds } = countVotes(desk, questions);
			// the service's memory: what nobody has seen by now, and what was answered 503 when the run went on
			await desk.resend(questions.flatMap(({ taskIds }) => taskIds));
			await desk.settled(questions[0].workflowId);
			const { account, faults } = countVotes(desk, questions);
			const late = worstDelaySeconds > WORST_SECONDS;
			return {
				account,
				faults: [
					...faults,
					...(late ? [`went on after ${worstDelaySeconds} s`] : []),
					...(answers.includes(503) ? [] : ['nobody was told twice while a run waited']),
				],
				notes: {
					...{ seed: random.seed, answers: tally(answers), worstDelaySeconds },
					healedInTenMinutes: before.withoutEffect.length,
				},
			};
		},
	);
}
