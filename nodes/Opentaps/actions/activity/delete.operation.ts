import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { optionsField, parallelWrites } from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { deleteActivity } from '../../api';
import { activityIdField, readId } from '../../fields';

const option: INodePropertyOptions = {
	name: 'Delete',
	value: 'delete',
	description: 'Delete an activity or a task',
	action: 'Delete an activity',
};

const properties: INodeProperties[] = [activityIdField, optionsField([parallelWrites])];

export const deleteOperation: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['activity'], operation: ['delete'] } },
		properties,
	),
	access: 'write',
	prepare(itemIndex) {
		const activityId = readId(this, 'activityId', 'Activity', itemIndex);
		return async () => {
			await deleteActivity(this, activityId);
			return { deleted: true };
		};
	},
};
