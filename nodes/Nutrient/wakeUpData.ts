/** Puts the address that wakes up a wait of this run into the data that a request is started with. */
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { refuseUnreachable, wakeUpUrl } from '../shared/gate/parking';
import { findWaitNode } from '../shared/gate/waitNodes';
import { readOrigin } from '../shared/http/baseUrl';
import type { ItemFields } from '../shared/items/fields/fieldReader';
import { CREDENTIAL } from './api';

const wakeUpField: INodeProperties = {
	displayName: 'Wake-Up URL Field',
	name: 'wakeUpField',
	type: 'string',
	default: '',
	placeholder: 'e.g. n8nUrl',
	description:
		'The key of the data that gets the address which wakes up the waiting node of this workflow. A REST Client task of the process sends a GET there. Who can read the data of the request can do so, too: it decides nothing. A Wait node of n8n in the same run that waits for a call could be resumed by it.',
};

const waitNodeField: INodeProperties = {
	displayName: 'Wait Node',
	name: 'waitNode',
	type: 'string',
	default: '',
	placeholder: 'e.g. Wait for Manager',
	description:
		'The name of the Nutrient node that waits, where the workflow has several. For Wake-Up URL Field.',
};

export const wakeUpOptions = [wakeUpField, waitNodeField];

/**
 * Reads what is to be added to the data of one item.
 * @throws when there is no such node, or the data has a value there already
 */
export async function withWakeUp(
	context: IExecuteFunctions,
	read: ItemFields,
	data: IDataObject,
): Promise<IDataObject> {
	const options = read.options();
	const key = options.ifGiven(wakeUpField, options.text);
	if (key === undefined) return data;
	if (Object.hasOwn(data, key)) {
		throw read.error(
			`Data has a value in "${key}" already`,
			`Remove it, or enter another key under ${wakeUpField.displayName}.`,
		);
	}
	const { itemIndex } = read;
	const name = options.ifGiven(waitNodeField, options.text);
	const { id } = findWaitNode(context, { name, field: waitNodeField.displayName, itemIndex });
	const url = wakeUpUrl(context, id);
	const { baseUrl } = await context.getCredentials(CREDENTIAL, itemIndex);
	refuseUnreachable(context, url, readOrigin(baseUrl), itemIndex);
	return { ...data, [key]: url };
}
