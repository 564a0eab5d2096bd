import type { INodeProperties } from 'n8n-workflow';

import { simplify } from '../../../shared/items/fields/runFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { startRequest } from '../../calls/processes';
import { processField } from '../../locators';
import { answerOutput, madeId, requestOutput } from '../../output';
import { wakeUpOptions, withWakeUp } from '../../wakeUpData';

const nameField: INodeProperties = {
	displayName: 'Request Name',
	name: 'requestName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Purchase of 3 laptops',
	description: 'What the request is called in lists. Empty: as the process names it.',
};

const dataField: INodeProperties = {
	displayName: 'Data',
	name: 'data',
	type: 'json',
	default: '{}',
	description:
		'Values as a JSON object, with the keys of the process. To fill in a form, enter its First Task ID in Options.',
};

const firstTaskField: INodeProperties = {
	displayName: 'First Task ID',
	name: 'firstTaskId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 6c5b4a39-2817-4f06-95e4-d3c2b1a09f65',
	description:
		'The first task that the data is for, as Get Tasks with Only First Tasks returns it (processTaskSid)',
};

const clientField: INodeProperties = {
	displayName: 'On Behalf of User ID',
	name: 'clientSid',
	type: 'string',
	default: '',
	description: 'The user that the request is for, when it is not the login',
};

const parentField: INodeProperties = {
	displayName: 'Parent Request ID',
	name: 'parentSid',
	type: 'string',
	default: '',
	description: 'The request that this one belongs to',
};

export const start: ItemOperation = {
	name: 'Start',
	description: 'Start a process: a new request',
	action: 'Start a process',
	access: 'write',
	once: true,
	madeId,
	fields: [processField, nameField, dataField, simplify],
	options: [firstTaskField, clientField, parentField, ...wakeUpOptions],
	async prepare(read) {
		const id = read.id(processField);
		const simple = read.simple();
		const options = read.options();
		const firstTask = options.ifGiven(firstTaskField, options.id);
		const given = read.ifGiven(dataField, read.record) ?? {};
		const query = {
			requestName: read.ifGiven(nameField, read.text),
			clientSid: options.ifGiven(clientField, options.id),
			parentSid: options.ifGiven(parentField, options.id),
		};
		const data = await withWakeUp(this, read, given);
		return async () => {
			const answer = await startRequest(this, id, firstTask, query, data);
			return requestOutput(answerOutput(answer, 'sid'), simple);
		};
	},
};
