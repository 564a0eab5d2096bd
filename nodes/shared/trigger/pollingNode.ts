/** What polling triggers have in common, besides what n8n's linter wants to see in their class. */
import { NodeConnectionTypes } from 'n8n-workflow';

export const pollingNode = {
	group: ['trigger' as const],
	version: 1,
	polling: true as const,
	inputs: [],
	outputs: [NodeConnectionTypes.Main],
};
