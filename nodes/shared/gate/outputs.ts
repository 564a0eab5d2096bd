/** What the editor shows of a wait: its outputs and the tooltip while it waits. */
import type { ExpressionString } from 'n8n-workflow';

import { DECISION_OUTPUTS } from './waitFields';

interface Shown {
	operation?: string;
	outputs?: string;
}

// n8n evaluates the text of these functions in the editor: they can use nothing but their arguments
const outputs = ({ operation, outputs: chosen }: Shown, names: string[]) =>
	operation === 'sendAndWait' && chosen === 'perDecision'
		? names.map((displayName) => ({ type: 'main', displayName }))
		: [{ type: 'main' }];

const tooltip = ({ operation }: Shown) =>
	operation === 'sendAndWait'
		? 'Waiting for the approver. The workflow goes on after the answer.'
		: '';

/** One output, or No Decision, Approved and Rejected. */
export const decisionOutputs: ExpressionString = `={{(${outputs})($parameter, ${JSON.stringify(DECISION_OUTPUTS)})}}`;

/** Shown on the node while it waits. */
export const waitingTooltip = `={{(${tooltip})($parameter)}}`;
