/** Polling triggers, while n8n is killed at random moments. */
import { randomUUID } from 'node:crypto';

import { sleep } from 'n8n-workflow';

import { account, type Account } from '../../scripts/faults/account';
import { everyTenSeconds } from '../e2e/pollTimes';
import { ours, workflowOf } from '../e2e/workflowOf';
import { retryFromList } from './decisions';
import { comesTo, range } from './patience';
import type { PolledVendor } from './polledVendors';
import type { RowDesk } from './rowDesk';
import type { Measured } from './rows';
import { openRandom } from './size';
import { triggerRuns } from './watching';

const BETWEEN_POLLS = 10_000;
/** What a tick takes from its first request until n8n has stored what it brought. */
const A_TICK = 400;

export interface Killing {
	kill(): Promise<void>;
	restart(): Promise<unknown>;
}

/** One trigger, published, and what was decided that it has to tell. */
interface Polled {
	vendor: PolledVendor;
	/** Decides so many of what is open. */
	decide(count: number): void;
	/** Whether each of what was decided has taken effect. */
	isTold(): boolean;
	/** What has become of it. */
	account(): Promise<Account>;
}

async function publish(desk: RowDesk, vendor: PolledVendor, count: number): Promise<Polled> {
	const { credential, parameters, add } = vendor.open(desk.sandbox);
	const open = range(count).map(add);
	const { name, node, credentialType: type } = vendor;
	const id = await desk.rest.createCredential({ name, type, data: credential });
	const given = { ...parameters, pollTimes: everyTenSeconds };
	const word = name.split(/\W/)[0].toLowerCase();
	const step = desk.effect('Step', `${word}-{{ $json.event.type }}`);
	const nodes = [ours(node, 'Trigger', { id, type }, given), step];
	const draft = workflowOf(randomUUID(), nodes, [['Trigger', 'Step']]);
	const { id: workflowId } = await desk.rest.createWorkflow(draft);
	await desk.rest.activate(workflowId);
	desk.atTheEnd(async () => await desk.rest.deactivate(workflowId));
	const outcome = `${word}-${name === 'Appmixer' ? 'approved' : 'completed'}`;
	const decided = new Map<string, string>();
	const effects = () => desk.effects().filter((effect) => effect.outcome === outcome);
	return {
		vendor,
		decide(count) {
			for (const one of open.splice(0, count)) {
				decided.set(one.id, outcome);
				one.decide();
			}
		},
		isTold: () => new Set(effects().map(({ subject }) => subject)).size >= decided.size,
		async account() {
			await desk.settled(workflowId, 30_000);
			const runs = triggerRuns(desk, workflowId)();
			return account({
				decisions: decided,
				effects: effects(),
				runsOf: (id) => runs.get(id) ?? [],
			});
		},
	};
}

/** Of all stand-ins together. */
function requestsSoFar({ sandbox }: RowDesk): number {
	const { affinitext, mambu, nutrient, opentaps, requests } = sandbox;
	return [affinitext, mambu, nutrient, opentaps, { requests }]
		.map((service) => service.requests.length)
		.reduce((sum, length) => sum + length);
}

/**
 * Decides two things per trigger and kills n8n, that many times: in turns at any moment, and within a tick that finds
 * what was decided. One more is decided while n8n is down. @returns what became of it, by trigger
 */
export async function playPolling(
	desk: RowDesk,
	{ kill, restart }: Killing,
	vendors: PolledVendor[],
	kills: number,
): Promise<Map<string, Measured>> {
	const random = openRandom();
	const polled: Polled[] = [];
	for (const vendor of vendors) polled.push(await publish(desk, vendor, 3 * kills + 1));
	// the first tick only remembers
	await sleep(BETWEEN_POLLS + A_TICK);
	for (const moment of range(kills)) {
		polled.forEach((one) => one.decide(2));
		if (moment % 2 === 0) await sleep(random.between(0, BETWEEN_POLLS));
		else {
			const before = requestsSoFar(desk);
			await comesTo(() => requestsSoFar(desk) > before, 2 * BETWEEN_POLLS);
			await sleep(random.between(0, A_TICK));
		}
		await kill();
		polled.forEach((one) => one.decide(1));
		await restart();
	}
	polled.forEach((one) => one.decide(1));
	await Promise.all(polled.map(async (one) => await comesTo(one.isTold, 6 * BETWEEN_POLLS)));
	const measured = new Map<string, Measured>();
	for (const one of polled) {
		const counted = await one.account();
		const { recovered, faults } = await retryFromList(desk, counted, one);
		const notes = { seed: random.seed, kills, recovered };
		measured.set(one.vendor.name, { account: counted, notes, faults });
	}
	return measured;
}
