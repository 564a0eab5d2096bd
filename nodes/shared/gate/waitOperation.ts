/** The operation that waits for tasks, as each service has it. */
import type { INodeProperties } from 'n8n-workflow';

import { notice } from '../items/fields/makeField';
import type { RunOperation } from '../items/operations';
import type { WaitDesk } from './desk';
import { lookFields, whenEditedField } from './lookFields';
import { ownApprovalField } from './ownApproval';
import { waitForDecisions } from './waitForDecisions';

const WIRE = notice(
	'wireNotice',
	'Draw a wire from the output Check Again to the input of this same node: by it the run comes back to look again, and all tasks leave together when the last has its answer. Neither pin nor deactivate this node: n8n would run in circles. Execute Step does not wait to the end; use Execute Workflow.',
);

/**
 * @param kind what tasks are called in the panel: "tasks", "requests"
 * @param unknown what the service cannot say, for the panel
 */
export const waitOperation = (
	desk: WaitDesk,
	{ kind = 'tasks', unknown = [] }: { kind?: string; unknown?: string[] } = {},
): RunOperation => ({
	...(desk.decides
		? {
				name: 'Wait for Decisions',
				description: `Wait until ${kind} are approved or rejected`,
				action: `Wait for decisions on ${kind}`,
			}
		: {
				name: 'Wait Until Done',
				description: `Wait until ${kind} are done. Done approves nothing.`,
				action: `Wait until ${kind} are done`,
			}),
	access: 'run',
	fields: [
		WIRE,
		...unknown.map((text, place) => notice(`unknownNotice${place || ''}`, text)),
		...desk.fields,
		...lookFields(desk.decides),
	],
	options: [
		whenEditedField,
		...(desk.decides ? [ownApprovalField] : []),
		...(desk.options ?? ([] as INodeProperties[])),
	],
	async run() {
		return await waitForDecisions(this, desk);
	},
});
