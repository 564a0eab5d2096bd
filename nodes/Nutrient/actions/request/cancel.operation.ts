import { type IDataObject } from 'n8n-workflow';

import type { ItemOperation } from '../../../shared/items/operations';
import { cancelRequest } from '../../api';
import { readId } from '../../fields';
import { requestField } from '../../locators';

export const cancel: ItemOperation = {
	name: 'Cancel',
	description: 'End a request and its open tasks',
	action: 'Cancel a request',
	access: 'write',
	fields: [requestField],
	prepare(read) {
		const { itemIndex } = read;
		const requestId = readId(this, 'requestId', 'Request', itemIndex);
		return async () => {
			const response = (await cancelRequest(this, requestId)) as IDataObject | null;
			return { cancelled: true, requestId, response };
		};
	},
};
