import type { INodePropertyOptions } from 'n8n-workflow';

import { engine } from './engine';

/** `resource:operation` of everything a built action node does, sorted. */
export async function operationsOf(action: string): Promise<string[]> {
	await engine.packageLoaded();
	return engine
		.nodeTypeOf(action)
		.description.properties.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions, options }) =>
			(options as INodePropertyOptions[]).map(
				({ value }) => `${String(displayOptions?.show?.resource?.[0])}:${String(value)}`,
			),
		)
		.sort();
}
