import { type IDataObject, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

import { fieldError } from '../../../shared/http/errors';
import { simplify } from '../../../shared/items/fields/commonFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { openApi, patchTask, type MambuApi } from '../../api';
import { patchFor, updateV1 } from '../../change';
import {
	assigneeField,
	checkDate,
	checkTitle,
	descriptionField,
	dueDateField,
	linkKeyField,
	linkTypeField,
	readAssigneeFrom,
	readLink,
	readTaskId,
	taskIdField,
	titleField,
} from '../../fields';
import { readSimple, taskOutput } from '../../output';
import { assigneeKey } from '../../users';

const optional = (field: INodeProperties): INodeProperties => {
	const copy = { ...field };
	delete copy.required;
	return copy;
};

export const update: ItemOperation = {
	name: 'Update',
	description: 'Change the text, date, assignee or link of a task',
	action: 'Update a task',
	access: 'write',
	fields: [
		taskIdField,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [
				assigneeField,
				descriptionField,
				dueDateField,
				linkKeyField,
				linkTypeField,
				titleField,
			].map(optional),
		},
		simplify,
	],
	async prepare(read) {
		const { itemIndex } = read;
		const api = await openApi(this);
		const taskId = readTaskId(this, itemIndex);
		const simple = readSimple(this, itemIndex);
		const changes = await readChanges(this, api, itemIndex);
		const action = `update task ${taskId}`;
		return async () => {
			const task =
				api.version === 'v1'
					? await updateV1(api, taskId, () => changes, action)
					: await patchTask(api, taskId, await patchFor(api, taskId, changes), action);
			return taskOutput(task, simple);
		};
	},
};

/** Only what was filled in, in Mambu's own names. An empty Description empties it. */
async function readChanges(
	context: IExecuteFunctions,
	api: MambuApi,
	itemIndex: number,
): Promise<IDataObject> {
	const given = context.getNodeParameter('updateFields', itemIndex, {}) as IDataObject;
	const changes: IDataObject = {};
	if (given.title !== undefined) changes.title = checkTitle(context, given.title, itemIndex);
	if (given.description !== undefined) changes.description = String(given.description ?? '');
	if (given.dueDate !== undefined) {
		changes.dueDate = checkDate(context, 'Due Date', given.dueDate, api.version, itemIndex);
	}
	const assignee = readAssigneeFrom(given.assignee);
	if (assignee) changes.assignedUserKey = await assigneeKey(api, assignee);
	Object.assign(changes, readLink(context, given, itemIndex));
	if (Object.keys(changes).length > 0) return changes;
	throw fieldError(
		context.getNode(),
		'There is nothing to update',
		'Add at least one field under Update Fields.',
		itemIndex,
	);
}
