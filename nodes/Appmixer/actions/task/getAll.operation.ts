import type { INodeProperties } from 'n8n-workflow';

import { choiceField } from '../../../shared/items/fields/makeField';
import { limit, returnAll, simplify } from '../../../shared/items/fields/runFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { openApi } from '../../api';
import { readSecretField } from '../../fields';
import { firstTasks } from '../../firstTasks';
import { taskOutput } from '../../output';
import { filtersField, readQuery } from '../../query';

const sortField = choiceField('Sort By', 'sortBy', 'created', {
	description: 'Which field to sort by',
	choices: {
		Created: 'created',
		'Decision By': 'decisionBy',
		Title: 'title',
		Updated: 'mtime',
	},
});

const directionField = choiceField('Sort Direction', 'sortDirection', '-1', {
	description: 'Whether the smallest or the largest comes first',
	choices: { Ascending: '1', Descending: '-1' },
});

const excludeField: INodeProperties = {
	displayName: 'Exclude Fields',
	name: 'exclude',
	type: 'multiOptions',
	options: [
		{ name: 'Created', value: 'created' },
		{ name: 'Decision By', value: 'decisionBy' },
		{ name: 'Decision Made', value: 'decisionMade' },
		{ name: 'Description', value: 'description' },
		{ name: 'Updated', value: 'mtime' },
	],
	default: [],
	description: 'Fields that Appmixer leaves out of its answer',
};

export const getAll: ItemOperation = {
	name: 'Get Many',
	description: 'Retrieve the tasks of the login, or of the person with a secret',
	action: 'Get many tasks',
	access: 'read',
	fields: [returnAll, limit, filtersField, simplify],
	options: [readSecretField, excludeField, sortField, directionField],
	prepare(read) {
		const options = read.options();
		const count = read.limit();
		const simple = read.simple();
		const secret = options.ifGiven(readSecretField, options.text);
		const query = readQuery(read.within('filters'), secret);
		const exclude = options.words(excludeField);
		if (exclude.length > 0) query.projection = exclude.map((field) => `-${field}`).join(',');
		query.sort = `${options.choice(sortField)}:${options.choice(directionField)}`;
		return async () => {
			const tasks = await firstTasks(await openApi(this), query, count);
			return tasks.map((task) => taskOutput(task, simple));
		};
	},
};
