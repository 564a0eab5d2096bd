import { setFields, type NodeSketch } from './workflowOf';

/** Two nodes, List and Items: the second gives these items, whatever comes into the first. */
export const itemsOf = (list: Array<Record<string, unknown>>): NodeSketch[] => [
	setFields('List', { list }),
	{
		name: 'Items',
		type: 'n8n-nodes-base.splitOut',
		parameters: { fieldToSplitOut: 'list', options: {} },
	},
];
