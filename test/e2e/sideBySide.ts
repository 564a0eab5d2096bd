import { randomUUID } from 'node:crypto';

import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { Execution } from '../../scripts/n8n/executions';
import type { N8nRest } from '../../scripts/n8n/rest';
import { manualStart, ours, setFields, workflowOf, type NodeSketch } from './workflowOf';

/** One node of this package, run on one item. */
export interface Beside {
	name: string;
	/** `nutrient`, `opentaps` … */
	type: string;
	/** Of a stored credential. */
	credential: { id: string; type: string };
	parameters: INodeParameters;
	/** A file in the item's field `data`: its bytes in base64. */
	file?: { base64: string; fileName: string; mimeType: string };
}

export interface RanBeside {
	execution: Execution;
	/** The items of each node by its name, as n8n stored them; a failed one has an `error`. */
	items: Record<string, INodeExecutionData[]>;
}

const fileNodes = ({ name, file }: Beside): NodeSketch[] => {
	if (!file) return [];
	const { base64, fileName, mimeType } = file;
	return [
		setFields(`Text of ${name}`, { base64 }),
		{
			name: `File of ${name}`,
			type: 'n8n-nodes-base.convertToFile',
			typeVersion: 1.1,
			parameters: {
				operation: 'toBinary',
				sourceProperty: 'base64',
				binaryPropertyName: 'data',
				options: { fileName, mimeType },
			},
		},
	];
};

/** Runs these nodes by hand in one execution, one after the other; none sees what another gave, or stops it. */
export async function runSideBySide(
	rest: N8nRest,
	nodes: Beside[],
	timezone = 'Europe/Prague',
): Promise<RanBeside> {
	const chains = nodes.map((node) => {
		const { name, type, credential, parameters } = node;
		const settings = { onError: 'continueRegularOutput' } as const;
		return [...fileNodes(node), ours(type, name, credential, parameters, settings)];
	});
	const edges = chains.flatMap((chain) =>
		chain.map(({ name }, index): [string, string] => [chain[index - 1]?.name ?? 'Start', name]),
	);
	// a wait comes back to itself by its first output
	for (const { name, parameters } of nodes) {
		if (parameters.operation === 'wait') edges.push([name, name]);
	}
	const sketches = [manualStart(), ...chains.flat()];
	const title = `Side by side ${randomUUID()}`;
	const { id } = await rest.createWorkflow(workflowOf(title, sketches, edges, { timezone }));
	await rest.run(id, { triggerToStartFrom: { name: 'Start' } });
	const execution = await rest.waitForExecution(id, undefined, 240_000);
	const items = nodes.map(({ name }): [string, INodeExecutionData[]] => [
		name,
		(execution.runData[name]?.[0]?.main ?? []).flatMap((output) => output ?? []),
	]);
	return { execution, items: Object.fromEntries(items) };
}

/** The records of items; the error's words of one that failed. */
export const recordsIn = (items: INodeExecutionData[]): IDataObject[] =>
	items.map(({ json, error }) => (error ? { error: error.message } : json));
