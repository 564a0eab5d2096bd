import { simplify } from '../../../shared/items/fields/runFields';
import type { OperationBody } from '../../../shared/items/operations';
import { decideTask, openApi } from '../../api';
import { approverSecretField, taskIdField } from '../../fields';
import { taskOutput } from '../../output';

/** Approve and Reject differ in one word. Appmixer answers once it has called every receiver of the task. */
export const decide = (verb: 'approve' | 'reject'): OperationBody => ({
	access: 'write',
	once: true,
	fields: [taskIdField, simplify],
	options: [approverSecretField],
	prepare(read) {
		const options = read.options();
		const taskId = read.id(taskIdField);
		const secret = options.ifGiven(approverSecretField, options.text);
		const simple = read.simple();
		return async () =>
			taskOutput(await decideTask(await openApi(this), taskId, verb, secret), simple);
	},
});
