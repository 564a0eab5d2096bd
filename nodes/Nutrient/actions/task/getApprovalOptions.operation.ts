import { type IDataObject } from 'n8n-workflow';

import { simplify } from '../../../shared/items/fields/commonFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { readApproval } from '../../api';
import { readId } from '../../fields';
import { taskField } from '../../locators';
import { readSimple } from '../../output';
import { approvalLabels, isRecord } from '../../readWire';

export const getApprovalOptions: ItemOperation = {
	name: 'Get Approval Options',
	description: 'Retrieve what a person may choose from in an approval',
	action: 'Get the options of an approval',
	access: 'read',
	fields: [taskField, simplify],
	prepare(read) {
		const { itemIndex } = read;
		const taskId = readId(this, 'taskId', 'Task', itemIndex);
		const simple = readSimple(this, itemIndex);
		return async () => {
			const answer = await readApproval(this, taskId);
			if (simple) return { taskId, options: approvalLabels(answer) };
			return isRecord(answer) ? answer : { options: answer as IDataObject[] };
		};
	},
};
