import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import {
	limit,
	optionsField,
	parallelReads,
	returnAll,
	simplify,
} from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { take } from '../../../shared/http/paging';
import { taskSite } from '../../api';
import { readCount } from '../../fields';
import { listActivities } from '../../listActivities';
import { activityOutput, readSimple } from '../../output';
import { activityFilters, readActivityQuery } from '../../query';

const option: INodePropertyOptions = {
	name: 'Get Many',
	value: 'getAll',
	description: 'Retrieve activities of the client domain',
	action: 'Get many activities',
};

const properties: INodeProperties[] = [
	returnAll,
	limit,
	activityFilters,
	simplify,
	optionsField([parallelReads]),
];

export const getAll: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['activity'], operation: ['getAll'] } },
		properties,
	),
	access: 'read',
	prepare(itemIndex) {
		const count = readCount(this, itemIndex);
		const simple = readSimple(this, itemIndex);
		const query = readActivityQuery(this, itemIndex);
		return async () => {
			const site = await taskSite(this);
			const activities = await take(listActivities(this, query, count), count);
			return activities.map((raw) => activityOutput(raw, simple, site));
		};
	},
};
