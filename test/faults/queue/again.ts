/** Waits that look again, in several processes: many vote on each, are told twice, refused while a look is under way, killed. */
import axios from 'axios';
import { sleep } from 'n8n-workflow';

import type { Part } from '../../../scripts/faults/part';
import type { SeededRandom } from '../../../scripts/faults/seededRandom';
import { APPROVERS, openAgain, publishAgain, type AgainGate } from '../againGates';
import { comesTo, forEach, mustCome, tally } from '../patience';
import type { RowDesk } from '../rowDesk';
import { openRandom, shuffled } from '../size';
import { cast, countVotes, type Vote } from '../votes';
import { failuresOf } from '../watching';
import { queueRow, type Running } from './queueRow';

/** How many of the 20 approve each wait; 11 must. */
const APPROVALS = [11, 10, 20, 0, 12, 9, 11, 10, 14, 6];
/** Of the first so many, one vote short of either, the last vote comes when the others are over. */
const CLOSE = 2;
const VOTES = APPROVALS.length * APPROVERS;
/** What the README says, at worst: the next tick of n8n's clock, and what it does then. */
const WORST_SECONDS = 75;

type GateVote = Vote & { gate: AgainGate };

/** Votes in any order, each as long as it takes that `last` is the one that decides. */
function votesOn(gates: AgainGate[], random: SeededRandom) {
	const votes = gates.map((gate, place) =>
		shuffled(gate.taskIds, random).map((taskId, n): GateVote => ({
			...{ gate, taskId },
			decision: n < APPROVALS[place] ? 'approved' : 'rejected',
		})),
	);
	const last = votes.slice(0, CLOSE).map((all, place) => {
		const decisive = APPROVALS[place] >= all[0].gate.needed ? 'approved' : 'rejected';
		return all.find(({ decision }) => decision === decisive)!;
	});
	const first = votes.flat().filter((vote) => !last.includes(vote));
	return { first: shuffled(first, random), last };
}

/** A call that tells n8n at the same moment what the service tells it, and what it was answered. */
interface Told {
	gate: AgainGate;
	at: number;
	status: number;
}

async function voteTwice(
	desk: RowDesk,
	vote: GateVote,
	{ told, random }: { told: Told[]; random: SeededRandom },
): Promise<void> {
	const { gate, taskId } = vote;
	const at = desk.sandbox.clock.now();
	const options = { proxy: false, validateStatus: () => true } as const;
	const tell = async () => {
		// before or after the service's own, at the other process
		await sleep(random.between(0, 20));
		const { status } = await axios.post(gate.urls.get(taskId)!, { taskId }, options);
		told.push({ gate, at, status });
	};
	await Promise.all([cast(desk, vote), tell()]);
}

/** Of the second calls: those that came while the wait went on, and those that came later. */
function answersTo(desk: RowDesk, told: Told[]) {
	const effects = desk.effects();
	const isLate = ({ gate, at }: Told) =>
		effects.some((effect) => effect.subject === gate.taskIds[0] && effect.at < at);
	const answers = (late: boolean) =>
		tally(told.filter((one) => isLate(one) === late).map(({ status }) => status));
	return { waiting: answers(false), ended: answers(true) };
}

const FAILED = ['crashed', 'error', 'canceled'];

/** Waits until each of them has gone on, or has failed. */
async function areOver(desk: RowDesk, gates: AgainGate[]): Promise<void> {
	const isOver = ({ taskIds, runs }: AgainGate) =>
		desk.effects().some(({ subject }) => subject === taskIds[0]) ||
		runs().every(({ status }) => FAILED.includes(status));
	await comesTo(() => gates.every(isOver), (WORST_SECONDS + 15) * 1000);
}

/** @returns says how many runs a worker is at, by its log; where nothing but such waits runs, each is a look */
function looksAt(worker: Part): () => number {
	const before = worker.log().length;
	return () => {
		const said = worker.log().slice(before);
		const jobs = (word: string) =>
			new Set(said.match(new RegExp(`(?<=Worker ${word} execution .*)job \\d+`, 'g')));
		const finished = jobs('finished');
		return [...jobs('started')].filter((job) => !finished.has(job)).length;
	};
}

/**
 * A worker that dies in a look takes the run with it: n8n stores an error in place of all that the run knew, and Retry has
 * nothing to go on with. The tasks are there, and so are their answers: another run waits for them.
 */
async function waitAnew(desk: RowDesk, { taskIds }: AgainGate): Promise<void> {
	const workflow = await publishAgain(desk, taskIds);
	await workflow.begin();
	await desk.settled(workflow.id);
}

export function again(running: Running): void {
	queueRow(
		running,
		`waits that look again, ${VOTES} votes of ${APPROVERS} approvers, told twice, over both processes`,
		{},
		async (desk, { routes }) => {
			routes.waiting = 'alternate';
			const gates = await openAgain(desk, APPROVALS.length);
			const random = openRandom();
			const { first, last } = votesOn(gates, random);
			const told: Told[] = [];
			await forEach(first, 6, async (vote) => {
				await voteTwice(desk, vote, { told, random });
				await sleep(random.between(0, 600));
			});
			await areOver(desk, gates.slice(CLOSE));
			const early = countVotes(desk, gates);
			for (const vote of last) await voteTwice(desk, vote, { told, random });
			await areOver(desk, gates);
			for (const { workflowId } of gates) await desk.settled(workflowId);
			const { account, worstDelaySeconds, faults } = countVotes(desk, gates);
			const answers = answersTo(desk, told);
			return {
				account,
				faults: [
					...early.faults,
					...faults,
					...(worstDelaySeconds > WORST_SECONDS ? [`went on after ${worstDelaySeconds} s`] : []),
					...(answers.waiting[409] ? [] : ['nobody was told twice while a run looked']),
				],
				notes: { seed: random.seed, answers, worstDelaySeconds },
			};
		},
	);

	queueRow(
		running,
		'waits that look again, both workers are killed between two looks',
		{},
		async (desk, cluster) => {
			const gates = await openAgain(desk, 3);
			const { appmixer } = desk.sandbox;
			const looked = () =>
				desk.sandbox.requests.filter(({ path }) => path.endsWith('/tasks')).length;
			const before = looked();
			for (const { taskIds } of gates) await appmixer.approve(taskIds[0]);
			const statuses = () => tally(gates.flatMap(({ runs }) => runs().map(({ status }) => status)));
			const isParked = () =>
				looked() >= before + gates.length && statuses().waiting === gates.length;
			await mustCome('all have looked', isParked);
			await Promise.all(cluster.workers.map(async (worker) => await worker.kill()));
			await cluster.repair();
			const afterwards = statuses();
			for (const { taskIds, needed } of gates) {
				await forEach(taskIds.slice(1, needed), 4, async (id) => await appmixer.approve(id));
			}
			await areOver(desk, gates);
			const { account, faults, worstDelaySeconds } = countVotes(desk, gates);
			return { account, faults, notes: { afterwards, worstDelaySeconds } };
		},
	);

	queueRow(
		running,
		`waits that look again, ${VOTES} votes of ${APPROVERS} approvers, told twice, while the processor and a worker in a look are killed`,
		{ hanging: true, crashed: true },
		async (desk, cluster) => {
			cluster.routes.waiting = 'alternate';
			const { processor, workers } = cluster;
			const gates = await openAgain(desk, APPROVALS.length);
			const random = openRandom();
			const { first, last } = votesOn(gates, random);
			const told: Told[] = [];
			// what was decided stays so when n8n is away
			const vote = async (one: GateVote) =>
				await voteTwice(desk, one, { told, random }).catch(() => {});
			const voting = forEach(first, 6, async (one) => {
				await vote(one);
				await sleep(random.between(0, 600));
			});
			await sleep(random.between(500, 3000));
			await processor.kill();
			// not both workers: a run that two of them have died of n8n gives up, with all that it knew
			const [worker] = shuffled(workers, random);
			const slow = desk.sandbox.fault({ method: 'GET', path: /\/tasks$/, delayMs: 2000 });
			const looks = looksAt(worker);
			await mustCome('a worker looks', () => slow.hits > 0 && looks() > 0, 120_000);
			await worker.kill();
			const killedLooks = looks();
			slow.remove();
			const restarted = await cluster.repair();
			await voting;
			for (const one of last) await vote(one);
			await areOver(desk, gates);
			const { account, worstDelaySeconds, faults } = countVotes(desk, gates);
			const failures = tally(
				gates.flatMap(({ workflowId }) => Object.keys(failuresOf(desk, workflowId))),
			);
			const missing = gates.filter(({ taskIds }) => account.withoutEffect.includes(taskIds[0]));
			await forEach(missing, 4, async (gate) => await waitAnew(desk, gate));
			const after = countVotes(desk, gates);
			return {
				account,
				faults: [
					...faults,
					...after.faults,
					...(killedLooks > 0 ? [] : ['the worker was killed in no look']),
					...after.account.details,
				],
				notes: {
					...{ seed: random.seed, restarted, answers: answersTo(desk, told) },
					...{ worstDelaySeconds, failures, killedLooks, anew: missing.length },
				},
			};
		},
	);
}
