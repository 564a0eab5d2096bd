/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { randomUUID } from 'node:crypto';

import type { WorkflowJson } from '../n8n/workflows';

/** The folder of the example workflows. */
export const EXAMPLES = resolve(__dirname, '../../examples');

/** The example workflows by what they show. */
export interface Examples {
	purchase: WorkflowJson;
	emailLink: WorkflowJson;
	onDecision: WorkflowJson;
	mambu: WorkflowJson;
	affinitext: WorkflowJson;
	opentaps: WorkflowJson;
	nutrient: WorkflowJson;
	report: WorkflowJson;
	notCarriedOut: WorkflowJson;
}

/** Reads the example workflows as a user would import them. */
export function readExamples(folder = EXAMPLES): Examples {
	const read = (name: string) =>
		JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as WorkflowJson;
	return {
		purchase: read('purchase-approval'),
		emailLink: read('approval-by-email-link'),
		onDecision: read('on-decision'),
		mambu: read('mambu-loan-review'),
		affinitext: read('affinitext-new-obligation'),
		opentaps: read('opentaps-follow-up'),
		nutrient: read('nutrient-renewals'),
		report: read('open-tasks-report'),
		notCarriedOut: read('decisions-not-carried-out'),
	};
}

/** A copy with webhook addresses of its own, as the editor makes one on import. */
export const withNewAddresses = (workflow: WorkflowJson): WorkflowJson => ({
	...workflow,
	nodes: workflow.nodes.map((node) =>
		node.webhookId === undefined ? node : { ...node, webhookId: randomUUID() },
	),
});

/** A copy in which nobody has more than a minute, and a passed date does not end the wait: it times out. */
export const withOneMinute = (workflow: WorkflowJson): WorkflowJson => ({
	...workflow,
	name: `${workflow.name}, one minute`,
	nodes: workflow.nodes.map((node) =>
		node.parameters.operation === 'sendAndWait'
			? {
					...node,
					parameters: {
						...node.parameters,
						...{ resumeAmount: 1, resumeUnit: 'minutes', whenDue: 'keepWaiting' },
					},
				}
			: node,
	),
});
