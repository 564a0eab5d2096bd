import type { INodeProperties } from 'n8n-workflow';

import { download } from './download.operation';
import { upload } from './upload.operation';

export const operations = { download, upload };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['file'] } },
		options: [download.option, upload.option],
		default: 'download',
	},
	...download.description,
	...upload.description,
];
