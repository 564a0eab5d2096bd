import { type IDataObject } from 'n8n-workflow';

import type { ItemOperation } from '../../../shared/items/operations';
import { completeForm as sendForm } from '../../api';
import { readId, readObject, readOptions } from '../../fields';
import { taskField } from '../../locators';

export const completeForm: ItemOperation = {
	name: 'Complete Form',
	description: 'Fill in the form of a task and submit it',
	action: 'Complete a form',
	access: 'write',
	fields: [
		taskField,
		{
			displayName: 'Form Data',
			name: 'data',
			type: 'json',
			required: true,
			default: '{}',
			description:
				'A JSON object that is sent as it is. Its shape depends on the version: see /workflow/admin/api-index on your host. Dates go as YYYY-MM-DD, several choices joined with |.',
		},
	],
	options: [
		{
			displayName: 'Save as Draft',
			name: 'isDraft',
			type: 'boolean',
			default: false,
			description: 'Whether to save only, and leave the task open',
		},
	],
	prepare(read) {
		const { itemIndex } = read;
		const taskId = readId(this, 'taskId', 'Task', itemIndex);
		const value = this.getNodeParameter('data', itemIndex, '');
		const data = readObject(this, 'Form Data', value, itemIndex);
		const isDraft = readOptions(this, itemIndex).isDraft === true;
		return async () => {
			const answer = await sendForm(this, taskId, isDraft ? { isDraft } : {}, data);
			return { taskId, isDraft, response: answer as IDataObject | null };
		};
	},
};
