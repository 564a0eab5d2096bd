/** Workflows that wait for tasks of Appmixer and come back to look again, with effects behind each output that are counted. */
import type { INode, INodeParameters } from 'n8n-workflow';

import type { Task } from '../../sandbox';
import type { Execution } from '../../scripts/n8n/executions';
import type { N8nRest } from '../../scripts/n8n/rest';
import type { WorkflowJson } from '../../scripts/n8n/workflows';
import { startEffects } from './effects';
import { openDesk } from './gateDesk';
import { itemsOf } from './itemsOf';
import { noOp, type NodeSketch } from './workflowOf';

export const OUTPUTS = ['Approved', 'Rejected', 'No Decision'];

/** The task that an effect is counted for: of a group the first, and none of a wait that was refused. */
const OF = "$json.id ?? $json.votes?.[0].task ?? 'none'";

type Edge = [string, string, number?];

export async function openAgainDesk(n8n?: { url: string; rest: N8nRest }) {
	const desk = await openDesk(n8n);
	const effects = await startEffects();

	/** The gate; its tasks by the item's `id`. */
	const gate = (parameters: INodeParameters = {}, node: Partial<INode> = {}): NodeSketch =>
		desk.ask(
			'',
			{
				operation: 'wait',
				taskId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
				...parameters,
			},
			{ name: 'Gate', ...node },
		);
	const ends = OUTPUTS.map((name) => effects.node(name, OF));
	const wires: Edge[] = [
		['Gate', 'Gate', 0],
		...OUTPUTS.map((name, place): Edge => ['Gate', name, place + 1]),
	];

	return {
		...desk,
		effects,
		gate,
		ends,
		wires,
		tasks: (count: number, more: object = {}): Task[] =>
			Array.from({ length: count }, () => desk.sandbox.appmixer.createTask(more)),
		/** Form → the tasks as items → Gate ⟲ → an effect for each output. */
		async waitFor(
			tasks: Task[],
			parameters: INodeParameters = {},
			{
				node = {},
				settings = {},
			}: { node?: Partial<INode>; settings?: WorkflowJson['settings'] } = {},
		) {
			const items = itemsOf(tasks.map(({ taskId }, place) => ({ id: taskId, line: place + 1 })));
			return await desk.publish(
				[...items, gate(parameters, node), ...ends],
				[['Form', 'List'], ['List', 'Items'], ['Items', 'Gate'], ...wires],
				settings,
			);
		},
		noOp,
		/** The address that wakes the run of these tasks. */
		wakeUpUrl({ taskId }: Task): string {
			const found = desk.sandbox.appmixer.webhooks.find((webhook) => webhook.taskId === taskId);
			if (found) return found.url;
			throw new Error(`Nothing is registered for task ${taskId}`);
		},
		async close() {
			await effects.close();
			await desk.sandbox.close();
		},
	};
}

export type AgainDesk = Awaited<ReturnType<typeof openAgainDesk>>;

/** What the nodes of an output were given. */
export const givenTo = ({ runData }: Execution, output: string) =>
	(runData.Gate ?? []).flatMap(({ main }) => main[OUTPUTS.indexOf(output) + 1] ?? []);
