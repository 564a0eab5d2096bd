import type { IDataObject } from 'n8n-workflow';

import type { RecordedRequest } from '../../sandbox';
import type { Effect } from '../../scripts/faults/account';
import type { Database } from '../../scripts/faults/database';
import type { StoredRun } from '../../scripts/faults/storedRun';
import type { N8nRest } from '../../scripts/n8n/rest';
import { openDesk, type Desk } from '../e2e/gateDesk';
import type { NodeSketch } from '../e2e/workflowOf';
import { comesTo, tally } from './patience';

/** An n8n, whichever way it runs. */
export interface Place {
	url: string;
	rest: N8nRest;
	database: Database;
}

/** A stand-in of the row's own, so that what is sent again is the row's own too. */
export interface RowDesk extends Place, Omit<Desk, 'url' | 'rest'> {
	credential: { id: string };
	/** Of credentials that rows have made, by a name that tells nothing. */
	secrets: Record<string, string>;
	/**
	 * The step after a gate or a trigger: it tells the stand-in, which counts.
	 * @param subject what it tells of, as an expression; default: the item's ID
	 */
	effect(name: string, outcome: string, subject?: string): NodeSketch;
	/** What those steps did, oldest first, and when, on the stand-in's clock. */
	effects(): Array<Effect & { at: number }>;
	runs(workflowId: string): StoredRun[];
	runsWithData(workflowId: string): StoredRun[];
	statuses(workflowId: string): Record<string, number>;
	/** Whether each run came to an end in time. */
	settled(workflowId: string, timeoutMs?: number): Promise<boolean>;
	/** What the stand-in's calls were answered; of these tasks only. */
	answers(taskIds: string[]): Record<string, number>;
	/** The stand-in sends again what failed, until nothing does or that many times. */
	resend(taskIds: string[], rounds?: number): Promise<void>;
	/** Done when the row ends, however it ends. */
	atTheEnd(act: () => Promise<unknown>): void;
	close(): Promise<void>;
}

const TEN_MINUTES = 10 * 60_000;
const GOES_ON = ['new', 'running', 'waiting'];

function effectIn({ path, query, at }: Pick<RecordedRequest, 'path' | 'query' | 'at'>) {
	const [outcome, subject] = path.split('/').slice(2).map(decodeURIComponent);
	const { event } = query;
	return { subject, outcome, at, ...(event ? { eventId: String(event) } : {}) };
}

/** @param data more of the credential */
export async function openRowDesk(place: Place, data: IDataObject = {}): Promise<RowDesk> {
	const desk = await openDesk(place, data);
	const { sandbox } = desk;
	const credential = desk.ask('').credentials?.appmixerApi as { id: string };
	sandbox.fault({ path: /^\/effect\//, status: 200, body: { done: true } });
	const { query } = place.database;
	const lastActs: Array<() => Promise<unknown>> = [];
	const columns = (data: string) => `select cast(e.id as text) as id, e.status, ${data} as data`;
	const of = (workflowId: string) => `e."workflowId" = '${workflowId}' order by e.id`;

	const runs = (workflowId: string) =>
		query<StoredRun>(`${columns('null')} from execution_entity e where ${of(workflowId)}`);
	const deliveriesOf = (taskIds: string[]) =>
		sandbox.appmixer.deliveries.filter(({ taskId }) => taskIds.includes(taskId));
	const failing = (taskIds: string[]) =>
		sandbox.appmixer.webhooks.some(
			({ taskId, status }) => status === 'fail' && taskIds.includes(taskId),
		);

	return {
		...{ ...desk, ...place, credential, runs, secrets: {} },
		effect: (name, outcome, subject = '$json.id') => ({
			...{ name, type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2 },
			parameters: {
				url: `=${sandbox.url}/effect/${outcome}/{{ encodeURIComponent(${subject}) }}?event={{ encodeURIComponent($json.event?.id ?? '') }}`,
				options: {},
			},
		}),
		effects: () => sandbox.requests.filter(({ path }) => path.startsWith('/effect/')).map(effectIn),
		runsWithData: (workflowId) =>
			query<StoredRun>(
				`${columns('d.data')} from execution_entity e left join execution_data d on d."executionId" = e.id where ${of(workflowId)}`,
			),
		statuses: (workflowId) => tally(runs(workflowId).map(({ status }) => status)),
		settled: async (workflowId, timeoutMs) =>
			await comesTo(
				() => runs(workflowId).every(({ status }) => !GOES_ON.includes(status)),
				timeoutMs,
			),
		answers: (taskIds) => tally(deliveriesOf(taskIds).map(({ status }) => status ?? 'none')),
		async resend(taskIds, rounds = 5) {
			for (let round = 0; round < rounds && failing(taskIds); round++) {
				await sandbox.clock.advance(TEN_MINUTES);
				// what was refused for a moment is not refused a moment later
				await comesTo(() => !failing(taskIds), 2_000);
			}
		},
		atTheEnd: (act) => void lastActs.push(act),
		async close() {
			for (const act of lastActs) await act().catch(() => {});
			await sandbox.close();
		},
	};
}
