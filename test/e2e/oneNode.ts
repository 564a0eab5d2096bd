import type { IDataObject, INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { N8nRest } from '../../scripts/n8n/rest';
import type { Execution } from '../../scripts/n8n/executions';
import { manualStart, noOp, ours, workflowOf } from './workflowOf';

/** What n8n stored of one run of the node. */
export interface Ran {
	execution: Execution;
	/** How often the node was run, retries included. */
	runs: number;
	/** The items on the node's outputs; the second one is the error output, where there is one. */
	outputs: INodeExecutionData[][];
	/** The records on the first output; of a wait, whose first one leads back to it, on the second. */
	json: IDataObject[];
	/** Names of the nodes that ran, in order. */
	nodes: string[];
	error: StoredError | undefined;
}

/** An error as n8n stored it. */
export interface StoredError {
	message: string;
	description?: string | null;
	httpCode?: string | null;
	context: { itemIndex?: number };
}

/** How the node is set up around its parameters. */
export interface Around {
	/** The input items; one empty item by default. */
	items?: IDataObject[];
	/** Node settings: `onError`, `retryOnFail` … */
	settings?: Partial<INode>;
	/** The workflow's time zone. */
	timezone?: string;
	/** Whose action node: `appmixer` by default; its credential type is this word and `Api`. */
	vendor?: string;
}

/**
 * Runs one action node by hand in a workflow of its own: Start → Node → Done, and Node → Failed from an error output.
 * Resolves when the execution has ended, whichever way.
 */
export async function runNode(
	rest: N8nRest,
	credentialId: string,
	parameters: INodeParameters,
	{ items = [{}], settings = {}, timezone, vendor = 'appmixer' }: Around = {},
): Promise<Ran> {
	const credential = { id: credentialId, type: `${vendor}Api` };
	const node = ours(vendor, 'Node', credential, parameters, settings);
	const nodes = [manualStart(), node, noOp('Done'), noOp('Failed')];
	const first = parameters.operation === 'wait' ? 1 : 0;
	const edges: Array<[string, string, number?]> = [
		['Start', 'Node'],
		...(first > 0 ? ([['Node', 'Node']] as Array<[string, string]>) : []),
		['Node', 'Done', first],
		['Node', 'Failed', first + 1],
	];
	const json = workflowOf(`One node ${Date.now()}`, nodes, edges, { timezone });
	const pinData = { Start: items.map((item) => ({ json: item })) };
	const { id } = await rest.createWorkflow({ ...json, pinData });
	await rest.run(id, { triggerToStartFrom: { name: 'Start' } });
	const execution = await rest.waitForExecution(id, undefined, 120_000);
	return summary(execution, first);
}

function summary(execution: Execution, first: number): Ran {
	const runs = execution.runData.Node ?? [];
	const outputs = runs.at(-1)?.main ?? [];
	return {
		execution,
		runs: runs.length,
		outputs,
		json: (outputs[first] ?? []).map((item) => item.json),
		nodes: Object.keys(execution.runData),
		error: execution.error as StoredError | undefined,
	};
}
