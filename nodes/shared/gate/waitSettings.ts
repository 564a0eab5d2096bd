/** What a wait refuses or tells before anybody waits: settings and wires with which n8n would lose or repeat an answer. */
import type { IExecuteFunctions } from 'n8n-workflow';

import { fieldError } from '../http/nodeErrors';
import type { Way } from './loopWire';
import type { WaitState } from './waitState';

export function refuseSettings(context: IExecuteFunctions): void {
	const node = context.getNode();
	if (/(Tool|HitlTool)$/.test(node.type)) {
		throw fieldError(
			node,
			'An AI agent cannot wait with this operation',
			'A tool has no wire to come back by. Use Request Approval and Wait.',
		);
	}
	if (node.alwaysOutputData !== true) return;
	// n8n puts the item there after a failure, too: then this would be refused again, and again, without an end
	context.getExecuteData().node.alwaysOutputData = false;
	throw fieldError(
		node,
		'Always Output Data cannot be used with this operation',
		'n8n would send an empty item by Check Again and run this node for ever. Turn it off in the Settings tab.',
	);
}

/**
 * A forgotten wire would end the run silently, at the first look (L12); by two the wait would come back twice. Loop Over
 * Items would take the wait for an item that is done. What leaves by another output may not come straight back: this node
 * would run for ever.
 * @param way `null` where the host does not tell
 */
export function refuseWrongWire(context: IExecuteFunctions, way: Way | null): void {
	if (way === null) return;
	const { wires, loop, isShort } = way;
	if (isShort) {
		throw fieldError(
			context.getNode(),
			'Nobody was waited for: another output than Check Again leads straight back to this node',
			'Only Check Again may. To wait for something else after an answer, put the node in between that makes the new task.',
		);
	}
	if (loop !== null) {
		throw fieldError(
			context.getNode(),
			`Nobody was waited for: Check Again leads back through "${loop}"`,
			'It would hand on its next item in place of this wait. Draw the wire from Check Again straight to the input of this same node, and lead the other outputs to the loop.',
		);
	}
	if (wires === 1) return;
	throw fieldError(
		context.getNode(),
		`Nobody was waited for: Check Again leads ${wires === 0 ? 'nowhere' : `back by ${wires} wires`}`,
		'Draw one wire from the output Check Again to the input of this same node. By it the run comes back to look again.',
	);
}

interface Started {
	runExecutionData?: { startData?: { destinationNode?: { nodeName?: string } | string } };
}

/** Execute Step ends the run at the first wake-up, undecided (L13). The host tells no node officially how it was started. */
export function tellExecuteStep(context: IExecuteFunctions): void {
	const { destinationNode } = (context as unknown as Started).runExecutionData?.startData ?? {};
	const name = typeof destinationNode === 'object' ? destinationNode.nodeName : destinationNode;
	if (name !== context.getNode().name) return;
	context.addExecutionHints({
		message:
			'Execute Step does not wait to the end: the run stops at the first look after this one, without an answer. Use Execute Workflow.',
		type: 'warning',
		location: 'outputPane',
	});
}

/** How many looks failed so far. */
export function tellMissed(
	context: IExecuteFunctions,
	{ missed, missedWhy }: Pick<WaitState, 'missed' | 'missedWhy'>,
): void {
	if (missed === 0) return;
	const looks = missed === 1 ? 'One look' : `${missed} looks`;
	context.addExecutionHints({
		message: `${looks} failed so far, and the wait went on. The last time: ${missedWhy ?? ''}`,
		type: 'warning',
		location: 'outputPane',
	});
}
