/** Compares texts that were got the same way: what a list shows of a task may be another text than what a call quotes. */
import type { IWebhookFunctions } from 'n8n-workflow';

import type { Task } from '../task';
import { editedParts, questionOf } from './edited';
import { isCredentialGone } from './endWait';
import type { Policy } from './policy';
import type { DecisionCallback } from './receiving';
import { isTask, type Sight } from './sight';
import type { WaitedTask } from './waitState';

/**
 * The task that is waited for, to be compared with what a call tells of it. Where only the description differs, it may
 * have been parked as a list shows it: it is read that way again, and quoted as the call does when it is the same. What
 * cannot be read so counts as edited.
 * @throws when the service could not be asked
 */
export async function sameAsRead(
	context: IWebhookFunctions,
	callback: Pick<DecisionCallback, 'readTasks'>,
	task: WaitedTask,
	told: Task,
	{ seesEdits, acceptsEdited }: Policy,
): Promise<WaitedTask> {
	const { question } = task;
	if (!seesEdits || !question) return task;
	if (editedParts(question, questionOf(told)).join() !== 'description') return task;
	const unread = (error: unknown): Sight[] => {
		if (acceptsEdited || isCredentialGone(error)) return ['unread'];
		throw error;
	};
	const [read] = await callback.readTasks(context, [task.asked.id]).catch(unread);
	const isSame = isTask(read) && editedParts(question, questionOf(read)).length === 0;
	return isSame ? { ...task, question: questionOf(told) } : task;
}
