import { type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { fieldError } from '../../../shared/http/errors';
import type { ItemOperation } from '../../../shared/items/operations';
import { completeContainer, readContainerKeys } from '../../api';
import { readId, readObject, readOptions } from '../../fields';
import { taskField } from '../../locators';

export const completeDataContainer: ItemOperation = {
	name: 'Complete Data Container',
	description: 'Give a waiting data container its values, so that the request goes on',
	action: 'Complete a data container',
	access: 'write',
	fields: [
		taskField,
		{
			displayName: 'Data',
			name: 'data',
			type: 'json',
			required: true,
			default: '{}',
			placeholder: 'e.g. { "orderNumber": "A-17", "amount": 120.5 }',
			description:
				'A flat JSON object: one value per key of the data container. For a file, upload it first and give its SID.',
		},
	],
	options: [
		{
			displayName: 'Check Keys',
			name: 'checkKeys',
			type: 'boolean',
			default: true,
			description:
				'Whether to read the keys of the data container first: Nutrient drops unknown ones without a word',
		},
		{
			displayName: 'Save Only',
			name: 'saveOnly',
			type: 'boolean',
			default: false,
			description: 'Whether to save only, and leave the task open',
		},
	],
	prepare(read) {
		const { itemIndex } = read;
		const taskId = readId(this, 'taskId', 'Task', itemIndex);
		const data = readFlat(this, itemIndex);
		const { checkKeys, saveOnly } = readOptions(this, itemIndex);
		const query = saveOnly === true ? { saveOnly } : {};
		return async () => {
			if (checkKeys !== false && Object.keys(data).length > 0) {
				refuseUnknown(this, taskId, data, await readContainerKeys(this, taskId), itemIndex);
			}
			const answer = await completeContainer(this, taskId, query, data);
			return { taskId, saveOnly: saveOnly === true, response: answer as IDataObject | null };
		};
	},
};

function readFlat(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const data = readObject(
		context,
		'Data',
		context.getNodeParameter('data', itemIndex, ''),
		itemIndex,
	);
	const nested = Object.keys(data).find((key) => typeof data[key] === 'object' && data[key]);
	if (nested === undefined) return data;
	const hint = 'Give one text, number or date per key.';
	throw fieldError(context.getNode(), `Data has no plain value in "${nested}"`, hint, itemIndex);
}

/** Keys that cannot be read are not checked. */
function refuseUnknown(
	context: IExecuteFunctions,
	taskId: string,
	data: IDataObject,
	known: string[] | null,
	itemIndex: number,
): void {
	const unknown = Object.keys(data).filter((key) => known !== null && !known.includes(key));
	if (known === null || unknown.length === 0) return;
	throw fieldError(
		context.getNode(),
		`Task ${taskId} has no key ${unknown.map((key) => `"${key}"`).join(', ')}; nothing was sent`,
		`Its keys are ${known.map((key) => `"${key}"`).join(', ') || 'none'}. Nutrient would drop the others without a word; to let it, turn off Check Keys.`,
		itemIndex,
	);
}
