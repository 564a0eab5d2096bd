/** The first good look of a trigger at its tasks: they are learnt as they are, and what may have been missed is named. */
import type { IPollFunctions } from 'n8n-workflow';

import type { Told } from './compareTasks';
import type { Waiting } from './pollMemory';
import type { Listed, PollRequest } from './pollRequest';

/**
 * @param waiting since when this look was waited for; absent when it is the one that published the workflow
 * @returns what happened since the service's first answer, where it dates that
 */
export function firstLook(
	context: IPollFunctions,
	listed: Listed[],
	request: PollRequest,
	waiting: Waiting | undefined,
): Told[] {
	const trigger = `The trigger "${context.getNode().name}"`;
	if (!waiting) {
		context.logger.info(
			`${trigger} knows ${listed.length} tasks now, as they are: what changes from here on starts the workflow.`,
		);
		return [];
	}
	const since = request.changedAt && waiting.since;
	context.logger.warn(
		`${trigger} could read its tasks only now. Changes between ${waiting.from} and ${since ?? new Date().toISOString()} may not have started the workflow: check the service for that time, and do by hand what the workflow would have done.`,
	);
	return since ? listed.flatMap((entry) => toldSince(entry, request, since)) : [];
}

function toldSince(entry: Listed, request: PollRequest, since: string): Told[] {
	const isAfter = (time: string | null | undefined) => Date.parse(time ?? '') >= Date.parse(since);
	if (!isAfter(request.changedAt?.(entry.task))) return [];
	return request
		.changes(entry, request.fingerprint(entry), undefined)
		.filter((type) => type !== 'new' || isAfter(entry.task.createdAt))
		.map((type) => [entry, type, undefined]);
}
