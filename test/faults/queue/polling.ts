/** Main polls, and only main. */
import { sleep } from 'n8n-workflow';

import { comesTo, mustCome } from '../patience';
import { POLLED } from '../polledVendors';
import { BETWEEN_POLLS, playPolling, publishPolling } from '../polling';
import type { Measured } from '../rows';
import { size } from '../size';
import { queueRow, type Running } from './queueRow';

const HOLD = `
create function held() returns trigger language plpgsql as 'begin perform pg_sleep(60); return new; end';
create trigger held before insert on execution_entity for each row execute function held()`;
const RELEASE = `
select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and wait_event = 'PgSleep';
drop trigger if exists held on execution_entity;
drop function if exists held`;

export function polling(running: Running): void {
	let played: Promise<Map<string, Measured>> | undefined;
	for (const { name } of POLLED) {
		queueRow(
			running,
			`polling trigger of ${name}, main is killed at random moments`,
			{ crashed: true, twice: true, lost: true },
			async (desk, { main, repair }) => {
				played ??= playPolling(desk, { kill: main.kill, restart: repair }, POLLED, size(2, 20));
				return (await played).get(name)!;
			},
		);
	}

	// n8n stores what a trigger remembers and what it gives apart, and nothing but this row's end tells of it
	queueRow(
		running,
		'polling trigger, main is killed between remembering and storing',
		{ lost: true },
		async (desk, { main, postgres, repair }) => {
			const trigger = await publishPolling(desk, POLLED[0], 5);
			await sleep(1.5 * BETWEEN_POLLS);
			desk.atTheEnd(async () => void postgres.sql(RELEASE));
			postgres.sql(HOLD);
			trigger.decide(5);
			await mustCome('it is remembered', trigger.remembers, 3 * BETWEEN_POLLS);
			await main.kill();
			trigger.note();
			postgres.sql(RELEASE);
			await repair();
			await comesTo(trigger.isTold, 2 * BETWEEN_POLLS);
			const account = await trigger.account();
			const faults = account.lostSubjects.length === 5 ? [] : ['n8n has mended this: say so'];
			return { account, faults };
		},
	);
}
