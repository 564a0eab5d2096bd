/** Waits that look again, in several processes: woken by real calls, told twice, refused while a look is under way, killed. */
import axios from 'axios';
import { sleep } from 'n8n-workflow';

import { faultsOf, type Account } from '../../../scripts/faults/account';
import { openAgain, publishAgain, type AgainGate } from '../againGates';
import type { Decisions } from '../decisions';
import { forEach, tally } from '../patience';
import type { RowDesk } from '../rowDesk';
import { openRandom } from '../size';
import { queueRow, type Running } from './queueRow';

/** People who vote on one wait, and the votes of all. */
const APPROVERS = 20;
const VOTES = 200;

const sum = (accounts: Account[]): Account => {
	const [first, ...others] = accounts;
	const total: Account = {
		...first,
		details: [...first.details],
		failedRuns: [...first.failedRuns],
	};
	for (const one of others) {
		for (const [word, value] of Object.entries(one)) {
			const key = word as keyof Account;
			(total[key] as unknown) =
				typeof value === 'number'
					? (total[key] as number) + value
					: [...(total[key] as string[]), ...(value as string[])];
		}
	}
	return total;
};

/**
 * A worker that dies in a look takes the run with it: n8n stores an error in place of all that the run knew, and Retry has
 * nothing to go on with. The tasks are there, and so are their answers: another run waits for them.
 * @returns what is wrong then
 */
async function waitAnew(desk: RowDesk, gate: Decisions): Promise<string[]> {
	const workflow = await publishAgain(desk, gate.taskIds);
	await workflow.begin();
	await desk.settled(workflow.id, 180_000);
	const after = await gate.account();
	return faultsOf(after);
}

/** Decides, and tells n8n once more than the service does. @returns what that second call was answered */
async function vote(gate: AgainGate, taskId: string): Promise<number> {
	await gate.decide(taskId);
	const told = { proxy: false, validateStatus: () => true } as const;
	const { status } = await axios.post(gate.urls.get(taskId)!, { taskId }, told);
	return status;
}

export function again(running: Running): void {
	queueRow(
		running,
		`waits that look again, ${VOTES} votes of ${APPROVERS} approvers, told twice, over both processes`,
		{},
		async (desk, { routes }) => {
			routes.waiting = 'alternate';
			const gates = await openAgain(desk, VOTES / APPROVERS, APPROVERS);
			const random = openRandom();
			const all = gates
				.flatMap((gate) => gate.taskIds.map((taskId) => ({ gate, taskId, order: random.next() })))
				.sort((one, other) => one.order - other.order);
			const answers: number[] = [];
			await forEach(all, 6, async ({ gate, taskId }) => {
				answers.push(await vote(gate, taskId));
				await sleep(random.between(0, 200));
			});
			const votedAt = Date.now();
			const accounts = [];
			for (const gate of gates) accounts.push(await gate.account(180_000));
			const delay = Math.round((Date.now() - votedAt) / 1000);
			const notes = { seed: random.seed, answers: tally(answers), worstDelaySeconds: delay };
			return { account: sum(accounts), notes };
		},
	);

	queueRow(
		running,
		`waits that look again, ${VOTES} votes of ${APPROVERS} approvers, told twice, while a worker and the processor are killed`,
		{ hanging: true, crashed: true },
		async (desk, cluster) => {
			cluster.routes.waiting = 'alternate';
			const gates = await openAgain(desk, VOTES / APPROVERS, APPROVERS);
			const random = openRandom();
			const voting = Promise.all(
				gates.map(async (gate) => {
					const order = gate.taskIds.map((taskId) => ({ taskId, place: random.next() }));
					for (const { taskId } of order.sort((one, other) => one.place - other.place)) {
						// what was decided stays so when n8n is away
						await vote(gate, taskId).catch(() => {});
						await sleep(random.between(100, 700));
					}
				}),
			);
			// not both workers: a run that two of them have died of n8n gives up, with all that it knew
			for (const process of [cluster.workers[0], cluster.processor]) {
				await sleep(random.between(500, 5000));
				await process.kill();
			}
			const restarted = await cluster.repair();
			await voting;
			const votedAt = Date.now();
			const found = [];
			const faults: string[] = [];
			let anew = 0;
			for (const gate of gates) {
				const account = await gate.account(180_000);
				found.push(account);
				if (faultsOf(account).length === 0) continue;
				anew += 1;
				faults.push(...(await waitAnew(desk, gate)));
			}
			const delay = Math.round((Date.now() - votedAt) / 1000);
			return {
				account: sum(found),
				faults,
				notes: { seed: random.seed, restarted, worstDelaySeconds: delay, anew },
			};
		},
	);
}
