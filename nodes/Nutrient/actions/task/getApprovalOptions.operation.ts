import {
	updateDisplayOptions,
	type IDataObject,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { optionsField, parallelReads, simplify } from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { readApproval } from '../../api';
import { readId } from '../../fields';
import { taskField } from '../../locators';
import { readSimple } from '../../output';
import { approvalLabels, isRecord } from '../../readWire';

const option: INodePropertyOptions = {
	name: 'Get Approval Options',
	value: 'getApprovalOptions',
	description: 'Retrieve what a person may choose from in an approval',
	action: 'Get the options of an approval',
};

const properties: INodeProperties[] = [taskField, simplify, optionsField([parallelReads])];

export const getApprovalOptions: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['task'], operation: ['getApprovalOptions'] } },
		properties,
	),
	access: 'read',
	prepare(itemIndex) {
		const taskId = readId(this, 'taskId', 'Task', itemIndex);
		const simple = readSimple(this, itemIndex);
		return async () => {
			const answer = await readApproval(this, taskId);
			if (simple) return { taskId, options: approvalLabels(answer) };
			return isRecord(answer) ? answer : { options: answer as IDataObject[] };
		};
	},
};
