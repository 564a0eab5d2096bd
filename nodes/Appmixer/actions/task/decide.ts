import { toNodeError } from '../../../shared/http/nodeErrors';
import { simplify } from '../../../shared/items/fields/runFields';
import type { OperationBody } from '../../../shared/items/operations';
import { decideTask, openApi } from '../../api';
import { approverSecretField, taskIdField } from '../../fields';
import { taskOutput } from '../../output';
import { tellStanding } from '../../standing';
import { mayApproveOption, refuseOwnApproval, requesterMayApprove } from '../../whoMayApprove';

/** Approve and Reject differ in one word. Appmixer answers once it has called every receiver of the task. */
export const decide = (verb: 'approve' | 'reject'): OperationBody => ({
	access: 'write',
	once: true,
	fields: [taskIdField, simplify],
	options: [approverSecretField, ...(verb === 'approve' ? [mayApproveOption] : [])],
	prepare(read) {
		const options = read.options();
		const taskId = read.id(taskIdField);
		const secret = options.ifGiven(approverSecretField, options.text);
		const simple = read.simple();
		const checks = verb === 'approve' && !requesterMayApprove(this.getNode(), read);
		return async () => {
			const api = await openApi(this);
			if (checks) await refuseOwnApproval(api, taskId, secret, read.itemIndex);
			try {
				return taskOutput(await decideTask(api, taskId, verb, secret), simple);
			} catch (error) {
				await tellStanding(api, taskId, secret, error);
				throw toNodeError(this.getNode(), error, read.itemIndex);
			}
		};
	},
});
