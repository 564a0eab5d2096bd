/** What a look found of each task, written into what the wait knows of it. */
import type { Task } from '../task';
import { editedParts, questionOf } from './edited';
import { whyOwnApproval } from './ownApproval';
import type { WaitedTask } from './waitState';

/** Of a task that is done where nothing in it can decide. */
interface Seen extends Task {
	knowsNoDecision?: true;
}

/**
 * A task as a look found it. `missing`: not in a whole list; `gone`: the service says that it is not there; `unread`: the
 * service could not be asked about this one.
 */
export type Sight = Seen | 'missing' | 'gone' | 'unread';

/** Whole readings on end that a task must be missing in. */
const MISSING = 2;

export const isTask = (sight: Sight): sight is Seen => typeof sight === 'object';

const isAnswered = ({ decision, state }: Task) => decision !== null || state === 'done';

interface Accepted {
	acceptsEdited: boolean;
	requesterMayApprove?: boolean;
}

/**
 * The task as it is known after this look.
 * @param now milliseconds since 1970
 */
export function seen(
	task: WaitedTask,
	sight: Sight,
	now: number,
	{ acceptsEdited, requesterMayApprove }: Accepted,
): WaitedTask {
	if (sight === 'unread') return { ...task, unread: (task.unread ?? 0) + 1 };
	if (!isTask(sight)) {
		const missing = sight === 'gone' ? MISSING : (task.missing ?? 0) + 1;
		return {
			...task,
			unread: undefined,
			missing,
			...(missing >= MISSING && { lost: 'cancelled' as const }),
		};
	}
	const last = { ...sight };
	delete last.knowsNoDecision;
	const found = questionOf(sight);
	// who is the first to take what was nobody's has edited nothing
	const asked = task.question ?? found;
	const question = { ...asked, approver: asked.approver ?? found.approver };
	const isEdited = editedParts(question, found).length > 0;
	// an edit that is accepted, or who has taken what was nobody's, may have made the requester the approver
	const isOwn = !requesterMayApprove && whyOwnApproval(sight.requester, sight.assignee) !== null;
	const isChanged = isOwn || (isEdited && !acceptsEdited);
	const isKnown = task.last?.decision === sight.decision && task.last.state === sight.state;
	return {
		item: task.item,
		asked: task.asked,
		webhookId: task.webhookId,
		registeredAs: task.registeredAs,
		question,
		last,
		...(isAnswered(sight) && { seenAt: (isKnown ? task.seenAt : undefined) ?? now }),
		...(isEdited && { found }),
		...lossOf(sight, isChanged),
	};
}

/** A rejection stays one, also of a request that was marked as withdrawn: it opens nothing. */
function lossOf(task: Seen, isChanged: boolean): Pick<WaitedTask, 'lost'> {
	if (task.decision === 'rejected') return {};
	if (isChanged) return { lost: 'changed' };
	if (task.state === 'cancelled') return { lost: 'cancelled' };
	return task.knowsNoDecision ? { lost: 'done' } : {};
}
