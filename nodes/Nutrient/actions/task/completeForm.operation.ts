import type { ItemOperation } from '../../../shared/items/operations';
import { completeForm as sendForm } from '../../calls/tasks';
import { completion } from './complete';

export const completeForm: ItemOperation = {
	name: 'Complete Form',
	description: 'Fill in the form of a task and submit it',
	action: 'Complete a form',
	...completion({
		data: {
			displayName: 'Form Data',
			name: 'data',
			type: 'json',
			required: true,
			default: '{}',
			description:
				'A JSON object that is sent as it is. Its shape depends on the version: see /workflow/admin/api-index on your host. Dates go as YYYY-MM-DD, several choices joined with |.',
		},
		saveOnly: {
			displayName: 'Save as Draft',
			name: 'isDraft',
			type: 'boolean',
			default: false,
			description: 'Whether to save only, and leave the task open',
		},
		complete: sendForm,
	}),
};
