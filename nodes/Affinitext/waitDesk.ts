/** How a wait looks at tasks of Affinitext, which are done or not, and approve nothing. */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { WaitDesk } from '../shared/gate/desk';
import { isTask, type Sight } from '../shared/gate/sight';
import { tellWaiting } from '../shared/gate/tellWaiting';
import { fieldError } from '../shared/http/nodeErrors';
import type { Task } from '../shared/task';
import { readFeed } from './api';
import { requireWholeList } from './comparable';
import { feedFields, readFeedRequest, readTaskId, taskIdField } from './fields';
import { idOf, type Identified } from './identify';
import { findOne, lookupOf } from './lookUp';
import type { DateReading } from './readDate';
import { toTask } from './task';
import { whyWaiting } from './whyWaiting';
import { isDatedWhenDone, isUnverified } from './verified';

/** The one list there is is read at each look. Where it is only a part of it, nothing is said of what is not in it. */
export const waitDesk: WaitDesk = {
	decides: false,
	fields: [taskIdField],
	options: [...feedFields],
	asked: (read) => ({ id: readTaskId(read), item: read.itemIndex }),
	settings: (options) => readFeedRequest(options) as unknown as IDataObject,
	async look(context, asked, _chosen, settings) {
		const request = settings as unknown as ReturnType<typeof readFeedRequest>;
		const reading = { timezone: context.getTimezone(), monthFirst: request.monthFirst };
		const feed = await readFeed(context, request);
		requireWholeList(context, feed, request.idField);
		const list = lookupOf(feed, request);
		const sights = asked.map(({ id, item, knownAs }): Sight => {
			if (knownAs === undefined) {
				const found = findOne(context, list, id, Number(item));
				if (found.hasId) return seenAs(found, reading);
				throw fieldError(
					context.getNode(),
					`Task ${id} has no field that can be read as its ID`,
					'It could not be told again after a change. Name a field that tells tasks apart in the option ID Field.',
					Number(item),
				);
			}
			const [found] = list.byId.get(knownAs) ?? [];
			if (found) return seenAs(found, reading);
			const isThere = feed.items.some((raw) => idOf(raw, request.idField) === knownAs);
			if (isThere) tellTwin(context, knownAs);
			return isThere ? 'unread' : 'missing';
		});
		tellWaiting(context, sights.filter(isTask).flatMap(whyWaiting));
		return { how: 'list', sights };
	},
};

function tellTwin(context: IExecuteFunctions, id: string): void {
	context.addExecutionHints({
		message: `Affinitext lists more than one task with the ID ${id} now: which of them was waited for cannot be told, and the wait goes on.`,
		type: 'warning',
		location: 'outputPane',
	});
}

/** What is completed waits for its verifier: only the date of the verification tells when it was done. */
function seenAs({ raw, id }: Identified, reading: DateReading): Task {
	const task = toTask(raw, id, reading);
	const isOpen = task.state === 'done' && isUnverified(raw, task.status);
	return {
		...task,
		...(isOpen && { state: 'open' as const }),
		...(!isDatedWhenDone(raw) && { decidedAt: null }),
	};
}
