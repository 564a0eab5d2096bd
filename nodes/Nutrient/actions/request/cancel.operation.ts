import type { ItemOperation } from '../../../shared/items/operations';
import { cancelRequest } from '../../api';
import { requestField } from '../../locators';

export const cancel: ItemOperation = {
	name: 'Cancel',
	description: 'End a request and its open tasks',
	action: 'Cancel a request',
	access: 'write',
	once: true,
	fields: [requestField],
	prepare(read) {
		const requestId = read.id(requestField);
		return async () => ({
			cancelled: true,
			requestId,
			response: await cancelRequest(this, requestId),
		});
	},
};
