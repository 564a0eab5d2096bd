import type { INodeProperties } from 'n8n-workflow';

import { approve } from './approve.operation';
import { count } from './count.operation';
import { create } from './create.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { reject } from './reject.operation';
import { sendAndWait } from './sendAndWait.operation';
import { update } from './update.operation';

export const operations = { approve, count, create, get, getAll, reject, sendAndWait, update };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['task'] } },
		options: [
			approve.option,
			count.option,
			create.option,
			get.option,
			getAll.option,
			reject.option,
			sendAndWait.option,
			update.option,
		],
		default: 'sendAndWait',
	},
	...sendAndWait.description,
	...create.description,
	...get.description,
	...getAll.description,
	...count.description,
	...update.description,
	...approve.description,
	...reject.description,
];
