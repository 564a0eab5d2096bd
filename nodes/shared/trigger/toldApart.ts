/** The listed tasks that can be told from all others, by an ID of their own; what is left out is named in the log. */
import type { IPollFunctions } from 'n8n-workflow';

import { writeFingerprint } from './fingerprint';
import type { Listed, PollRequest } from './pollRequest';

export const toldApart = (context: IPollFunctions, listed: Listed[], request: PollRequest) =>
	oneOfEach(context, readable(context, listed), request);

/** Without an ID a task cannot be told from others: it is left out, and the rest goes on. */
function readable(context: IPollFunctions, listed: Listed[]): Listed[] {
	const found = listed.filter(({ task }) => task.id !== '');
	const lost = listed.length - found.length;
	if (lost > 0) {
		context.logger.warn(
			`Listed tasks without an ID: ${lost} of ${listed.length}. The trigger "${context.getNode().name}" leaves them out: they never start the workflow. Look after them in the service.`,
		);
	}
	return found;
}

/** Two under one ID would be told again at each poll: one is left out, the same in whichever order they come. */
function oneOfEach(context: IPollFunctions, listed: Listed[], request: PollRequest): Listed[] {
	const found = new Map<string, Listed>();
	const contentOf = (entry: Listed) => writeFingerprint(request.fingerprint(entry));
	let lost = 0;
	for (const entry of listed) {
		const twin = found.get(entry.task.id);
		const differ = twin ? contentOf(entry).localeCompare(contentOf(twin)) : -1;
		if (twin && differ !== 0) lost++;
		if (differ < 0) found.set(entry.task.id, entry);
	}
	if (lost > 0) {
		context.logger.warn(
			`Listed tasks with the ID of another: ${lost} of ${listed.length}. The trigger "${context.getNode().name}" watches one task of each ID: the others never start the workflow. Look after them in the service.`,
		);
	}
	return [...found.values()];
}
