import type { INodeProperties } from 'n8n-workflow';

import { simplify } from '../../shared/items/fields/runFields';
import type { ItemFields } from '../../shared/items/fields/fieldReader';
import type { OperationBody } from '../../shared/items/operations';
import { updateRecord, type Form } from '../api';
import { activityIdField, taskIdField } from '../fields';
import { writtenOutput } from '../output';

const ID_FIELDS = { activity: activityIdField, task: taskIdField };

/** Operations that change a record differ in what they change. */
export const change = (
	kind: 'activity' | 'task',
	verb: 'update' | 'complete',
	fields: INodeProperties[],
	changesOf: (read: ItemFields) => Form,
): OperationBody => ({
	access: 'write',
	fields: [ID_FIELDS[kind], ...fields, simplify],
	prepare(read) {
		const id = read.id(ID_FIELDS[kind]);
		const simple = read.simple();
		const changes = changesOf(read);
		return async () => {
			const raw = await updateRecord(this, kind, id, changes, verb);
			return await writtenOutput(this, kind, simple, { _id: id, ...changes }, raw);
		};
	},
});
