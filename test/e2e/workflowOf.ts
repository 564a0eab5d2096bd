import { randomUUID } from 'node:crypto';

import type { INode, INodeParameters } from 'n8n-workflow';

import type { WorkflowJson } from '../../scripts/n8n/workflows';

/** A node as a test writes it; the rest is filled in. */
export type NodeSketch = Partial<INode> & {
	name: string;
	type: string;
	parameters?: INodeParameters;
};

const PACKAGE = 'n8n-nodes-task-approvals';

/** A node of this package: type `appmixer`, `appmixerTrigger` …, with a stored credential. */
export const ours = (
	type: string,
	name: string,
	credential: { id: string; type?: string },
	parameters: INodeParameters = {},
	rest: Partial<INode> = {},
): NodeSketch => ({
	name,
	type: `${PACKAGE}.${type}`,
	parameters,
	credentials: { [credential.type ?? 'appmixerApi']: { id: credential.id, name: 'sandbox' } },
	...rest,
});

/** n8n's manual trigger; such a workflow is started with `run`. */
export const manualStart = (name = 'Start'): NodeSketch => ({
	name,
	type: 'n8n-nodes-base.manualTrigger',
});

/** n8n's Edit Fields node, replacing the item by `json`, or passing it on with nothing changed. */
export const setFields = (name: string, json: Record<string, unknown>): NodeSketch => ({
	name,
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: { mode: 'raw', jsonOutput: JSON.stringify(json), options: {} },
});

export const noOp = (name: string): NodeSketch => ({ name, type: 'n8n-nodes-base.noOp' });

/**
 * A workflow of these nodes.
 * @param edges `['A', 'B']` joins A's first output to B; `['A', 'B', 2]` its third
 */
export function workflowOf(
	name: string,
	nodes: NodeSketch[],
	edges: Array<[string, string, number?]>,
	settings: WorkflowJson['settings'] = {},
): WorkflowJson {
	const connections: WorkflowJson['connections'] = {};
	for (const [from, to, output = 0] of edges) {
		const main = ((connections[from] ??= { main: [] }).main ??= []);
		while (main.length <= output) main.push([]);
		main[output]?.push({ node: to, type: 'main', index: 0 });
	}
	return {
		name,
		nodes: nodes.map((node, index) => ({
			id: randomUUID(),
			typeVersion: 1,
			position: [index * 200, 0],
			parameters: {},
			...node,
		})),
		connections,
		settings: { executionOrder: 'v1', ...settings },
	};
}
