import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { optionsField, parallelReads } from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { listRequestFiles } from '../../api';
import { readId } from '../../fields';
import { requestField } from '../../locators';

const option: INodePropertyOptions = {
	name: 'Get Files',
	value: 'getFiles',
	description: 'Retrieve the names and links of the files of a request',
	action: 'Get the files of a request',
};

const properties: INodeProperties[] = [
	requestField,
	{
		displayName: 'To get a file itself, give its downloadLink to File > Download',
		name: 'downloadNotice',
		type: 'notice',
		default: '',
	},
	optionsField([parallelReads]),
];

export const getFiles: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['request'], operation: ['getFiles'] } },
		properties,
	),
	access: 'read',
	prepare(itemIndex) {
		const id = readId(this, 'requestId', 'Request', itemIndex);
		return async () => await listRequestFiles(this, id);
	},
};
