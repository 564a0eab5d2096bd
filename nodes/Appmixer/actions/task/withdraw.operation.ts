import { fieldError } from '../../../shared/http/nodeErrors';
import { notice } from '../../../shared/items/fields/makeField';
import { simplify } from '../../../shared/items/fields/runFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { getTask, openApi, updateTask } from '../../api';
import { approverSecretField, taskIdField } from '../../fields';
import { taskOutput } from '../../output';
import { isKnownStatus, toTask } from '../../task';
import { asWithdrawn, isWithdrawn } from '../../withdrawn';

/** Done again it changes nothing: what is marked is left alone. */
export const withdraw: ItemOperation = {
	name: 'Withdraw',
	description: 'Mark an open task as over, because nobody waits for it any more',
	action: 'Withdraw a task',
	access: 'write',
	fields: [
		notice(
			'withdrawNotice',
			'Appmixer cannot cancel a task: this sets it to rejected and puts [Withdrawn] before its title, so that the approver sees that it is over. Appmixer tells nobody: a run that still waits for the task does not hear of it. A decision made at the same moment is overwritten.',
		),
		taskIdField,
		simplify,
	],
	options: [approverSecretField],
	prepare(read) {
		const options = read.options();
		const taskId = read.id(taskIdField);
		const secret = options.ifGiven(approverSecretField, options.text);
		const simple = read.simple();
		return async () => {
			const api = await openApi(this);
			const raw = await getTask(api, taskId, secret);
			const task = toTask(raw);
			if (isWithdrawn(task)) return taskOutput(raw, simple);
			// a word that nobody knows may be a decision
			if (task.decision || !isKnownStatus(task.status)) {
				throw fieldError(
					this.getNode(),
					`Task ${taskId} is already ${task.status ?? 'without a status'}, so there is nothing to withdraw`,
					'Withdraw only tasks that are pending or due, such as those behind No Decision.',
					read.itemIndex,
				);
			}
			const withdrawn = await updateTask(api, taskId, asWithdrawn(task), secret);
			if (isWithdrawn(toTask(withdrawn))) return taskOutput(withdrawn, simple);
			throw fieldError(
				this.getNode(),
				`Task ${taskId} was not withdrawn: Appmixer answered that it is ${String(withdrawn.status)}`,
				'Somebody else may have decided it. Get shows how it stands.',
				read.itemIndex,
			);
		};
	},
};
