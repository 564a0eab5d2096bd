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
	/** To be called when n8n has been killed: takes down what it had remembered and not stored a run of. */
	note(): void;
	/** What has become of it. */
	account(): Promise<Account>;
	/** What n8n itself has lost: a trigger hands it what it remembers and its events at once, and it stores them apart. */
	lostByN8n: Set<string>;
}

/** Of n8n's log, what says after a restart which events were given last. */
const NAMED = /^.*gave these events last.*$/gm;

/** Of what n8n has lost, what its log does not name. */
export function unnamed(lost: string[], logs: string): string[] {
	const named = (logs.match(NAMED) ?? []).join();
	return lost.filter((id) => !named.includes(id)).map((id) => `lost, and not in the log: ${id}`);
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
	const lostByN8n = new Set<string>();
	const remembered = () =>
		desk.database.query<{ text: string }>(
			`select cast("staticData" as text) as text from workflow_entity where id = '${workflowId}'`,
		)[0].text;
	let before = '';
	return {
		...{ vendor, lostByN8n },
		remembers: () => remembered() !== before,
		note() {
			if (remembered() === before) return;
			const stored = triggerRuns(desk, workflowId)();
			for (const id of decided.keys()) if (!stored.has(id)) lostByN8n.add(id);
		},
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
		polled.forEach((one) => one.note());
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
		const lostByN8n = lost.filter((id) => one.lostByN8n.has(id));
		const notes = { seed: random.seed, kills, recovered, lostByN8n: lostByN8n.length };
		const ours = lost.filter((id) => !one.lostByN8n.has(id));
		faults.push(...ours.map((id) => `lost, and not by n8n: ${id}`), ...unnamed(lostByN8n, logs()));
		faults.push(...faultsOf(after, { lost: true, twice: true }));
		measured.set(one.vendor.name, { account: counted, notes, faults });
	}
	return measured;
}
