/** Reads what a request asks of whom, and until when: one task for each approver. Sends nothing. */
import type { IExecuteFunctions } from 'n8n-workflow';

import type { WaitPlan } from '../../../shared/gate/waitPlan';
import type { ItemFields } from '../../../shared/items/fields/fieldReader';
import { readApprovers } from '../../approvers';
import { warnOfCapitals } from '../../capitals';
import { decisionByField, readDecisionBy, readWords } from '../../fields';
import { messageField } from './ask';

export function readNewTasks(context: IExecuteFunctions, read: ItemFields, plan: WaitPlan) {
	const { requester, ...request } = readWords(read, messageField);
	const approvers = readApprovers(read);
	warnOfCapitals(
		context,
		approvers.find((approver) => approver !== approver.toLowerCase()),
	);
	if (approvers.some((approver) => approver.toLowerCase() === requester.toLowerCase())) {
		context.addExecutionHints({
			message:
				approvers.length > 1
					? 'The requester is also one of the approvers.'
					: 'The requester is also the approver: nobody else looks at this request.',
			type: 'warning',
			location: 'outputPane',
		});
	}
	const decisionBy = readDate(read, plan);
	return approvers.map((approver) => ({ ...request, requester, approver, decisionBy }));
}

function readDate(read: ItemFields, { end }: WaitPlan): string {
	if (!read.has(decisionByField)) {
		if (end) return end.toISOString();
		throw read.error(
			'Decision By is empty',
			'Without Limit Wait Time it is needed: Appmixer makes a task without a date due at once.',
		);
	}
	const instant = readDecisionBy(read);
	if (!end || Date.parse(instant) <= end.getTime()) return instant;
	throw read.error(
		`Decision By ${instant} is later than the end of Limit Wait Time, ${end.toISOString()}`,
		'An answer after the wait would be lost. Make Decision By earlier, or Limit Wait Time longer.',
	);
}
