/** Warns where the answer of one person counts more than once. */
import type { IExecuteFunctions } from 'n8n-workflow';

import { isOneMailbox } from './ownApproval';
import type { WaitGroup, WaitState } from './waitState';

/**
 * Where so many of a group must approve, people are counted: one who has several of its tasks counts for each. Where all
 * must, or one, that changes nothing.
 */
export function tellTwice(context: IExecuteFunctions, { groups, tasks }: WaitState): void {
	for (const group of groups) {
		if (group.rule.needed === 'all' || group.rule.needed === 1) continue;
		const found = mostAsked(group, tasks);
		if (!found) continue;
		const of = `${found.times} of ${group.tasks.length} tasks`;
		context.addExecutionHints({
			message: `${found.approver} decides ${of} that are one question, and each counts as an approval of its own. ${group.rule.needed} are needed: see that they come from different people.`,
			type: 'warning',
			location: 'outputPane',
		});
		return;
	}
}

function mostAsked(group: WaitGroup, tasks: WaitState['tasks']) {
	const approvers = group.tasks.flatMap((place) => tasks[place].question?.approver ?? []);
	for (const approver of approvers) {
		const times = approvers.filter((other) => isOneMailbox(approver, other)).length;
		if (times > 1) return { approver, times };
	}
	return null;
}
