/** The webhook trigger, while processes and databases are killed. */
import type { Cluster } from '../../../scripts/faults/cluster';
import { atMost, comesTo } from '../patience';
import type { RowDesk } from '../rowDesk';
import type { Measured } from '../rows';
import { size } from '../size';
import { openWatching, type Watching } from '../watching';
import { queueRow, type Running } from './queueRow';
import { recover } from './recovery';

/** Decides all at once; `breakIt` is called when so many have been taken. */
async function decidedMeanwhile(
	desk: RowDesk,
	cluster: Cluster,
	watching: Watching,
	taken: number,
	breakIt: () => Promise<void>,
): Promise<Measured> {
	const { taskIds } = watching;
	const deciding = watching.decideAll(taskIds.length);
	await comesTo(() => watching.taken() >= taken, 20_000);
	await breakIt();
	await atMost(10_000, deciding);
	const answers = desk.answers(taskIds);
	const restarted = await cluster.repair();
	await atMost(15_000, deciding);
	await atMost(60_000, desk.resend(taskIds));
	const account = await watching.account();
	const { notes, faults } = await recover(cluster, desk, watching, account);
	return { account, faults, notes: { ...notes, answers, restarted } };
}

export function triggerKills(running: Running): void {
	// stored but not yet answered: it is told again, with the same event.id
	const allowed = { twice: true, hanging: true } as const;

	queueRow(
		running,
		'trigger, the processor is killed in the burst',
		allowed,
		async (desk, cluster) => {
			const watching = await openWatching(desk, size(40, 200));
			const { kill } = cluster.processor;
			return await decidedMeanwhile(desk, cluster, watching, 5, kill);
		},
	);

	queueRow(
		running,
		'trigger, the processor is ended in the burst',
		allowed,
		async (desk, cluster) => {
			const watching = await openWatching(desk, size(40, 200));
			const { end } = cluster.processor;
			return await decidedMeanwhile(desk, cluster, watching, 5, end);
		},
	);

	// the workers' runs cannot be stored either
	queueRow(
		running,
		'trigger, PostgreSQL is killed in the burst',
		{ ...allowed, crashed: true },
		async (desk, cluster) => {
			const watching = await openWatching(desk, size(20, 60));
			const { kill } = cluster.postgres;
			return await decidedMeanwhile(desk, cluster, watching, 1, kill);
		},
	);

	queueRow(
		running,
		'trigger, Redis is dead when they are decided',
		{ crashed: true, hanging: true },
		async (desk, cluster) => {
			const watching = await openWatching(desk, size(10, 40));
			await cluster.redis.kill();
			return await decidedMeanwhile(desk, cluster, watching, 0, async () => {});
		},
	);
}
