import { randomUUID } from 'node:crypto';

import type { INodeParameters } from 'n8n-workflow';

import type { Run } from '../../scripts/faults/account';
import { failureOf, itemsOf } from '../../scripts/faults/storedRun';
import type { WorkflowJson } from '../../scripts/n8n/workflows';
import { ours, workflowOf } from '../e2e/workflowOf';
import { decisionsOn, type Decisions } from './decisions';
import { range, tally } from './patience';
import type { RowDesk } from './rowDesk';

/** A workflow that begins with the webhook trigger, and the tasks there are. */
export interface Watching extends Decisions {
	draft: WorkflowJson;
	/** Where its callbacks go. */
	path: string;
	/** The tasks for which the stand-in has a pending registration. */
	watched(): string[];
	publish(): Promise<void>;
	unpublish(): Promise<void>;
}

/** Why executions failed, and how many for the same reason. */
export function failuresOf(desk: RowDesk, workflowId: string): Record<string, number> {
	return tally(desk.runsWithData(workflowId).flatMap((run) => failureOf(run) ?? []));
}

/** The executions that began with a task. */
export function triggerRuns(desk: RowDesk, workflowId: string): () => Map<string, Run[]> {
	return () => {
		const byTask = new Map<string, Run[]>();
		for (const run of desk.runsWithData(workflowId)) {
			for (const { json } of itemsOf(run)) {
				const id = String(json.id);
				byTask.set(id, [...(byTask.get(id) ?? []), run]);
			}
		}
		return byTask;
	};
}

/** The executions of which n8n has kept nothing: a worker died with them. */
export const runsWithoutItems = (desk: RowDesk, workflowId: string) => (): Run[] =>
	desk.runsWithData(workflowId).filter((run) => itemsOf(run).length === 0);

/** Makes that many tasks and a trigger that watches them. @param options.publish `false` leaves that to the row */
export async function openWatching(
	desk: RowDesk,
	count: number,
	options: { publish?: boolean; parameters?: INodeParameters } = {},
): Promise<Watching> {
	const { appmixer } = desk.sandbox;
	const taskIds = range(count).map((n) => appmixer.createTask({ title: `task ${n}` }).taskId);
	const webhookId = randomUUID();
	const more = { webhookId };
	const trigger = ours('appmixerTrigger', 'Trigger', desk.credential, options.parameters, more);
	const step = desk.effect('Step', '{{ $json.status }}');
	const draft = workflowOf(webhookId, [trigger, step], [['Trigger', 'Step']]);
	const { id } = await desk.rest.createWorkflow(draft);
	const path = `/webhook/${webhookId}/webhook`;
	const unpublish = async () => await desk.rest.deactivate(id);
	desk.atTheEnd(unpublish);
	const publish = async () => await desk.rest.activate(id);
	if (options.publish !== false) await publish();
	return {
		...decisionsOn(desk, id, taskIds, triggerRuns(desk, id), runsWithoutItems(desk, id)),
		...{ draft, path, publish, unpublish },
		watched: () =>
			appmixer.webhooks
				.filter(({ url, status }) => status === 'pending' && url.includes(path))
				.map(({ taskId }) => taskId),
	};
}
