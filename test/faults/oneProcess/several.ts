/** Calls of several approvers are answered 503 before anybody has looked: what n8n forgets then, the service tells again. */
import { sleep } from 'n8n-workflow';

import { openSeveral } from '../severalGates';
import { cast, countVotes } from '../votes';
import { oneRow, type Running } from './oneRow';

/** Milliseconds after a call until it looks. */
const LOOKS_AFTER = 2000;

export function several(running: Running): void {
	oneRow(
		running,
		'waits for several approvers, killed between the 503 and the look',
		{},
		async (desk, n8n) => {
			const gates = await openSeveral(desk);
			for (const { votes, decisive } of gates) {
				for (const vote of votes.slice(0, decisive)) await cast(desk, vote);
			}
			// these have looked, twice where two have called, and found too few
			await sleep(2 * LOOKS_AFTER + 1500);
			const last = gates.map(({ votes, decisive }) => votes[decisive]);
			// a look that begins all the same, on a slow machine, sees nothing
			const held = desk.sandbox.fault({ method: 'GET', path: /\/tasks$/, delayMs: 60_000 });
			const began = Date.now();
			await Promise.all(last.map(async (vote) => await cast(desk, vote)));
			const killedAfter = Date.now() - began;
			await n8n.kill();
			held.remove();
			const taskIds = gates.flatMap((gate) => gate.taskIds);
			const answers = desk.answers(last.map(({ taskId }) => taskId));
			await n8n.restart();
			const early = desk.effects().length;
			await desk.resend(taskIds);
			await desk.settled(gates[0].workflowId);
			const { account, faults } = countVotes(desk, gates);
			return {
				account,
				faults: [
					...faults,
					...(early === 0 ? [] : ['n8n was killed too late']),
					...(answers[503] === last.length ? [] : ['not each was answered 503']),
				],
				notes: {
					answers,
					killedAfter,
					looksBegun: held.hits,
					answersInTheEnd: desk.answers(taskIds),
				},
			};
		},
	);
}
