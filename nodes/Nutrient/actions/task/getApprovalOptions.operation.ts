import { simplify } from '../../../shared/items/fields/runFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { readApproval } from '../../calls/tasks';
import { taskField } from '../../locators';
import { readOf } from '../../readOf';
import { approvalLabels, isRecord } from '../../readWire';

export const getApprovalOptions: ItemOperation = {
	name: 'Get Approval Options',
	description: 'Retrieve what a person may choose from in an approval',
	action: 'Get the options of an approval',
	...readOf(
		taskField,
		async (context, taskId, { simple }) => {
			const answer = await readApproval(context, taskId);
			if (simple) return { taskId, options: approvalLabels(answer) };
			return isRecord(answer) ? answer : { options: answer };
		},
		[simplify],
	),
};
