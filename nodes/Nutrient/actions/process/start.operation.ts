import { simplify } from '../../../shared/items/fields/commonFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { startRequest } from '../../api';
import { given, readId, readObject, readOptionalId, readOptions } from '../../fields';
import { processField } from '../../locators';
import { answerOutput, readSimple, requestOutput } from '../../output';

export const start: ItemOperation = {
	name: 'Start',
	description: 'Start a process: a new request',
	action: 'Start a process',
	access: 'write',
	creates: true,
	fields: [
		processField,
		{
			displayName: 'Request Name',
			name: 'requestName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Purchase of 3 laptops',
			description: 'What the request is called in lists. Empty: as the process names it.',
		},
		{
			displayName: 'Data',
			name: 'data',
			type: 'json',
			default: '{}',
			description:
				'Values as a JSON object, with the keys of the process. To fill in a form, enter its First Task ID in Options.',
		},
		simplify,
	],
	options: [
		{
			displayName: 'First Task ID',
			name: 'firstTaskId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 6c5b4a39-2817-4f06-95e4-d3c2b1a09f65',
			description:
				'The first task that the data is for, as Get Tasks with Only First Tasks returns it (processTaskSid)',
		},
		{
			displayName: 'On Behalf of User ID',
			name: 'clientSid',
			type: 'string',
			default: '',
			description: 'The user that the request is for, when it is not the login',
		},
		{
			displayName: 'Parent Request ID',
			name: 'parentSid',
			type: 'string',
			default: '',
			description: 'The request that this one belongs to',
		},
	],
	prepare(read) {
		const { itemIndex } = read;
		const id = readId(this, 'processId', 'Process', itemIndex);
		const simple = readSimple(this, itemIndex);
		const options = readOptions(this, itemIndex);
		const firstTask = readOptionalId(this, 'First Task ID', options.firstTaskId, itemIndex);
		const data = readObject(this, 'Data', this.getNodeParameter('data', itemIndex, ''), itemIndex);
		const query = given({
			requestName: this.getNodeParameter('requestName', itemIndex, '') as string,
			clientSid: options.clientSid,
			parentSid: options.parentSid,
		});
		return async () => {
			const answer = await startRequest(this, id, firstTask, query, data);
			return requestOutput(answerOutput(answer, 'sid'), simple);
		};
	},
};
