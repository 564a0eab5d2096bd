import { randomUUID } from 'node:crypto';

import { sleep, type IDataObject, type INodeParameters } from 'n8n-workflow';

import { ADA, start, type Sandbox } from '../../sandbox';
import { hasEnded } from '../../scripts/n8n/executions';
import type { N8nRest } from '../../scripts/n8n/rest';
import { noOp, ours, workflowOf } from './workflowOf';

/** One item a trigger gave. */
export interface Emission {
	/** Which of the trigger's outputs it left by. */
	output: number;
	json: IDataObject & { event: IDataObject };
	/** `webhook`, `trigger` or `manual`. */
	mode: string;
}

/** A stored workflow that begins with one of our triggers. */
export interface TriggerWorkflow {
	id: string;
	/** Where production callbacks arrive, without the query. */
	url: string;
	/** Ids of the tasks for which the server still has a pending registration of this workflow, sorted. */
	watched(): string[];
	/** Waits until that many executions have ended; gives the items of all there are, oldest first. */
	emitted(executions: number, timeoutMs?: number): Promise<Emission[]>;
	/** Publishes, with the trigger's parameters changed or its name before; throws n8n's reason. */
	publish(change?: { parameters?: INodeParameters; name?: 'Trigger' | 'Renamed' }): Promise<void>;
}

/** A sandbox and a credential for it in one n8n. */
export interface TriggerStage {
	rest: N8nRest;
	sandbox: Sandbox;
	credential: { id: string };
	/** Stores a workflow with the trigger and one node on each of its three outputs; not published yet. */
	store(
		type: 'appmixerTrigger' | 'appmixerPollingTrigger',
		parameters: INodeParameters,
		withCredential?: { id: string },
	): Promise<TriggerWorkflow>;
	/** Stores and publishes a webhook trigger. */
	watch(parameters: INodeParameters): Promise<TriggerWorkflow>;
	/** Deactivates what was published and closes the sandbox. */
	close(): Promise<void>;
}

/** Opens a sandbox for triggers in this n8n; `data` is added to the credential. */
export async function openTriggerStage(
	{ url, rest }: { url: string; rest: N8nRest },
	data: IDataObject = {},
): Promise<TriggerStage> {
	const sandbox = await start();
	const baseUrl = sandbox.url;
	const { accessToken } = ADA;
	const id = await rest.createCredential({
		name: `Appmixer ${randomUUID()}`,
		type: 'appmixerApi',
		data: { baseUrl, authentication: 'accessToken', accessToken, apiPath: 'auto', ...data },
	});
	const credential = { id };
	const stored: TriggerWorkflow[] = [];

	async function store(
		type: string,
		parameters: INodeParameters,
		withCredential = credential,
	): Promise<TriggerWorkflow> {
		const webhookId = randomUUID();
		const ends = ['First', 'Second', 'Third'];
		const sketch = ours(type, 'Trigger', withCredential, parameters, { webhookId });
		const edges = (trigger: string) =>
			ends.map((end, output): [string, string, number] => [trigger, end, output]);
		const draft = workflowOf(webhookId, [sketch, ...ends.map(noOp)], edges('Trigger'));
		const workflow = await rest.createWorkflow(draft);
		const callbacks = `${url}/webhook/${webhookId}/webhook`;
		let { nodes, connections } = draft;

		const trigger: TriggerWorkflow = {
			id: workflow.id,
			url: callbacks,
			watched: () =>
				sandbox.appmixer.webhooks
					.filter((hook) => hook.status === 'pending' && hook.url.startsWith(callbacks))
					.map(({ taskId }) => taskId)
					.sort(),
			emitted: async (executions, timeoutMs) =>
				await emissions(rest, workflow.id, executions, timeoutMs),
			async publish(change) {
				if (change) {
					const { name = nodes[0].name, parameters: given = nodes[0].parameters } = change;
					nodes = [{ ...nodes[0], name, parameters: given }, ...nodes.slice(1)];
					({ connections } = workflowOf('', [], edges(name)));
					await rest.updateWorkflow(workflow.id, { nodes, connections });
				}
				await rest.activate(workflow.id);
			},
		};
		stored.push(trigger);
		return trigger;
	}

	return {
		...{ rest, sandbox, credential, store },
		async watch(parameters) {
			const trigger = await store('appmixerTrigger', parameters);
			await trigger.publish();
			return trigger;
		},
		async close() {
			for (const { id: workflowId } of stored) await rest.deactivate(workflowId);
			const idle = () => stored.every((trigger) => trigger.watched().length === 0);
			await until('nothing is registered any more', idle).finally(() => sandbox.close());
		},
	};
}

const LOOK_AGAIN_MS = 250;

/** Waits until that many executions of the workflow have ended; gives what its trigger gave, oldest first. */
export async function emissions(
	rest: N8nRest,
	workflowId: string,
	wanted: number,
	timeoutMs = 60_000,
): Promise<Emission[]> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const listed = await rest.executions({ workflowId }, 100);
		if (listed.length >= wanted && listed.every(hasEnded)) {
			const ids = listed.map(({ id }) => id).sort((a, b) => Number(a) - Number(b));
			const found: Emission[] = [];
			for (const id of ids) found.push(...(await emittedIn(rest, id)));
			return found;
		}
		if (Date.now() > deadline) {
			const seen = listed.map(({ status, mode }) => `${status} (${mode})`).join(', ');
			throw new Error(`Not ${wanted} executions within ${timeoutMs} ms, but: ${seen || 'none'}`);
		}
		await sleep(LOOK_AGAIN_MS);
	}
}

async function emittedIn(rest: N8nRest, executionId: string): Promise<Emission[]> {
	const { runData, mode, status } = await rest.execution(executionId);
	const trigger = runData.Trigger ?? runData.Renamed;
	if (!trigger) throw new Error(`Execution ${executionId}, ${status}, has no trigger data`);
	return trigger[0].main.flatMap((items, output) =>
		items.map(({ json }) => ({ output, mode, json: json as Emission['json'] })),
	);
}

/** Waits until `condition` holds. @throws Error naming `what` after the time. */
export async function until(
	what: string,
	condition: () => boolean | Promise<boolean>,
	timeoutMs = 60_000,
): Promise<void> {
	const deadline = Date.now() + timeoutMs;
	while (!(await condition())) {
		if (Date.now() > deadline) throw new Error(`Still not after ${timeoutMs} ms: ${what}`);
		await sleep(LOOK_AGAIN_MS);
	}
}
