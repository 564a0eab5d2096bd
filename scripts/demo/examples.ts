/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { randomUUID } from 'node:crypto';

import type { WorkflowJson } from '../n8n/workflows';

/** The folder of the example workflows. */
export const EXAMPLES = resolve(__dirname, '../../examples');

/** The files of the example workflows, by what they show. */
export const FILES = {
	purchase: 'purchase-approval',
	emailLink: 'approval-by-email-link',
	onDecision: 'on-decision',
	twoOfThree: 'two-of-three-approvers',
	purchaseLines: 'purchase-lines',
	secondApprover: 'second-approver',
	twoStages: 'two-stages-by-amount',
	onePerItem: 'one-run-per-item',
	firewall: 'behind-a-firewall',
	agent: 'agent-asks-a-human',
	dueSoon: 'due-soon-reminder',
	mambu: 'mambu-loan-review',
	affinitext: 'affinitext-new-obligation',
	opentaps: 'opentaps-follow-up',
	nutrient: 'nutrient-renewals',
	nutrientWait: 'nutrient-rest-client',
	report: 'open-tasks-report',
	notCarriedOut: 'decisions-not-carried-out',
} as const;

/** By what they show. */
export type OfEach<T> = Record<keyof typeof FILES, T>;
export type Examples = OfEach<WorkflowJson>;

/** The same of each of them. */
export async function forEachExample<T>(
	examples: Examples,
	work: (workflow: WorkflowJson) => Promise<T>,
): Promise<OfEach<T>> {
	const found: Array<[string, T]> = [];
	for (const [name, workflow] of Object.entries(examples)) found.push([name, await work(workflow)]);
	return Object.fromEntries(found) as OfEach<T>;
}

/** Reads the example workflows as a user would import them. */
export function readExamples(folder = EXAMPLES): Examples {
	const read = (name: string) =>
		JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as WorkflowJson;
	const all = Object.entries(FILES).map(([name, file]) => [name, read(file)]);
	return Object.fromEntries(all) as Examples;
}

/** A copy with webhook addresses of its own, as the editor makes one on import. */
export const withNewAddresses = (workflow: WorkflowJson): WorkflowJson => ({
	...workflow,
	nodes: workflow.nodes.map((node) =>
		node.webhookId === undefined ? node : { ...node, webhookId: randomUUID() },
	),
});

/** A copy in which a process of Nutrient is chosen, as a user does in the editor. */
export const withProcess = (workflow: WorkflowJson, sid: string): WorkflowJson => ({
	...workflow,
	nodes: workflow.nodes.map((node) =>
		node.parameters.processId === undefined
			? node
			: {
					...node,
					parameters: { ...node.parameters, processId: { __rl: true, mode: 'id', value: sid } },
				},
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
