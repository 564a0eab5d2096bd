import { type IDataObject, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

import { fieldError } from '../../../shared/http/errors';
import { limit, returnAll, simplify } from '../../../shared/items/fields/commonFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { take } from '../../../shared/http/paging';
import { openApi } from '../../api';
import { readOptions, wrongVersion } from '../../fields';
import { listByStatus } from '../../listByStatus';
import { readSimple, taskOutput } from '../../output';
import { filtersField, readStatus, toQuery } from '../../query';

const detailsField: INodeProperties = {
	displayName: 'Details Level',
	name: 'detailsLevel',
	type: 'options',
	options: [
		{ name: 'Basic', value: 'BASIC' },
		{ name: 'Full', value: 'FULL' },
	],
	default: 'BASIC',
	description: 'How much Mambu tells of each task. API V2 only.',
};

export const getAll: ItemOperation = {
	name: 'Get Many',
	description: 'Retrieve the tasks the login can see, open ones unless a status is chosen',
	action: 'Get many tasks',
	access: 'read',
	fields: [returnAll, limit, filtersField, simplify],
	options: [detailsField],
	async prepare(read) {
		const { itemIndex } = read;
		const api = await openApi(this);
		const all = this.getNodeParameter('returnAll', itemIndex, false) as boolean;
		const count = all ? undefined : readLimit(this, itemIndex);
		const simple = readSimple(this, itemIndex);
		const { detailsLevel } = readOptions(this, itemIndex);
		if (detailsLevel !== undefined && api.version === 'v1') {
			throw wrongVersion(this, 'Details Level', 'V2', itemIndex);
		}
		const filters = this.getNodeParameter('filters', itemIndex, {}) as IDataObject;
		const status = readStatus(this.getNode(), filters, itemIndex);
		const query = await toQuery(api, filters, itemIndex);
		query.filter.detailsLevel = detailsLevel as string | undefined;
		return async () => {
			const tasks = listByStatus(api, query, status, this.getTimezone(), count);
			return (await take(tasks, count ?? Infinity)).map((task) => taskOutput(task, simple));
		};
	},
};

function readLimit(context: IExecuteFunctions, itemIndex: number): number {
	const given = context.getNodeParameter('limit', itemIndex, 50);
	const count = Number(given);
	if (Number.isInteger(count) && count > 0) return count;
	throw fieldError(
		context.getNode(),
		`Limit "${String(given)}" is not a whole number above 0`,
		'Enter how many tasks are wanted, or turn on Return All.',
		itemIndex,
	);
}
