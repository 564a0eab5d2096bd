/** What the editor shows of a wait: its outputs, the line under its name, and the tooltip while it waits. */
import type { ExpressionString } from 'n8n-workflow';

import { WAIT_OUTPUTS } from './groupOutput';
import { DECISION_OUTPUTS } from './waitFields';

interface Shown {
	resource?: string;
	operation?: string;
	outputs?: string;
}

// n8n evaluates the text of these functions in the editor: they can use nothing but their arguments
const outputs = (
	{ operation, outputs: chosen }: Shown,
	version: number,
	asking: string[],
	waiting: string[],
) => {
	const kind = chosen ?? (version >= 1.1 ? 'perDecision' : 'single');
	const isAsking = operation === 'sendAndWait' && kind === 'perDecision';
	const names = operation === 'wait' ? waiting : isAsking ? asking : [''];
	return names.map((displayName) =>
		displayName ? { type: 'main', displayName } : { type: 'main' },
	);
};

const subtitle = ({ resource, operation }: Shown, waiting: string) =>
	operation === 'sendAndWait'
		? 'request approval and wait'
		: operation === 'wait'
			? waiting
			: [operation, resource].join(': ');

const WAITING = { decisions: 'wait for decisions', done: 'wait until done' };

const tooltip = ({ operation }: Shown) =>
	operation === 'wait'
		? 'Waiting. The run looks again by itself, and goes on when every task has its answer.'
		: operation === 'sendAndWait'
			? 'Waiting for the approver. The workflow goes on after the answer.'
			: '';

/**
 * One output; No Decision, Approved and Rejected of a request; and of a wait those of `WAIT_OUTPUTS`.
 * @param kind what the service's tasks can say
 */
export const gateOutputs = (kind: keyof typeof WAIT_OUTPUTS): ExpressionString =>
	`={{(${outputs})($parameter, $nodeVersion, ${JSON.stringify(DECISION_OUTPUTS)}, ${JSON.stringify(WAIT_OUTPUTS[kind])})}}`;

/** Shown under the node's name. */
export const gateSubtitle = (kind: keyof typeof WAIT_OUTPUTS): ExpressionString =>
	`={{(${subtitle})($parameter, ${JSON.stringify(WAITING[kind])})}}`;

/** Shown on the node while it waits. */
export const waitingTooltip = `={{(${tooltip})($parameter)}}`;
