/** What polling triggers have in common, besides what n8n's linter wants to see in their class. */
import { NodeConnectionTypes } from 'n8n-workflow';

export const pollingNode = (name: string, displayName: string, credential: string) => ({
	name,
	displayName,
	defaults: { name: displayName },
	group: ['trigger' as const],
	version: 1,
	polling: true as const,
	inputs: [],
	outputs: [NodeConnectionTypes.Main],
	credentials: [{ name: credential, required: true }],
});
