import { fieldError } from '../../../shared/http/errors';
import type { ItemOperation } from '../../../shared/items/operations';
import { openApi, registerWebhook } from '../../api';
import { readTaskId, readText, taskIdField } from '../../fields';

export const create: ItemOperation = {
	name: 'Create',
	description: 'Have Appmixer call a URL when a task is decided or due',
	action: 'Create a webhook',
	access: 'write',
	fields: [
		{
			displayName:
				'Appmixer calls the URL once, unsigned, at the next change of status. To start a workflow use the Appmixer People Task Trigger; to wait, use Request Approval and Wait.',
			name: 'webhookNotice',
			type: 'notice',
			default: '',
		},
		taskIdField,
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://example.com/decided',
			description: 'The address that Appmixer posts the task to',
		},
	],
	prepare(read) {
		const { itemIndex } = read;
		const taskId = readTaskId(this, itemIndex);
		const url = readText(this, 'url', 'URL', itemIndex);
		if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
			throw fieldError(
				this.getNode(),
				`URL "${url}" is not a web address`,
				'Start it with https://.',
				itemIndex,
			);
		}
		return async () => await registerWebhook(await openApi(this), taskId, url);
	},
};
