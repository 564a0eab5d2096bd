import type { Cluster } from '../../../scripts/faults/cluster';
import type { Decisions } from '../decisions';
import { openGates } from '../gates';
import { mustCome } from '../patience';
import type { RowDesk } from '../rowDesk';
import type { Measured } from '../rows';
import { openWatching } from '../watching';
import { queueRow, type Running } from './queueRow';
import { recover } from './recovery';

const COUNT = 5;

/** Kills the processor when n8n has stored all runs and handed over none: Redis takes nothing meanwhile. */
async function killedBetween(
	cluster: Cluster,
	desk: RowDesk,
	decisions: Decisions,
	stored: string,
): Promise<Measured> {
	const { redis, processor, repair } = cluster;
	const acceptWrites = () => void redis.cli('CLIENT', 'UNPAUSE');
	desk.atTheEnd(async () => acceptWrites());
	redis.cli('CLIENT', 'PAUSE', '60000', 'WRITE');
	const deciding = decisions.decideAll(COUNT);
	const { workflowId } = decisions;
	await mustCome('all are stored', () => desk.statuses(workflowId)[stored] === COUNT, 20_000);
	await processor.kill();
	acceptWrites();
	await deciding;
	await repair();
	await desk.resend(decisions.taskIds);
	const answers = desk.answers(decisions.taskIds);
	const account = await decisions.account(10_000);
	const { notes, faults } = await recover(cluster, desk, decisions, account);
	return { account, faults, notes: { ...notes, answers } };
}

export function hanging(running: Running): void {
	queueRow(
		running,
		'waits, the processor is killed between storing and queueing',
		{ hanging: true },
		async (desk, cluster) =>
			await killedBetween(cluster, desk, await openGates(desk, COUNT), 'running'),
	);

	// not answered, so it is told again
	queueRow(
		running,
		'trigger, the processor is killed between storing and queueing',
		{},
		async (desk, cluster) => {
			const watching = await openWatching(desk, COUNT + 1);
			// n8n keeps in Redis which workflow a webhook belongs to: without that it would not get as far as storing
			await watching.decide(watching.taskIds[0]);
			return await killedBetween(cluster, desk, watching, 'new');
		},
	);
}
