/** What a look found of each task, written into what the wait knows of it. */
import type { Task } from '../task';
import { editedParts, questionOf } from './edited';
import type { WaitedTask } from './waitState';

/**
 * A task as a look found it. `missing`: not in a whole list; `gone`: the service says that it is not there; `unread`: the
 * service could not be asked about this one.
 */
export type Sight = Task | 'missing' | 'gone' | 'unread';

/** Whole readings on end that a task must be missing in. */
const MISSING = 2;

export const isTask = (sight: Sight): sight is Task => typeof sight === 'object';

const isAnswered = ({ decision, state }: Task) => decision !== null || state === 'done';

/**
 * The task as it is known after this look.
 * @param now milliseconds since 1970
 */
export function seen(
	task: WaitedTask,
	sight: Sight,
	now: number,
	{ acceptsEdited }: { acceptsEdited: boolean },
): WaitedTask {
	if (sight === 'unread') return task;
	if (!isTask(sight)) {
		const missing = sight === 'gone' ? MISSING : (task.missing ?? 0) + 1;
		return { ...task, missing, ...(missing >= MISSING && { lost: 'cancelled' as const }) };
	}
	const found = questionOf(sight);
	// who is the first to take what was nobody's has edited nothing
	const asked = task.question ?? found;
	const question = { ...asked, approver: asked.approver ?? found.approver };
	const isEdited = editedParts(question, found).length > 0;
	const isKnown = task.last?.decision === sight.decision && task.last.state === sight.state;
	return {
		item: task.item,
		asked: task.asked,
		webhookId: task.webhookId,
		registeredAs: task.registeredAs,
		question,
		last: sight,
		...(isAnswered(sight) && { seenAt: (isKnown ? task.seenAt : undefined) ?? now }),
		...(isEdited && { found }),
		...lossOf(sight, isEdited && !acceptsEdited),
	};
}

/** A rejection stays one, also of a request that was marked as withdrawn: it opens nothing. */
function lossOf(task: Task, isChanged: boolean): { lost?: 'changed' | 'cancelled' } {
	if (task.decision === 'rejected') return {};
	if (isChanged) return { lost: 'changed' };
	return task.state === 'cancelled' ? { lost: 'cancelled' } : {};
}
