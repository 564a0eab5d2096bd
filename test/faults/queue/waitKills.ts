/** A wait, while processes and databases are killed. */
import type { Account } from '../../../scripts/faults/account';
import { retryFromList } from '../decisions';
import { openGates } from '../gates';
import { atMost, comesTo, mustCome } from '../patience';
import { size } from '../size';
import { queueRow, type Running } from './queueRow';

/** Long enough for what goes on after a kill to show. */
const A_WHILE = 5_000;

export function waitKills(running: Running): void {
	queueRow(running, 'waits, main is dead when they are decided', {}, async (desk, cluster) => {
		const gates = await openGates(desk, size(10, 40));
		await cluster.main.kill();
		await gates.decideAll();
		await desk.settled(gates.workflowId);
		const whileDown = desk.statuses(gates.workflowId);
		await cluster.repair();
		return { account: await gates.account(), notes: { whileDown } };
	});

	queueRow(running, 'waits, Redis is dead when they are decided', {}, async (desk, cluster) => {
		const gates = await openGates(desk, size(10, 40));
		await cluster.redis.kill();
		const deciding = gates.decideAll(100);
		await atMost(A_WHILE, deciding);
		const answers = desk.answers(gates.taskIds);
		await cluster.redis.start();
		const restarted = await cluster.repair();
		await atMost(15_000, deciding);
		await atMost(60_000, desk.resend(gates.taskIds));
		return { account: await gates.account(), notes: { answers, restarted } };
	});

	queueRow(running, 'waits, PostgreSQL is killed in the burst', {}, async (desk, cluster) => {
		const gates = await openGates(desk, size(20, 60));
		const deciding = gates.decideAll(100);
		await comesTo(() => gates.taken() > 0, 5_000);
		await cluster.postgres.kill();
		await atMost(15_000, deciding);
		const answers = desk.answers(gates.taskIds);
		const restarted = await cluster.repair();
		await atMost(60_000, desk.resend(gates.taskIds));
		return { account: await gates.account(), notes: { answers, restarted } };
	});

	// n8n writes "running" before it queues the run: killed in between, nobody runs it
	queueRow(
		running,
		'waits, the processor is killed in the burst',
		{ hanging: true },
		async (desk, cluster) => {
			const gates = await openGates(desk, size(40, 200));
			const deciding = gates.decideAll(200);
			await comesTo(() => gates.taken() >= 5, 20_000);
			await cluster.processor.kill();
			await atMost(15_000, deciding);
			await cluster.repair();
			await desk.resend(gates.taskIds);
			return { account: await gates.account(), notes: desk.answers(gates.taskIds) };
		},
	);

	queueRow(
		running,
		'waits, both workers are killed in the step after the gate',
		{ crashed: true },
		async (desk, cluster) => {
			const path = /^\/effect\/approved\//;
			const gates = await openGates(desk, 4);
			const stuck = desk.sandbox.fault({ path, hang: true });
			await Promise.all(gates.taskIds.map(async (id) => await gates.decide(id, 'approved')));
			await mustCome('the steps have begun', () => stuck.hits === 4);
			await Promise.all(cluster.workers.map(async (worker) => await worker.kill()));
			stuck.remove();
			// what was begun and never answered took no effect
			desk.sandbox.requests.clear();
			await cluster.repair();
			await desk.settled(gates.workflowId);
			await desk.resend(gates.taskIds);
			const before: Account = await gates.account();
			const { recovered, after } = await retryFromList(desk, before, gates);
			return { account: before, notes: { recovered, afterRetry: after.details } };
		},
	);
}
