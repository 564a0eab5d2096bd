import type { INodeProperties } from 'n8n-workflow';

import type { ItemOperation } from '../../../shared/items/operations';
import { deleteWebhook, openApi } from '../../api';

const webhookIdField: INodeProperties = {
	displayName: 'Webhook ID',
	name: 'webhookId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 5b3f4a2e-6e0f-4c0b-9a52-2f7f7d1f0c11',
	description: 'The ID that Create returned; Appmixer has no list of webhooks',
};

export const deleteOperation: ItemOperation = {
	name: 'Delete',
	description: 'Stop Appmixer from calling a URL',
	action: 'Delete a webhook',
	access: 'write',
	fields: [webhookIdField],
	prepare(read) {
		const webhookId = read.id(webhookIdField);
		return async () => {
			await deleteWebhook(await openApi(this), webhookId);
			return { deleted: true };
		};
	},
};
