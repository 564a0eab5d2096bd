import type { ItemOperation } from '../../../shared/items/operations';
import { listRequestFiles } from '../../api';
import { readId } from '../../fields';
import { requestField } from '../../locators';

export const getFiles: ItemOperation = {
	name: 'Get Files',
	description: 'Retrieve the names and links of the files of a request',
	action: 'Get the files of a request',
	access: 'read',
	fields: [
		requestField,
		{
			displayName: 'To get a file itself, give its downloadLink to File > Download',
			name: 'downloadNotice',
			type: 'notice',
			default: '',
		},
	],
	prepare(read) {
		const { itemIndex } = read;
		const id = readId(this, 'requestId', 'Request', itemIndex);
		return async () => await listRequestFiles(this, id);
	},
};
