import {
	updateDisplayOptions,
	type IDataObject,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { optionsField, parallelWrites } from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { cancelRequest } from '../../api';
import { readId } from '../../fields';
import { requestField } from '../../locators';

const option: INodePropertyOptions = {
	name: 'Cancel',
	value: 'cancel',
	description: 'End a request and its open tasks',
	action: 'Cancel a request',
};

const properties: INodeProperties[] = [requestField, optionsField([parallelWrites])];

export const cancel: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['request'], operation: ['cancel'] } },
		properties,
	),
	access: 'write',
	prepare(itemIndex) {
		const requestId = readId(this, 'requestId', 'Request', itemIndex);
		return async () => {
			const response = (await cancelRequest(this, requestId)) as IDataObject | null;
			return { cancelled: true, requestId, response };
		};
	},
};
