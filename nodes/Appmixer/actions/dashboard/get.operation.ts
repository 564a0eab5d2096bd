import type { ItemOperation } from '../../../shared/items/operations';
import { dashboardUrl, openApi } from '../../api';

export const get: ItemOperation = {
	name: 'Get',
	description: 'Retrieve the address where people open their tasks',
	action: 'Get the dashboard',
	access: 'read',
	fields: [],
	prepare(read) {
		return async () => {
			const url = await dashboardUrl(await openApi(this));
			if (url) return { dashboardUrl: url };
			throw read.error(
				'This Appmixer tenant has no People Task dashboard',
				'An administrator sets "dashboardUrl" in the configuration of the Tasks connector. Servers before 5.1 have none.',
			);
		};
	},
};
