/** Keeps the calls registered that wake a wait up. Without them it looks by the clock, so failing them ends nothing. */
import type { IExecuteFunctions } from 'n8n-workflow';

import { isLoopback } from '../http/baseUrl';
import { forEachParallel } from '../items/parallel';
import type { Registry, WakeUps } from './desk';
import { waitUrl } from './parking';
import type { WaitState, WaitedTask } from './waitState';

const AT_ONCE = 5;

/** Whether calls can be asked for. */
export const isRegistry = (wakeUps: WakeUps | undefined): wakeUps is WakeUps & Registry =>
	wakeUps?.register !== undefined;

/**
 * Registers for tasks that have none: the service calls once, so again when the task has another status; and when the
 * run has another address, after n8n's Retry (L11).
 * @returns IDs of the registrations that are new
 */
export async function keepRegistered(
	context: IExecuteFunctions,
	registry: Registry,
	state: WaitState,
	tasks: WaitedTask[],
): Promise<string[]> {
	const url = waitUrl(context);
	if (isLoopback(url) && !isLoopback(await registry.serviceUrl(context))) return [];
	const isMoved = state.url !== url;
	const wanted = tasks.filter(
		({ webhookId, registeredAs, last }) =>
			last && (isMoved || webhookId === undefined || registeredAs !== last.status),
	);
	const made: string[] = [];
	let why: unknown;
	await forEachParallel(wanted, AT_ONCE, async (task) => {
		const old = task.webhookId;
		try {
			task.webhookId = await registry.register(context, task.last!.id, url);
			task.registeredAs = task.last!.status;
			made.push(task.webhookId);
		} catch (error) {
			why = error;
			return;
		}
		if (old !== undefined && isMoved) await remove(context, registry, old);
	});
	state.url = url;
	if (why !== undefined) tellUnheard(context, why);
	return made;
}

/** Removes all registrations of a wait that ends: the service would call a run that is over, for ever (L11). */
export async function removeAll(
	context: IExecuteFunctions,
	registry: Registry,
	tasks: WaitedTask[],
): Promise<void> {
	const ids = tasks.flatMap(({ webhookId }) => webhookId ?? []);
	await forEachParallel(ids, AT_ONCE, async (id) => await remove(context, registry, id));
}

async function remove(context: IExecuteFunctions, registry: Registry, id: string): Promise<void> {
	try {
		await registry.remove(context, id);
	} catch (error) {
		const { message } = error as Error;
		context.logger.error(
			`Node "${context.getNode().name}": webhook ${id} could not be deleted, and calls a run that is over: ${message}`,
		);
	}
}

function tellUnheard(context: IExecuteFunctions, why: unknown): void {
	const { message } = why as Error;
	context.logger.warn(`Node "${context.getNode().name}": wake-up not registered: ${message}`);
	context.addExecutionHints({
		message: `Not every task can wake this run up, so an answer may be seen at the next look only: ${message}`,
		type: 'warning',
		location: 'outputPane',
	});
}
