import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { optionsField, parallelWrites, simplify } from '../../../shared/items/fields/common';
import type { PreparedCall } from '../../../shared/items/operations';
import { decideTask, openApi } from '../../api';
import { approverSecretField, readSecret, readTaskId, taskIdField } from '../../fields';
import { readSimple, taskOutput } from '../../output';

/** Fields of Approve and Reject. */
export const decisionProperties: INodeProperties[] = [
	taskIdField,
	simplify,
	optionsField([approverSecretField, parallelWrites]),
];

/** Approve and Reject differ in one word. Appmixer answers once it has called every receiver of the task. */
export function prepareDecision(
	context: IExecuteFunctions,
	itemIndex: number,
	verb: 'approve' | 'reject',
): PreparedCall {
	const taskId = readTaskId(context, itemIndex);
	const secret = readSecret(context, itemIndex);
	const simple = readSimple(context, itemIndex);
	return async () =>
		taskOutput(await decideTask(await openApi(context), taskId, verb, secret), simple);
}
