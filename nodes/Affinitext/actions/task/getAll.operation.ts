import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { limit, returnAll } from '../../../shared/items/fields/runFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { readFeed, type Feed } from '../../api';
import { feedFields, readFeedRequest, simplifyField } from '../../fields';
import { findItems } from '../../findItems';
import { identify } from '../../identify';
import { taskOutput } from '../../output';
import { filtersField, readFilter, requireParts } from '../../query';

const fullResponseField: INodeProperties = {
	displayName: 'Full Response',
	name: 'fullResponse',
	type: 'boolean',
	default: false,
	description:
		'Whether to return the whole first answer as one item, with what it holds beside the tasks',
};

export const getAll: ItemOperation = {
	name: 'Get Many',
	description: 'Retrieve the tasks in which the Task API User has a part',
	action: 'Get many tasks',
	access: 'read',
	fields: [
		returnAll,
		{
			...limit,
			description: 'Max number of results to return',
			hint: 'The whole list is read all the same: the API has no limit',
		},
		filtersField,
		simplifyField,
	],
	options: [...feedFields, fullResponseField],
	prepare(read) {
		const options = read.options();
		const count = read.limit();
		const simple = read.simple(simplifyField);
		const request = readFeedRequest(options);
		const whole = options.isOn(fullResponseField);
		const reading = { timezone: this.getTimezone(), monthFirst: request.monthFirst };
		const filter = readFilter(read.within(filtersField.name), reading);
		return async () => {
			const feed = await readFeed(this, request);
			if (whole) return wholeAnswer(feed);
			tellWhatIsLeft(this, feed);
			requireParts(read, feed.items, filter);
			return identify(feed.items, request.idField)
				.filter(({ raw }) => filter.matches(raw))
				.slice(0, count)
				.map((one) => taskOutput(one, simple, reading));
		};
	},
};

/** A record as it is; a bare list, which is no item, under `data`. */
function wholeAnswer({ body }: Feed): IDataObject {
	if (Array.isArray(body)) return { data: body as IDataObject[] };
	return findItems(body).isList ? (body as IDataObject) : findItems(body).items[0];
}

function tellWhatIsLeft(context: IExecuteFunctions, { beside, hasMore }: Feed): void {
	const hints = [
		beside.length > 0 &&
			`Beside the tasks, Affinitext sent: ${beside.join(', ')}. Turn on the option Full Response to get it.`,
		hasMore &&
			'Affinitext named a next page. Turn on the option Follow Pages to get the rest of the tasks.',
	];
	for (const message of hints) {
		if (message) context.addExecutionHints({ message, location: 'outputPane' });
	}
}
