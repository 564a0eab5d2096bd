import { simplify } from '../../../shared/items/fields/commonFields';
import type { OperationBody } from '../../../shared/items/operations';
import { decideTask, openApi } from '../../api';
import { approverSecretField, readSecret, readTaskId, taskIdField } from '../../fields';
import { readSimple, taskOutput } from '../../output';

/** Approve and Reject differ in one word. Appmixer answers once it has called every receiver of the task. */
export const decide = (verb: 'approve' | 'reject'): OperationBody => ({
	access: 'write',
	fields: [taskIdField, simplify],
	options: [approverSecretField],
	prepare(read) {
		const { itemIndex } = read;
		const taskId = readTaskId(this, itemIndex);
		const secret = readSecret(this, itemIndex);
		const simple = readSimple(this, itemIndex);
		return async () =>
			taskOutput(await decideTask(await openApi(this), taskId, verb, secret), simple);
	},
});
