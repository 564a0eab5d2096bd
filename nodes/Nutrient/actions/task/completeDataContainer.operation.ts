import type { INodeProperties } from 'n8n-workflow';

import type { ItemOperation } from '../../../shared/items/operations';
import { completeContainer, readContainerKeys } from '../../calls/tasks';
import { completion } from './complete';

const checkKeys: INodeProperties = {
	displayName: 'Check Keys',
	name: 'checkKeys',
	type: 'boolean',
	default: true,
	description:
		'Whether to read the keys of the data container first: Nutrient drops unknown ones without a word',
};

const quoted = (keys: string[]) => keys.map((key) => `"${key}"`).join(', ');

export const completeDataContainer: ItemOperation = {
	name: 'Complete Data Container',
	description: 'Give a waiting data container its values, so that the request goes on',
	action: 'Complete a data container',
	...completion({
		data: {
			displayName: 'Data',
			name: 'data',
			type: 'json',
			required: true,
			default: '{}',
			placeholder: 'e.g. { "orderNumber": "A-17", "amount": 120.5 }',
			description:
				'A flat JSON object: one value per key of the data container. For a file, upload it first and give its SID.',
		},
		saveOnly: {
			displayName: 'Save Only',
			name: 'saveOnly',
			type: 'boolean',
			default: false,
			description: 'Whether to save only, and leave the task open',
		},
		options: [checkKeys],
		complete: completeContainer,
		check(read, data) {
			const keys = Object.keys(data);
			const nested = keys.find((key) => typeof data[key] === 'object' && data[key]);
			if (nested !== undefined) {
				const advice = 'Give one text, number or date per key.';
				throw read.error(`Data has no plain value in "${nested}"`, advice);
			}
			const isChecked = read.options().isOn(checkKeys) && keys.length > 0;
			return async (context, taskId) => {
				// keys that cannot be read are not checked
				const known = (isChecked ? await readContainerKeys(context, taskId) : null) ?? keys;
				const unknown = keys.filter((key) => !known.includes(key));
				if (unknown.length === 0) return;
				throw read.error(
					`Task ${taskId} has no key ${quoted(unknown)}; nothing was sent`,
					`Its keys are ${quoted(known) || 'none'}. Nutrient would drop the others without a word; to let it, turn off Check Keys.`,
				);
			};
		},
	}),
};
