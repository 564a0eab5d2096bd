/** Fields that say how an operation runs, the same for every vendor: how much, in which form, how many at once, whether again. */
import type { INodeProperties } from 'n8n-workflow';

export const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

export const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};

export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simple',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

const parallelField = (value: number): INodeProperties => ({
	displayName: 'Items in Parallel',
	name: 'itemsInParallel',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 20 },
	default: value,
	description:
		'How many input items to work on at the same time, 20 at most. The order of the items is kept.',
});

/** Items in Parallel for operations that only read. */
export const parallelReads = parallelField(5);

/** Items in Parallel for operations that change something. */
export const parallelWrites = parallelField(1);

/** For operations that must not be sent twice: the way out after an answer was lost. */
export const repeatUnknown: INodeProperties = {
	displayName: 'I Looked, It Was Not Done',
	name: 'repeatUnknown',
	type: 'string',
	default: '',
	description:
		'The number (ID) of the execution whose answer was lost, to send again all that this node sent there without an answer. First look in the service: what was done would be done twice.',
};
