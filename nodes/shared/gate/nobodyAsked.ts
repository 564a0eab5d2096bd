/** Says first what matters most of a gate that refuses: that it is safe to change it and start again. */
import { NodeOperationError, type INode } from 'n8n-workflow';

import { fieldError } from '../http/nodeErrors';

/** What a gate throws before it has asked anybody. */
export const nobodyAsked = (
	node: INode,
	why: string,
	advice: string,
	itemIndex = 0,
): NodeOperationError => fieldError(node, `Nobody was asked: ${why}`, advice, itemIndex);
