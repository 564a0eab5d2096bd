import type { INodeProperties } from 'n8n-workflow';

import { notice } from '../../../shared/items/fields/makeField';
import type { ItemOperation } from '../../../shared/items/operations';
import { openApi, registerWebhook } from '../../api';
import { taskIdField, toWebAddress } from '../../fields';

const urlField: INodeProperties = {
	displayName: 'URL',
	name: 'url',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://example.com/decided',
	description: 'The address that Appmixer posts the task to',
};

export const create: ItemOperation = {
	name: 'Create',
	description: 'Have Appmixer call a URL when a task is decided or due',
	action: 'Create a webhook',
	access: 'write',
	once: true,
	fields: [
		notice(
			'webhookNotice',
			'Appmixer calls the URL once, unsigned, at the next change of status. To start a workflow use the Appmixer People Task Trigger; to wait, use Request Approval and Wait.',
		),
		taskIdField,
		urlField,
	],
	prepare(read) {
		const taskId = read.id(taskIdField);
		const url = read.as(urlField, 'a web address', toWebAddress, 'Start it with https://.');
		return async () => await registerWebhook(await openApi(this), taskId, url);
	},
};
