/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
/** Main polls, and only main. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { sleep } from 'n8n-workflow';

import type { Account } from '../../../scripts/faults/account';
import type { Cluster } from '../../../scripts/faults/cluster';
import { comesTo, mustCome } from '../patience';
import { POLLED } from '../polledVendors';
import { BETWEEN_POLLS, playPolling, publishPolling, lostByN8n, type Polled } from '../polling';
import type { RowDesk } from '../rowDesk';
import type { Measured } from '../rows';
import { size } from '../size';
import { queueRow, type Running } from './queueRow';

const HOLD = `
create function held() returns trigger language plpgsql as 'begin perform pg_sleep(60); return new; end';
create trigger held before insert on execution_entity for each row execute function held()`;
const HELD = "select count(*) from pg_stat_activity where wait_event = 'PgSleep'";
const RELEASE = `
select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and wait_event = 'PgSleep';
drop trigger if exists held on execution_entity;
drop function if exists held`;

/** With all of these n8n stores what a trigger remembers together with the run. */
const DURABLE = {
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
};

/** What main has written. */
const logOf = (folder: string) => readFileSync(join(folder, 'main.log'), 'utf8');

export function polling(running: Running): void {
	let played: Promise<Map<string, Measured>> | undefined;
	for (const { name } of POLLED) {
		queueRow(
			running,
			`polling trigger of ${name}, main is killed at random moments`,
			{ crashed: true, twice: true, lost: true },
			async (desk, { main, repair, folder }) => {
				const killing = { kill: main.kill, restart: repair, logs: () => logOf(folder) };
				played ??= playPolling(desk, killing, POLLED, size(2, 20));
				return (await played).get(name)!;
			},
		);
	}

	// n8n stores what a trigger remembers and what it gives apart, and nothing but this row's end tells of it
	queueRow(
		running,
		'polling trigger, main is killed between remembering and storing',
		{ lost: true },
		async (desk, cluster) => {
			const account = await killedWhileStoring(desk, cluster, (trigger) => trigger.remembers());
			const { lostSubjects: lost } = account;
			const faults = lost.length === 5 ? [] : ['n8n has mended this: say so'];
			const named = lostByN8n(lost, logOf(cluster.folder));
			if (named.length < lost.length) faults.push('lost, and not in the log');
			return { account, faults };
		},
	);

	queueRow(
		running,
		'polling trigger, main is killed while it stores, with durable cursors',
		{ twice: true },
		async (desk, cluster) => {
			const { env, main, repair } = cluster;
			const restart = async () => {
				await main.kill();
				await repair();
			};
			desk.atTheEnd(async () => {
				for (const name of Object.keys(DURABLE)) delete env[name];
				await restart();
			});
			Object.assign(env, DURABLE);
			await restart();
			return { account: await killedWhileStoring(desk, cluster, () => true) };
		},
	);
}

/** @param isThen what else must be so when main is killed, while it waits for the run to be stored */
async function killedWhileStoring(
	desk: RowDesk,
	{ main, postgres, repair }: Cluster,
	isThen: (trigger: Polled) => boolean,
): Promise<Account> {
	const trigger = await publishPolling(desk, POLLED[0], 5);
	await sleep(1.5 * BETWEEN_POLLS);
	const accept = () => void postgres.sql(RELEASE);
	desk.atTheEnd(async () => accept());
	postgres.sql(HOLD);
	trigger.decide(5);
	const isStoring = () => Number(postgres.sql(HELD)) > 0 && isThen(trigger);
	await mustCome('the run is being stored', isStoring, 3 * BETWEEN_POLLS);
	await main.kill();
	accept();
	await repair();
	await comesTo(trigger.isTold, 3 * BETWEEN_POLLS);
	return await trigger.account();
}
