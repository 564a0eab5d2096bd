import type { NutrientOptions } from './options';
import type { Instance, ProcessTask, RecipientTask, Store } from './store';

type Row = Record<string, unknown>;

/** How a row of a request's tasks shows what was chosen, and what could have been. */
export function decisionIn(
	{ decision, comments, data }: RecipientTask,
	{ options: choices = [] }: ProcessTask,
	{ rowDecision, rowChoices }: NutrientOptions,
): Row {
	const labels = choices.map(({ label }) => label);
	return {
		...(rowChoices && choices.length > 0 && { approvalOptions: labels, approval: labels }),
		...(decision !== null &&
			{
				none: {},
				// as the body in which it came
				approval: { approval: decision, comments },
				selectedOption: { selectedOption: decision, comments },
				object: { decision: { id: labels.indexOf(decision) + 1, label: decision }, comments },
				data: { data: { ...data, Approval: decision, Comments: comments } },
				pairs: {
					data: [
						{ name: 'Approval', value: decision },
						{ name: 'Comments', value: comments },
					],
				},
				ownName: { freigabe: { ergebnis: decision }, comments },
			}[rowDecision]),
	};
}

/** `includeCompletedForms`: what was filled in. Assumption: the names, and that approvals are among them. */
export function completedRows(
	instance: Instance,
	{ tasks }: Store,
	{ detailDecision }: NutrientOptions,
): Row[] {
	return tasks
		.filter(({ instanceSid, state }) => instanceSid === instance.sid && state === 'Completed')
		.filter(({ taskType }) => taskType !== 'restClient')
		.filter(({ decision }) => decision === null || detailDecision)
		.map(({ recipientTaskSid, name, taskType, decision, comments, data }) => ({
			recipientTaskSid,
			taskName: name,
			taskType,
			...(decision === null ? { data } : { approval: decision, comments }),
		}));
}
