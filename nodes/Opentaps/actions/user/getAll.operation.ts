import {
	updateDisplayOptions,
	type IDataObject,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import {
	limit,
	optionsField,
	parallelReads,
	returnAll,
	simplify,
} from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { readUsers } from '../../api';
import { readCount } from '../../fields';
import { rawOutput, readSimple } from '../../output';
import { toPerson } from '../../people';

const option: INodePropertyOptions = {
	name: 'Get Many',
	value: 'getAll',
	description: 'Retrieve the contacts who can log in, to whom tasks are assigned',
	action: 'Get many users',
};

const properties: INodeProperties[] = [returnAll, limit, simplify, optionsField([parallelReads])];

export const getAll: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['user'], operation: ['getAll'] } },
		properties,
	),
	access: 'read',
	prepare(itemIndex) {
		const count = readCount(this, itemIndex);
		const simple = readSimple(this, itemIndex);
		return async () => {
			// CRM2 has no pages of users
			const users = (await readUsers(this)).slice(0, count);
			return users.map((user) =>
				simple ? (toPerson(user) as unknown as IDataObject) : rawOutput(user),
			);
		};
	},
};
