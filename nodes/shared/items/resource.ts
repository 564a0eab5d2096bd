/** Builds what the editor shows of a node's resources from their operations, each of which says itself once. */
import {
	NodeConnectionTypes,
	type IDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { optionsField } from './fields/makeField';
import { parallelReads, parallelWrites, repeatUnknown } from './fields/runFields';
import type { Operation, Resource } from './operations';

/**
 * A resource with its operations. The key of an operation is what workflows store of it, and the name of its file.
 * The operation menu is in alphabetical order, whatever the order here.
 * @param value what workflows store of the resource, and the name of its folder
 * @param name its entry in the resource menu
 * @param first the operation that is chosen when the node is new
 */
export function resource<Name extends string>(
	value: string,
	name: string,
	first: NoInfer<Name>,
	operations: Record<Name, Operation>,
): Resource {
	const entries = Object.entries<Operation>(operations);
	return {
		option: { name, value },
		operations,
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: [value] } },
				options: byName(entries.map(menuEntry)),
				default: first,
			},
			...entries.flatMap(([operation, { fields, ...more }]) =>
				[...fields, ...optionsOf(more)].map((field) =>
					shownFirst({ resource: [value], operation: [operation] }, field),
				),
			),
		],
	};
}

/**
 * A vendor's action node with its one credential, besides what n8n's linter wants to see in its class. The resource
 * menu is in the order given.
 */
export const actionNode = (
	name: string,
	displayName: string,
	resources: Resource[],
	first: string,
) => ({
	name,
	displayName,
	defaults: { name: displayName },
	group: ['transform' as const],
	subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
	version: 1,
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	credentials: [{ name: `${name}Api`, required: true }],
	properties: [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options' as const,
			noDataExpression: true,
			options: resources.map(({ option }) => option),
			default: first,
		},
		...resources.flatMap(({ properties }) => properties),
	],
});

/** Before the field's own conditions: at the first one whose value is an expression n8n shows the field, whatever follows. */
const shownFirst = (show: IDisplayOptions['show'], field: INodeProperties): INodeProperties => ({
	...field,
	displayOptions: {
		...field.displayOptions,
		show: { ...show, ...field.displayOptions?.show },
	},
});

const menuEntry = ([value, operation]: [string, Operation]): INodePropertyOptions => {
	const { name, description, action } = operation;
	return { name, value, description, action };
};

/** The Options of an operation; every one that takes items one by one has Items in Parallel. */
function optionsOf(operation: Pick<Operation, 'access' | 'options'> & { once?: boolean }) {
	const { access, options = [], once } = operation;
	const parallel = { read: [parallelReads], write: [parallelWrites], run: [] }[access];
	const all = [...options, ...parallel, ...(once ? [repeatUnknown] : [])];
	return all.length === 0 ? [] : [optionsField(byName(all))];
}

const labelOf = (entry: INodeProperties | INodePropertyOptions) =>
	'displayName' in entry ? entry.displayName : entry.name;

const byName = <T extends INodeProperties | INodePropertyOptions>(entries: T[]): T[] =>
	[...entries].sort((a, b) => labelOf(a).localeCompare(labelOf(b)));
