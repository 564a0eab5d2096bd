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
import { readTagActivities, taskSite } from '../../api';
import { readCount, readId, tagIdField } from '../../fields';
import { activityOutput, readSimple } from '../../output';

const option: INodePropertyOptions = {
	name: 'Get Activities',
	value: 'getActivities',
	description: 'Retrieve the activities and tasks that carry a tag',
	action: 'Get activities of a tag',
};

const properties: INodeProperties[] = [
	tagIdField,
	returnAll,
	limit,
	simplify,
	optionsField([parallelReads]),
];

export const getActivities: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['tag'], operation: ['getActivities'] } },
		properties,
	),
	access: 'read',
	prepare(itemIndex) {
		const tagId = readId(this, 'tagId', 'Tag', itemIndex);
		const count = readCount(this, itemIndex);
		const simple = readSimple(this, itemIndex);
		return async () => {
			const site = await taskSite(this);
			const activities = await readTagActivities(this, tagId);
			return activities.slice(0, count).map((raw) => activityOutput(raw, simple, site));
		};
	},
};
