/** Completing a task: its data goes once, and one switch saves it only. */
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { FieldReader } from '../../../shared/items/fields/fieldReader';
import type { OperationBody } from '../../../shared/items/operations';
import type { completeForm } from '../../calls/tasks';
import { switchesOn } from '../../fields';
import { taskField } from '../../locators';

interface Completion {
	data: INodeProperties;
	/** The switch to save only. */
	saveOnly: INodeProperties;
	options?: INodeProperties[];
	complete: typeof completeForm;
	/** Refuses data at once, or in the call before anything is sent. */
	check?(
		read: FieldReader,
		data: IDataObject,
	): (context: IExecuteFunctions, taskId: string) => Promise<void>;
}

export const completion = ({
	data: dataField,
	saveOnly,
	options = [],
	complete,
	check,
}: Completion): OperationBody => ({
	access: 'write',
	once: true,
	fields: [taskField, dataField],
	options: [...options, saveOnly],
	prepare(read) {
		const taskId = read.id(taskField);
		const data = read.record(dataField);
		const query = switchesOn(read.options(), [saveOnly]);
		const checkFirst = check?.(read, data);
		return async () => {
			await checkFirst?.(this, taskId);
			const response = await complete(this, taskId, query, data);
			return { taskId, [saveOnly.name]: false, ...query, response };
		};
	},
});
