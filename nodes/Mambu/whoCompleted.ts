import type { IExecuteFunctions } from 'n8n-workflow';

import type { DecidedBy } from '../shared/gate/parking';
import { isTask, type Sight } from '../shared/gate/sight';
import type { Task } from '../shared/task';
import { completionOf, type Completion } from './activities';
import { openApi } from './api';
import { personOf } from './users';

const MOST_KNOWN = 1000;
/** Completions that were read, so that a task that others wait with is not looked up at every look. Per process. */
const known = new Map<string, Completion>();

/** Looks that have told already that the feed does not tell. */
const told = new WeakSet<IExecuteFunctions>();

async function completion(context: IExecuteFunctions, task: Task): Promise<Completion | null> {
	const key = [context.getExecutionId(), task.id, task.updatedAt].join('/');
	const found = known.get(key) ?? (await completionOf(context, task));
	if (found) known.set(key, found);
	for (const oldest of known.keys()) if (known.size > MOST_KNOWN) known.delete(oldest);
	return found;
}

/** Version 2 does not tell when a task was completed: the feed does, and a wait may have to know (L10). */
export async function withCompletions(
	context: IExecuteFunctions,
	sights: Sight[],
): Promise<Sight[]> {
	const dated = [...sights];
	for (const [place, sight] of sights.entries()) {
		if (!isTask(sight) || sight.state !== 'done' || sight.decidedAt !== null) continue;
		try {
			const found = await completion(context, sight);
			if (found) dated[place] = { ...sight, decidedAt: found.at };
		} catch (error) {
			tell(context, (error as Error).message);
			break;
		}
	}
	return dated;
}

/** Who completed a task. What the feed does not tell ends no wait. */
export async function whoCompleted(context: IExecuteFunctions, task: Task): Promise<DecidedBy> {
	let failure = '';
	const found = await completion(context, task).catch((error: Error) => {
		failure = error.message;
		return null;
	});
	if (!found) {
		tell(context, failure || 'it does not name one');
		return null;
	}
	const { userKey: id, userName } = found;
	const person = await personOf(await openApi(context), id).catch(() => null);
	return { ...(person ?? { id, name: userName, email: null }), provenance: 'verified' };
}

function tell(context: IExecuteFunctions, why: string): void {
	if (told.has(context)) return;
	told.add(context);
	context.addExecutionHints({
		message: `Who completed a task is not known: it could not be read from Mambu's activity feed: ${why}`,
		type: 'warning',
		location: 'outputPane',
	});
}
