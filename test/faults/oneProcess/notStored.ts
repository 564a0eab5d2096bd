/** n8n cannot store a run for a moment: its disk is full, its database locked or away. */
import { randomUUID } from 'node:crypto';

import { sleep } from 'n8n-workflow';

import type { Published } from '../../e2e/gateDesk';
import { ours, workflowOf } from '../../e2e/workflowOf';
import { everyTenSeconds } from '../../e2e/pollTimes';
import { decisionsOn, type Decisions } from '../decisions';
import { openGates, publishGate } from '../gates';
import { comesTo } from '../patience';
import type { RowDesk } from '../rowDesk';
import type { Measured } from '../rows';
import { openWatching, triggerRuns } from '../watching';
import { oneRow, type Running } from './oneRow';

const COUNT = 10;
const A_POLL = 12_000;

/** @returns what ends it; the row's end does at the latest */
function refuseRuns({ database, atTheEnd }: RowDesk): () => void {
	const names = ['INSERT', 'UPDATE'].map((on) => [on, `full_${on.toLowerCase()}`]);
	for (const [on, name] of names) {
		database.execute(
			`create trigger ${name} before ${on} on execution_entity begin select raise(fail, 'database or disk is full'); end`,
		);
	}
	const accept = () =>
		names.forEach(([, name]) => database.execute(`drop trigger if exists ${name}`));
	atTheEnd(async () => accept());
	return accept;
}

/** What n8n's own Webhook node answers, to compare with. */
async function beginAnswers(workflow: Published): Promise<number | undefined> {
	return await workflow.begin('own').then(
		() => 200,
		(error: { response?: { status: number } }) => error.response?.status,
	);
}

async function decidedMeanwhile(desk: RowDesk, decisions: Decisions): Promise<Measured> {
	const own = await publishGate(desk);
	const accept = refuseRuns(desk);
	const webhookNode = await beginAnswers(own);
	await decisions.decideAll();
	const meanwhile = desk.answers(decisions.taskIds);
	accept();
	await desk.resend(decisions.taskIds);
	return { account: await decisions.account(), notes: { webhookNode, meanwhile } };
}

async function openPolling(desk: RowDesk): Promise<Decisions> {
	const { appmixer } = desk.sandbox;
	const parameters = { events: ['approved', 'rejected'], pollTimes: everyTenSeconds };
	const trigger = ours('appmixerPollingTrigger', 'Trigger', desk.credential, parameters);
	const step = desk.effect('Step', '{{ $json.status }}');
	const draft = workflowOf(randomUUID(), [trigger, step], [['Trigger', 'Step']]);
	const { id } = await desk.rest.createWorkflow(draft);
	desk.atTheEnd(async () => await desk.rest.deactivate(id));
	const taskIds = Array.from({ length: COUNT }, () => appmixer.createTask().taskId);
	await desk.rest.activate(id);
	const polled = () => desk.sandbox.requests.filter(({ path }) => path.endsWith('/tasks')).length;
	await comesTo(() => polled() >= 2, 2 * A_POLL);
	return decisionsOn(desk, id, taskIds, triggerRuns(desk, id));
}

export function notStored(running: Running): void {
	oneRow(
		running,
		'trigger, decided while n8n can store no run',
		{},
		async (desk) => await decidedMeanwhile(desk, await openWatching(desk, COUNT)),
	);

	oneRow(
		running,
		'waits, decided while n8n can store no run',
		{},
		async (desk) => await decidedMeanwhile(desk, await openGates(desk, COUNT)),
	);

	// a polling trigger hands its events to n8n and is told nothing of what becomes of them
	oneRow(
		running,
		'polling trigger, decided while n8n can store no run',
		{ lost: true },
		async (desk) => {
			const polling = await openPolling(desk);
			const accept = refuseRuns(desk);
			await polling.decideAll();
			await sleep(A_POLL);
			accept();
			await sleep(A_POLL);
			return { account: await polling.account() };
		},
	);
}
