import type { N8nRest } from '../../scripts/n8n/rest';

/** Every `resource:operation` that n8n offers of a node of this package, sorted. */
export async function builtOperations(rest: N8nRest, node: string): Promise<string[]> {
	const types = await rest.nodeTypes();
	const type = types.find(({ name }) => name === `n8n-nodes-task-approvals.${node}`);
	if (!type) throw new Error(`n8n does not know the node ${node}`);
	return type.properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions, options = [] }) =>
			(displayOptions?.show?.resource ?? []).flatMap((resource) =>
				options.map((option) => `${String(resource)}:${String(Object(option).value)}`),
			),
		)
		.sort();
}
