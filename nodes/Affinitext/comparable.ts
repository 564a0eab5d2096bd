/** Whether two lists can be compared: both are whole, and their tasks can be told apart. */
import type { IPollFunctions } from 'n8n-workflow';

import { fieldError } from '../shared/http/nodeErrors';
import type { ApiContext } from '../shared/http/transport';
import type { Feed } from './api';
import { idOf, type Identified } from './identify';

/** Events that can only be told of a task that is the same one as before. */
export const NEED_ID = ['changed', 'completed', 'statusChanged'];

/** A difference to half a list, or to something that is no list, would report tasks as gone that are not. */
export function requireWholeList(context: ApiContext, feed: Feed, idField: string): void {
	const isTask = feed.items.length === 1 && idOf(feed.items[0], idField) !== null;
	if (!feed.isList && !isTask) {
		throw fieldError(
			context.getNode(),
			"There is no list of tasks in Affinitext's answer",
			'Say where it is in the option Items Path.',
		);
	}
	if (feed.hasMore) {
		throw fieldError(
			context.getNode(),
			"Affinitext's answer is only the first page of the list",
			'Turn on the option Follow Pages.',
		);
	}
}

export function requireIds(context: IPollFunctions, list: Identified[], events: string[]): void {
	const without = list.filter(({ hasId }) => !hasId).length;
	if (without === 0) return;
	if (without === list.length && events.every((type) => NEED_ID.includes(type))) {
		throw fieldError(
			context.getNode(),
			'Changes cannot be told: no task has an ID of its own',
			'Name the field that tells tasks apart in the option ID Field, or choose New and Disappeared, as which a changed task then appears.',
		);
	}
	context.logger.warn(
		`The trigger "${context.getNode().name}" reads Affinitext: ${without} of ${list.length} tasks have no ID of their own; a change to one looks like one that disappeared and a new one. Name the field that tells tasks apart in the option ID Field.`,
	);
}
