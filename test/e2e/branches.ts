/** What comes after a gate: per output a node that reads the file and one that writes down what it sees. */
import type { INodeExecutionData } from 'n8n-workflow';

import type { Execution } from '../../scripts/n8n/executions';
import type { NodeSketch } from './workflowOf';

export const OUTPUTS = {
	single: ['After'],
	perDecision: ['No Decision', 'Approved', 'Rejected'],
};

const SEEN = `={{ {
	outcome: $json.outcome, approved: $json.approved, file: $json.text,
	item: $('Form').item?.json.query.n ?? null, first: $('Form').first().json.query.n,
	itemFile: $('Form').item?.binary?.data?.mimeType ?? null,
} }}`;

const reader = (output: string): NodeSketch => ({
	name: `Read ${output}`,
	type: 'n8n-nodes-base.extractFromFile',
	parameters: {
		operation: 'text',
		binaryPropertyName: 'data',
		destinationKey: 'text',
		options: { keepSource: 'json' },
	},
});

const witness = (output: string): NodeSketch => ({
	name: output,
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: { mode: 'raw', jsonOutput: SEEN, options: {} },
});

/** Nodes and edges behind every output of the node Ask, Form before it. */
export function branches(outputs: keyof typeof OUTPUTS) {
	const names = OUTPUTS[outputs];
	const edges: Array<[string, string, number?]> = [['Form', 'Ask']];
	names.forEach((name, index) =>
		edges.push(['Ask', `Read ${name}`, index], [`Read ${name}`, name]),
	);
	return { nodes: names.flatMap((name) => [reader(name), witness(name)]), edges };
}

/** The branches that ran, with what their last node saw. */
export function seen({ runData }: Execution): Record<string, unknown> {
	const last = Object.values(OUTPUTS).flat();
	return Object.fromEntries(
		last
			.filter((name) => runData[name])
			.map((name) => [
				name,
				runData[name].flatMap(({ main }) => main.flat()).map((item) => item.json),
			]),
	);
}

/** What the node Ask gave, output by output, in its last run. */
export const given = ({ runData }: Execution): INodeExecutionData[][] =>
	runData.Ask.at(-1)?.main ?? [];
