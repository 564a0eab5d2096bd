import type { INodeProperties } from 'n8n-workflow';

import { approve } from './approve.operation';
import { completeDataContainer } from './completeDataContainer.operation';
import { completeForm } from './completeForm.operation';
import { decide } from './decide.operation';
import { getAll } from './getAll.operation';
import { getApprovalOptions } from './getApprovalOptions.operation';
import { reassign } from './reassign.operation';
import { reject } from './reject.operation';

export const operations = {
	approve,
	completeDataContainer,
	completeForm,
	decide,
	getAll,
	getApprovalOptions,
	reassign,
	reject,
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['task'] } },
		options: [
			approve.option,
			completeDataContainer.option,
			completeForm.option,
			decide.option,
			getApprovalOptions.option,
			getAll.option,
			reassign.option,
			reject.option,
		],
		default: 'getAll',
	},
	...approve.description,
	...completeDataContainer.description,
	...completeForm.description,
	...decide.description,
	...getAll.description,
	...getApprovalOptions.description,
	...reassign.description,
	...reject.description,
];
