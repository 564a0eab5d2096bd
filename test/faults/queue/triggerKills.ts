/** The webhook trigger, while processes and databases are killed. */
import type { Cluster } from '../../../scripts/faults/cluster';
import { atMost, comesTo } from '../patience';
import type { RowDesk } from '../rowDesk';
import type { Measured } from '../rows';
import { size } from '../size';
import { openWatching } from '../watching';
import { queueRow, type Running } from './queueRow';

/** Long enough for what goes on after a kill to show. */
const A_WHILE = 5_000;

/** Decides all at once, and breaks something when some have been taken. */
async function inTheBurst(
	desk: RowDesk,
	cluster: Cluster,
	count: number,
	taken: number,
	breakIt: () => Promise<void>,
): Promise<Measured> {
	const watching = await openWatching(desk, count);
	const deciding = watching.decideAll(count);
	await comesTo(() => watching.taken() >= taken, 20_000);
	await breakIt();
	await atMost(15_000, deciding);
	const answers = desk.answers(watching.taskIds);
	const restarted = await cluster.repair();
	await atMost(60_000, desk.resend(watching.taskIds));
	return { account: await watching.account(), notes: { answers, restarted } };
}

export function triggerKills(running: Running): void {
	// stored but not yet answered: it is told again, with the same event.id
	queueRow(
		running,
		'trigger, the processor is killed in the burst',
		{ twice: true, hanging: true },
		async (desk, cluster) =>
			await inTheBurst(desk, cluster, size(40, 200), 5, async () => await cluster.processor.kill()),
	);

	queueRow(
		running,
		'trigger, the processor is ended in the burst',
		{ twice: true },
		async (desk, cluster) =>
			await inTheBurst(desk, cluster, size(40, 200), 5, async () => await cluster.processor.end()),
	);

	queueRow(
		running,
		'trigger, PostgreSQL is killed in the burst',
		{ twice: true, crashed: true },
		async (desk, cluster) =>
			await inTheBurst(desk, cluster, size(20, 60), 1, async () => await cluster.postgres.kill()),
	);

	queueRow(
		running,
		'trigger, Redis is dead when they are decided',
		{ twice: true, crashed: true },
		async (desk, cluster) => {
			const watching = await openWatching(desk, size(10, 40));
			await cluster.redis.kill();
			const deciding = watching.decideAll(100);
			await atMost(A_WHILE, deciding);
			const answers = desk.answers(watching.taskIds);
			await cluster.redis.start();
			const restarted = await cluster.repair();
			await atMost(15_000, deciding);
			await atMost(60_000, desk.resend(watching.taskIds));
			return { account: await watching.account(), notes: { answers, restarted } };
		},
	);
}
