import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { fieldError } from '../../../shared/http/errors';
import { optionsField, parallelReads } from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { dashboardUrl, openApi } from '../../api';

const option: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	description: 'Retrieve the address where people open their tasks',
	action: 'Get the dashboard',
};

const properties: INodeProperties[] = [optionsField([parallelReads])];

export const get: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['dashboard'], operation: ['get'] } },
		properties,
	),
	access: 'read',
	prepare(itemIndex) {
		return async () => {
			const url = await dashboardUrl(await openApi(this));
			if (url) return { dashboardUrl: url };
			throw fieldError(
				this.getNode(),
				'This Appmixer tenant has no People Task dashboard',
				'An administrator sets "dashboardUrl" in the configuration of the Tasks connector. Servers before 5.1 have none.',
				itemIndex,
			);
		};
	},
};
