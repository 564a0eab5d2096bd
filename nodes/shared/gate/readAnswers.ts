/**
 * What several people were asked is judged by what the service says of all their tasks, never by a call: each call is
 * answered 503 at once, so that the service remembers it and calls again, and then all are read.
 */
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { answer } from './callbackBody';
import { nameOfWait } from './endOnce';
import { endWait, isCredentialGone } from './endWait';
import { goOn } from './goOn';
import { logOnce } from './onceFor';
import { oneAtATime } from './oneAtATime';
import type { Policy } from './policy';
import type { DecisionCallback } from './receiving';
import { judged, oneVoteEach, outcomeOf, type Request } from './request';
import { isTask } from './sight';
import { unheard } from './unheard';

/** The call was answered already, whatever comes of it. */
const ANSWERED: IWebhookResponseData = { noWebhookResponse: true };

export async function readAnswers(
	context: IWebhookFunctions,
	callback: DecisionCallback,
	request: Request,
	policy: Policy,
): Promise<IWebhookResponseData> {
	answer(context, 503, 'All answers are read now, send it again later');
	const ids = request.tasks.map(({ asked }) => asked.id);
	const look = async (): Promise<IWebhookResponseData | null> => {
		const sights = await callback.readTasks(context, ids);
		const each = request.tasks.map((task, index) => judged(task, sights[index], policy));
		const tasks = oneVoteEach(each);
		const missing = ids.filter((_, index) => !isTask(sights[index]));
		if (missing.length > 0) {
			logOnce(context, 'warn', `Not to be seen, so not counted: tasks ${missing.join(', ')}`);
		}
		const known = { ...request, tasks };
		const outcome = outcomeOf(known);
		if (outcome === undefined) return null;
		// what is not to be seen may be the one rejection that rejects
		if (outcome === 'approved' && missing.length > 0 && request.rule?.veto) return null;
		return goOn(context, known, outcome);
	};
	try {
		return (await oneAtATime(nameOfWait(context, ids), look)) ?? ANSWERED;
	} catch (error) {
		if (isCredentialGone(error)) return endWait(context, unheard(context, ids), ids);
		const { message } = error as Error;
		logOnce(context, 'error', `The answers could not be read, still waiting: ${message}`);
		return ANSWERED;
	}
}
