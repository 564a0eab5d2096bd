/** Kills n8n at moments that matter, whichever way it runs. */
import { decisionsOn, type Decisions } from './decisions';
import { gateRuns, publishGate } from './gates';
import { mustCome } from './patience';
import type { RowDesk } from './rowDesk';

export interface Killing {
	kill(): Promise<unknown>;
	restart(): Promise<unknown>;
}

/** Decides all; kills what is at the step behind it, and starts it again. */
export async function killedInTheStep(
	desk: RowDesk,
	{ kill, restart }: Killing,
	{ taskIds, decide }: Decisions,
): Promise<void> {
	const stuck = desk.sandbox.fault({ path: /^\/effect\/approved\//, delayMs: 60_000 });
	await Promise.all(taskIds.map(async (id) => await decide(id, 'approved')));
	await mustCome('the steps have begun', () => stuck.hits === taskIds.length);
	await kill();
	stuck.remove();
	// what was begun and never answered took no effect
	desk.sandbox.requests.clear();
	await restart();
}

/**
 * Kills what asks a person, when the service has been told to call back and n8n has stored nothing of it; the person
 * approves after that, and the service calls. @returns of the tasks that were asked for
 */
export async function killedWhileAsking(
	desk: RowDesk,
	{ kill, restart }: Killing,
): Promise<Decisions> {
	const { appmixer } = desk.sandbox;
	const workflow = await publishGate(desk);
	const rule = { method: 'POST', path: /\/webhooks$/, delayMs: 3_000, times: 1 };
	const registering = desk.sandbox.fault(rule);
	await workflow.begin('0');
	await mustCome('it has asked', () => registering.hits === 1);
	await kill();
	await mustCome('what it asked for is registered', () => appmixer.webhooks.length === 1);
	await restart();
	await desk.settled(workflow.id);
	const asked = appmixer.tasks.map(({ taskId }) => taskId);
	const gates = decisionsOn(desk, workflow.id, asked, gateRuns(desk, workflow.id));
	await gates.decide(asked[0], 'approved');
	await desk.resend(asked, 1);
	return gates;
}
