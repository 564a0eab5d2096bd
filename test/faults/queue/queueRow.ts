import type { IDataObject } from 'n8n-workflow';

import type { Allowed } from '../../../scripts/faults/account';
import type { Cluster } from '../../../scripts/faults/cluster';
import { postgresDatabase } from '../../../scripts/faults/database';
import { openRowDesk, type RowDesk } from '../rowDesk';
import { row, type Measured } from '../rows';
import { CALLBACK_SECRET, seenSecrets, type SeenSecrets } from '../seenSecrets';

/** The ways a trigger signs its callbacks. */
export const KEYS = [
	{ words: '', credential: {} },
	{ words: ', with a Callback Secret', credential: { callbackSecret: CALLBACK_SECRET } },
];

export interface Running {
	(): Cluster;
	/** Of the rows that have ended. */
	seen: SeenSecrets[];
}

/**
 * A row of its own stand-in, in a cluster that is whole when it begins and takes all calls at the processor.
 * @param credential more of what the stand-in's credential holds
 */
export function queueRow(
	running: Running,
	name: string,
	allowed: Allowed,
	measure: (desk: RowDesk, cluster: Cluster) => Promise<Measured>,
	credential: IDataObject = {},
): void {
	row(`queue mode: ${name}`, allowed, async () => {
		const cluster = running();
		await cluster.repair();
		Object.assign(cluster.routes, { webhook: 'processor', waiting: 'processor' });
		const { url, rest, postgres } = cluster;
		const desk = await openRowDesk({ url, rest, database: postgresDatabase(postgres) }, credential);
		try {
			return await measure(desk, cluster);
		} finally {
			running.seen.push(seenSecrets(desk));
			await desk.close();
		}
	});
}
