import type { IDataObject } from 'n8n-workflow';

import { updateFieldsCollection } from '../../../shared/items/fields/makeField';
import { simplify } from '../../../shared/items/fields/runFields';
import type { FieldReader } from '../../../shared/items/fields/fieldReader';
import { filledChanges } from '../../../shared/items/fields/filled';
import type { ItemOperation } from '../../../shared/items/operations';
import { openApi, patchTask, type MambuApi } from '../../api';
import { patchFor, updateV1 } from '../../change';
import {
	assigneeField,
	dateFor,
	descriptionField,
	dueDateField,
	linkKeyField,
	linkTypeField,
	readAssignee,
	readLink,
	readTitle,
	taskIdField,
	titleField,
} from '../../fields';
import { taskOutput } from '../../output';
import { assigneeKey } from '../../users';

export const update: ItemOperation = {
	name: 'Update',
	description: 'Change the text, date, assignee or link of a task',
	action: 'Update a task',
	access: 'write',
	fields: [
		taskIdField,
		updateFieldsCollection([
			assigneeField,
			descriptionField,
			dueDateField,
			linkKeyField,
			linkTypeField,
			titleField,
		]),
		simplify,
	],
	async prepare(read) {
		const api = await openApi(this);
		const taskId = read.id(taskIdField);
		const simple = read.simple();
		const changes = await readChanges(api, read.within('updateFields'), this.getTimezone());
		const action = `update task ${taskId}`;
		return async () => {
			const task =
				api.version === 'v1'
					? await updateV1(api, taskId, () => changes, action)
					: await patchTask(
							api,
							taskId,
							await patchFor(api, taskId, changes),
							action,
							read.itemIndex,
						);
			return taskOutput(task, simple);
		};
	},
};

/** Only what was filled in, in Mambu's own names. An empty Description empties it. */
async function readChanges(
	api: MambuApi,
	given: FieldReader,
	timezone: string,
): Promise<IDataObject> {
	const fields = {
		title: given.ifSet(titleField, readTitle(given)),
		description: given.ifSet(descriptionField, given.written),
		dueDate: given.ifSet(dueDateField, dateFor(api.version, given, timezone)),
	};
	const link = readLink(given);
	const assignee = readAssignee(given);
	const assignedUserKey = assignee ? await assigneeKey(api, assignee) : undefined;
	return filledChanges(given, { ...fields, assignedUserKey, ...link });
}
