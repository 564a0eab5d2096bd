import type { INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';

import { eventsField } from '../shared/trigger/events';
import { pollingNode } from '../shared/trigger/pollingNode';
import { optionsField, notice } from '../shared/items/fields/makeField';
import { feedFields, simplifyField } from './fields';
import { dueSoonField, ignoredFieldsField, pollAffinitext } from './poll';

export class AffinitextTrigger implements INodeType {
	description: INodeTypeDescription = {
		...pollingNode('affinitextTrigger', 'Affinitext Trigger', 'affinitextApi'),
		icon: { light: 'file:affinitext.svg', dark: 'file:affinitext.dark.svg' },
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description:
			'Starts the workflow when a task in Affinitext is new, changed, gone or near its target date',
		properties: [
			notice(
				'identityNotice',
				'Compares the whole list of tasks with that of the poll before. Affinitext has not published its fields: if no ID field is found, a changed task appears as one that disappeared and a new one, and Changed, Completed and Status Changed never fire. Name the field in the option ID Field then.',
			),
			{
				...eventsField,
				options: [
					{
						name: 'Changed',
						value: 'changed',
						description: 'Anything in the task is different. Needs an ID field.',
					},
					{
						name: 'Completed',
						value: 'completed',
						description:
							'The status is one known to mean that the work is done. Needs an ID field.',
					},
					{
						name: 'Disappeared',
						value: 'disappeared',
						description:
							'Deleted, or the Task API User has no part in it any more. Gives ID, title and last status only.',
					},
					{
						name: 'New',
						value: 'new',
						description: 'Also a task that had disappeared and is back',
					},
					{
						name: 'Status Changed',
						value: 'statusChanged',
						description: 'Instead of Changed for the same change. Needs an ID field.',
					},
					{ name: 'Target Date Near', value: 'dueSoon' },
					{ name: 'Target Date Passed', value: 'overdue' },
				],
				default: ['new', 'changed'],
			},
			dueSoonField,
			simplifyField,
			optionsField([...feedFields, ignoredFieldsField]),
		],
	};

	async poll(this: IPollFunctions) {
		return await pollAffinitext(this);
	}
}
