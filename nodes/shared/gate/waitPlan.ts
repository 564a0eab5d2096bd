/** Reads how long to wait and what for, and makes the checks that must pass before a human is asked. */
import type { IExecuteFunctions } from 'n8n-workflow';
import * as host from 'n8n-workflow';

import { fieldError } from '../http/nodeErrors';
import { fillsSuccessBranch } from '../items/failItem';
import { fieldsOf } from '../items/fields/readFields';
import { readEnd, refuseBeyondTimeout } from './waitEnd';
import { outputsFieldOf, whenDueField, type WaitOutputs, type WhenDue } from './waitFields';

/** n8n's own deadline comes this much after the task's, so that "due" is heard before the time-out. */
const GRACE = 2 * 60_000;
/** A callback that meets n8n still saving is sent again after ten minutes. */
const SHORT_WAIT = 15 * 60_000;

export interface WaitPlan {
	/** When the wait ends for the human; `null`: never. */
	end: Date | null;
	/** When n8n gives up, a little later. */
	deadline: Date;
	outputs: WaitOutputs;
	whenDue: WhenDue;
}

/** Reads and checks everything about the wait. Call it before anything is created. */
export function readWaitPlan(context: IExecuteFunctions): WaitPlan {
	const node = context.getNode();
	const read = fieldsOf(context, 0);
	const outputs = outputsOf(read.choice(outputsFieldOf(node)), node.type);
	if (outputs === 'perDecision' && node.alwaysOutputData) {
		throw fieldError(
			node,
			'Always Output Data cannot be used with one output per decision',
			'It would run No Decision besides the real decision. Turn it off in the Settings tab, or set Outputs to Single.',
			0,
		);
	}
	if (fillsSuccessBranch(context)) {
		throw fieldError(
			node,
			'Always Output Data cannot be used with the error output',
			'After a failure n8n would run the other branch as well, with an empty item. Turn it off in the Settings tab.',
			0,
		);
	}
	if (outputs === 'perDecision' && !('checkNodesApiVersion' in host)) {
		throw fieldError(
			node,
			'One output per decision needs n8n 2.39 or newer',
			'Older versions lose what leaves by the other outputs. Set Outputs to Single.',
			0,
		);
	}
	const end = readEnd(read);
	const deadline = end ? new Date(end.getTime() + GRACE) : host.WAIT_INDEFINITELY;
	refuseBeyondTimeout(context, deadline, ' (it ends 2 minutes after the time you set)');
	if (end && end.getTime() - Date.now() < SHORT_WAIT) {
		context.addExecutionHints({
			message:
				'Limit Wait Time is under 15 minutes. An answer that arrives while n8n is busy saving is sent again after 10 minutes, which may be too late.',
			type: 'warning',
			location: 'outputPane',
		});
	}
	return { end, deadline, outputs, whenDue: read.choice<WhenDue>(whenDueField) };
}

/** The human-review tool of an AI agent always answers on a single output. */
export const outputsOf = (value: unknown, nodeType: string): WaitOutputs =>
	value === 'perDecision' && !nodeType.endsWith('HitlTool') ? 'perDecision' : 'single';
