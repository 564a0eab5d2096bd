/** A wait, while processes and databases are killed. */
import { openGates } from '../gates';
import { atMost, comesTo } from '../patience';
import { size } from '../size';
import { queueRow, type Running } from './queueRow';
import { recover } from './recovery';

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

	queueRow(
		running,
		'waits, both workers are killed before they are decided',
		{},
		async (desk, cluster) => {
			const gates = await openGates(desk, size(10, 40));
			await Promise.all(cluster.workers.map(async (worker) => await worker.kill()));
			await cluster.repair();
			const afterwards = desk.statuses(gates.workflowId);
			await gates.decideAll();
			return { account: await gates.account(), notes: { afterwards } };
		},
	);

	// n8n writes "running" before it queues the run, and its workers load the run before they do it: what is killed then
	// leaves a run that nobody does
	const allowed = { hanging: true, crashed: true } as const;

	queueRow(
		running,
		'waits, Redis is dead when they are decided',
		allowed,
		async (desk, cluster) => {
			const gates = await openGates(desk, size(10, 40));
			await cluster.redis.kill();
			const deciding = gates.decideAll(100);
			await atMost(A_WHILE, deciding);
			const answers = desk.answers(gates.taskIds);
			await cluster.redis.start();
			const restarted = await cluster.repair();
			await atMost(15_000, deciding);
			await atMost(60_000, desk.resend(gates.taskIds));
			const account = await gates.account();
			const { notes, faults } = await recover(cluster, desk, gates, account);
			return { account, faults, notes: { ...notes, answers, restarted } };
		},
	);

	queueRow(running, 'waits, PostgreSQL is killed in the burst', allowed, async (desk, cluster) => {
		const gates = await openGates(desk, size(20, 60));
		const deciding = gates.decideAll(100);
		await comesTo(() => gates.taken() > 0, 5_000);
		await cluster.postgres.kill();
		await atMost(15_000, deciding);
		const answers = desk.answers(gates.taskIds);
		const restarted = await cluster.repair();
		await atMost(60_000, desk.resend(gates.taskIds));
		const account = await gates.account();
		const { notes, faults } = await recover(cluster, desk, gates, account);
		return { account, faults, notes: { ...notes, answers, restarted } };
	});

	queueRow(
		running,
		'waits, the processor is killed in the burst',
		allowed,
		async (desk, cluster) => {
			const gates = await openGates(desk, size(40, 200));
			const deciding = gates.decideAll(200);
			await comesTo(() => gates.taken() >= 5, 20_000);
			await cluster.processor.kill();
			await atMost(15_000, deciding);
			await cluster.repair();
			await desk.resend(gates.taskIds);
			const account = await gates.account();
			const { notes, faults } = await recover(cluster, desk, gates, account);
			return { account, faults, notes: { ...notes, answers: desk.answers(gates.taskIds) } };
		},
	);
}
