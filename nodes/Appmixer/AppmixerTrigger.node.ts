import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { optionsField, notice } from '../shared/items/fields/makeField';
import { simplify } from '../shared/items/fields/runFields';
import { eventsField } from '../shared/trigger/events';
import { receiveTask } from './receiveTask';
import { outputsField, triggerOutputs } from './triggerOutputs';
import { stopWatching } from './unwatch';
import { startWatching } from './watch';
import { capField, watchFields } from './watchFields';

export class AppmixerTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Appmixer People Task Trigger',
		name: 'appmixerTrigger',
		icon: { light: 'file:appmixer.svg', dark: 'file:appmixer.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow the moment a task is approved, rejected or due',
		eventTriggerDescription: 'Approve or reject one of the watched tasks in Appmixer',
		activationMessage: 'The tasks that are open now are being watched.',
		defaults: { name: 'Appmixer People Task Trigger' },
		inputs: [],
		outputs: triggerOutputs,
		credentials: [{ name: 'appmixerApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'webhook',
			},
		],
		properties: [
			notice(
				'watchNotice',
				'Watches the tasks that are open when the workflow is published, and those that Create adds with Notify Webhook URL. For any task, whoever makes it, use the Appmixer People Task Polling Trigger.',
			),
			{
				...eventsField,
				options: [
					{ name: 'Approved', value: 'approved' },
					{ name: 'Due', value: 'due', description: 'The date in Decision By has passed' },
					{ name: 'Rejected', value: 'rejected' },
				],
				default: ['approved', 'rejected'],
			},
			...watchFields,
			outputsField,
			simplify,
			optionsField([capField]),
		],
	};

	webhookMethods = {
		default: {
			// always a difference: n8n's memory of what was registered can be wrong after a failed removal
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await startWatching(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				await stopWatching(this);
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveTask(this);
	}
}
