/** Asks a person once per run of the node, also when a failed execution is retried from n8n's list: that keeps the node's context. */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

interface Asked {
	question: string;
	task: IDataObject;
}

/**
 * Creates the task, unless an earlier try of this same run created it from the same question.
 * @param withoutSecrets what may be kept: n8n stores it with the execution
 */
export async function askOnce<T extends IDataObject>(
	context: IExecuteFunctions,
	asked: IDataObject,
	create: () => Promise<T>,
	withoutSecrets: (task: T) => T,
): Promise<T> {
	const memory = context.getContext('node') as { asked?: Asked };
	// the run's number tells a second try from the next round of a loop, and from an agent's next call
	const question = JSON.stringify([context.getWorkflowDataProxy(0).$runIndex, asked]);
	if (memory.asked?.question === question) return memory.asked.task as T;
	const task = await create();
	memory.asked = { question, task: withoutSecrets(task) };
	return task;
}

/** Forgets the question: the run has an outcome, and whoever asks the same again wants a new answer. */
export function forgetAsked(context: IExecuteFunctions): void {
	delete (context.getContext('node') as { asked?: Asked }).asked;
}
