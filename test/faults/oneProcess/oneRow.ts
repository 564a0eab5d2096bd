import type { Allowed } from '../../../scripts/faults/account';
import { sqliteDatabase } from '../../../scripts/faults/database';
import type { InstalledN8n } from '../../../scripts/n8n/install';
import type { N8nInstance } from '../../../scripts/n8n/start';
import type { Decisions } from '../decisions';
import { retryFromList } from '../decisions';
import { atMost, comesTo } from '../patience';
import { openRowDesk, type RowDesk } from '../rowDesk';
import { row, type Measured } from '../rows';
import { openRandom } from '../size';

export interface OneProcess {
	installed: InstalledN8n;
	instance: N8nInstance;
}

export type Running = () => OneProcess;

/** A row of its own stand-in, at an n8n of one process on SQLite. */
export function oneRow(
	running: Running,
	name: string,
	allowed: Allowed,
	measure: (desk: RowDesk, n8n: N8nInstance) => Promise<Measured>,
): void {
	row(`one process: ${name}`, allowed, async () => {
		const { installed, instance } = running();
		const { url, rest, userFolder } = instance;
		const database = sqliteDatabase(installed.nodeBin, userFolder);
		const desk = await openRowDesk({ url, rest, database });
		try {
			return await measure(desk, instance);
		} finally {
			await desk.close();
		}
	});
}

/** Decides all at once; kills n8n so many times, each when some more have been taken, and starts it again. */
export async function killedInTheBurst(
	desk: RowDesk,
	n8n: N8nInstance,
	decisions: Decisions,
	kills: number,
): Promise<Measured> {
	const random = openRandom();
	const { taskIds } = decisions;
	let going = decisions.decideAll(50);
	for (let kill = 0; kill < kills; kill++) {
		const some = decisions.taken() + random.between(5, Math.ceil(taskIds.length / 5));
		const wanted = Math.min(some, taskIds.length);
		await comesTo(() => decisions.taken() >= wanted, 30_000);
		await n8n.kill();
		await atMost(30_000, going);
		await n8n.restart();
		going = desk.resend(taskIds, 1);
	}
	await atMost(60_000, going);
	await desk.resend(taskIds, 10);
	const account = await decisions.account(60_000);
	const { recovered, after, faults } = await retryFromList(desk, account, decisions);
	const notes = { seed: random.seed, kills, recovered, answers: desk.answers(taskIds) };
	return { account, notes, faults: [...faults, ...after.details.slice(0, faults.length * 5)] };
}
