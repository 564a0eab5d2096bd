import { notice } from '../../../shared/items/fields/makeField';
import type { ItemOperation } from '../../../shared/items/operations';
import { listRequestFiles } from '../../api';
import { requestField } from '../../locators';
import { readOf } from '../../readOf';

export const getFiles: ItemOperation = {
	name: 'Get Files',
	description: 'Retrieve the names and links of the files of a request',
	action: 'Get the files of a request',
	...readOf(requestField, listRequestFiles, [
		notice('downloadNotice', 'To get a file itself, give its downloadLink to File > Download'),
	]),
};
