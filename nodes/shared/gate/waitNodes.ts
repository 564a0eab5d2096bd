/** Finds the node that a run will wait in, for who hands out its address before it is reached. */
import type { IExecuteFunctions, INode, INodes, NodeOperationError } from 'n8n-workflow';

import { fieldError } from '../http/nodeErrors';

/** The host shows it to no node officially; 2.40 has it on the context. */
interface Shown {
	workflow?: { nodes?: INodes };
}

const unnamed = (type: string) => type.replace(/Tool$/, '');

/**
 * The node of this workflow and this type that waits.
 * @param name which one, where there are several
 * @param field what asks for the name, as the panel calls it
 */
export function findWaitNode(
	context: IExecuteFunctions,
	{ name, field, itemIndex }: { name?: string; field: string; itemIndex: number },
): INode {
	const node = context.getNode();
	const { nodes } = (context as unknown as Shown).workflow ?? {};
	const refusal = (why: string, advice: string): NodeOperationError =>
		fieldError(node, why, advice, itemIndex);
	if (!nodes) {
		throw refusal(
			'This n8n does not show a node which others there are',
			`The address to wake up a wait cannot be made. Remove ${field}: the wait looks by the clock.`,
		);
	}
	const waiting = Object.values(nodes).filter(
		({ type, disabled, parameters }) =>
			unnamed(type) === unnamed(node.type) && disabled !== true && parameters.operation === 'wait',
	);
	const named = waiting.filter((one) => name === undefined || one.name === name);
	if (named.length === 1) return named[0];
	const names = waiting.map((one) => `"${one.name}"`).join(', ');
	throw refusal(
		name === undefined && named.length > 1
			? `${named.length} nodes of this workflow wait`
			: `No node of this workflow waits${name === undefined ? '' : ` and is called "${name}"`}`,
		names === ''
			? 'Add a node of this kind that waits, behind this one.'
			: `Enter one of them under ${field}: ${names}.`,
	);
}
