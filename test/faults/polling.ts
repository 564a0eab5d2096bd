/** Polling triggers, while n8n is killed at random moments. */
import { randomUUID } from 'node:crypto';

import { sleep } from 'n8n-workflow';

import { account, faultsOf, type Account } from '../../scripts/faults/account';
import { everyTenSeconds } from '../e2e/pollTimes';
import { ours, workflowOf } from '../e2e/workflowOf';
import { retryFromList } from './decisions';
import type { Killing } from './kills';
import { comesTo, mustCome, range } from './patience';
import type { PolledVendor } from './polledVendors';
import type { RowDesk } from './rowDesk';
import type { Measured } from './rows';
import { openRandom } from './size';
import { triggerRuns } from './watching';

export const BETWEEN_POLLS = 10_000;
/** n8n does not publish again what a process that was killed has published until its lease has ended. */
const PATIENCE = 18 * BETWEEN_POLLS;
/** What a tick takes from its first request until n8n has stored what it brought. */
const A_TICK = 400;

/** Fields of a credential that no place may show. */
const SECRET = /token$|key$/i;
/** A shorter one the search for secrets refuses. */
const FINDABLE = 16;

/** One polling trigger, published, and what was decided that it has to tell. */
export interface Polled {
	vendor: PolledVendor;
	/** Decides so many of what is open. */
	decide(count: number): void;
	/** Whether each of what was decided has taken effect. */
	isTold(): boolean;
	/** Whether n8n has stored that the trigger remembers more than when something was decided last. */
	remembers(): boolean;
	/** What has become of it. */
	account(): Promise<Account>;
}

/** What n8n's log says after a restart. */
const NAMED = /^.*gave these events last.*$/gm;

/**
 * Of what is lost, what n8n has lost and its log names: a trigger gives it what it remembers and its events at once, and
 * it stores them apart.
 */
export function lostByN8n(lost: string[], logs: string): string[] {
	const named = (logs.match(NAMED) ?? []).join();
	return lost.filter((id) => named.includes(id));
}

export async function publishPolling(
	desk: RowDesk,
	vendor: PolledVendor,
	count: number,
): Promise<Polled> {
	const { credential, parameters, add } = vendor.open(desk.sandbox);
	const open = range(count).map(add);
	const { name, node, credentialType: type } = vendor;
	const id = await desk.rest.createCredential({ name, type, data: credential });
	for (const [field, value] of Object.entries(credential)) {
		const isLongEnough = String(value).length >= FINDABLE;
		if (SECRET.test(field) && isLongEnough) desk.secrets[`${name}: ${field}`] = String(value);
	}
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
	const remembered = () =>
		desk.database.query<{ text: string }>(
			`select cast("staticData" as text) as text from workflow_entity where id = '${workflowId}'`,
		)[0].text;
	let before = '';
	return {
		vendor,
		remembers: () => remembered() !== before,
		decide(count) {
			before = remembered();
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

/** How often each stand-in has been asked. */
function asked({ sandbox }: RowDesk): number[] {
	const { affinitext, mambu, nutrient, opentaps, requests } = sandbox;
	return [affinitext, mambu, nutrient, opentaps, { requests }].map(
		(service) => service.requests.length,
	);
}

/** Waits until some, or each, of the stand-ins has been asked again. */
async function askedAgain(desk: RowDesk, which: 'some' | 'every'): Promise<void> {
	const before = asked(desk);
	await mustCome(`${which} trigger polls`, () =>
		asked(desk)[which]((times, service) => times > before[service]),
	);
}

/**
 * Decides two things per trigger and kills n8n, that many times, each when all of them poll again: in turns at any moment,
 * and within a tick that finds what was decided. One more is decided while n8n is down. @returns what became of it, by
 * trigger
 */
export async function playPolling(
	desk: RowDesk,
	{ kill, restart, logs }: Killing & { logs(): string },
	vendors: PolledVendor[],
	kills: number,
): Promise<Map<string, Measured>> {
	const random = openRandom();
	const polled: Polled[] = [];
	for (const vendor of vendors) polled.push(await publishPolling(desk, vendor, 3 * kills + 1));
	await askedAgain(desk, 'every');
	// the first tick only remembers
	await sleep(A_TICK);
	for (const moment of range(kills)) {
		await askedAgain(desk, 'every');
		polled.forEach((one) => one.decide(2));
		if (moment % 2 === 0) await sleep(random.between(0, BETWEEN_POLLS));
		else {
			await askedAgain(desk, 'some');
			await sleep(random.between(0, A_TICK));
		}
		await kill();
		polled.forEach((one) => one.decide(1));
		await restart();
	}
	polled.forEach((one) => one.decide(1));
	await Promise.all(polled.map(async (one) => await comesTo(one.isTold, PATIENCE)));
	const measured = new Map<string, Measured>();
	for (const one of polled) {
		const counted = await one.account();
		const { recovered, after, faults } = await retryFromList(desk, counted, one);
		const { lostSubjects: lost } = counted;
		const named = lostByN8n(lost, logs());
		const notes = { seed: random.seed, kills, recovered, lostByN8n: named.length };
		const ours = lost.filter((id) => !named.includes(id));
		faults.push(...ours.map((id) => `lost, and not in the log: ${id}`));
		faults.push(...faultsOf(after, { lost: true, twice: true }));
		measured.set(one.vendor.name, { account: counted, notes, faults });
	}
	return measured;
}
