import { simplify } from '../../../shared/items/fields/runFields';
import type { OperationBody } from '../../../shared/items/operations';
import { openApi, patchTask } from '../../api';
import { updateV1 } from '../../change';
import { completionDateField, dateFor, taskIdField, toV1Date, wrongVersion } from '../../fields';
import { taskOutput } from '../../output';
import type { MambuTask } from '../../task';

const isCompleted = ({ status }: Pick<MambuTask, 'status'>) => status === 'COMPLETED';

/** Complete and Reopen differ in the status, and in that only a completed task has a date. */
export const setStatus = (
	verb: 'complete' | 'reopen',
	status: 'COMPLETED' | 'OPEN',
): OperationBody => ({
	access: 'write',
	fields: [taskIdField, simplify],
	async prepare(read) {
		const api = await openApi(this);
		const taskId = read.id(taskIdField);
		const simple = read.simple();
		const action = `${verb} task ${taskId}`;
		const options = read.options();
		if (api.version === 'v2') {
			if (options.has(completionDateField)) throw wrongVersion(read, 'Completion Date', 'V1');
			const change = { op: 'REPLACE' as const, path: '/status', value: status };
			return async () =>
				taskOutput(await patchTask(api, taskId, [change], action, read.itemIndex), simple);
		}
		const timezone = this.getTimezone();
		const given = options.ifGiven(completionDateField, dateFor('v1', options, timezone));
		const completionDate = isCompleted({ status })
			? (given ?? toV1Date(new Date(), timezone))
			: undefined;
		// a second try must not move the date
		const changesTo = (known: MambuTask) =>
			isCompleted(known) === isCompleted({ status }) ? null : { status, completionDate };
		return async () => taskOutput(await updateV1(api, taskId, changesTo, action), simple);
	},
});
