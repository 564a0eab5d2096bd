import { HookContext } from 'n8n-core';

import { additionalData } from './additionalData';
import { workflowOf, NODE } from './sketch';
import { storedCredential } from './storedCredentials';

const lines: string[] = [];
let recording = false;

/** What nodes wrote to n8n's log since the last call, as `level message`. */
export function logged(): string[] {
	if (!recording) record();
	return lines.splice(0);
}

function record(): void {
	const workflow = workflowOf({ type: 'appmixerTrigger', parameters: {}, credential: {} });
	const { logger } = new HookContext(
		workflow,
		workflow.getNode(NODE)!,
		additionalData(storedCredential('appmixerTrigger', {}), ''),
		'trigger',
		'activate',
	);
	for (const level of ['error', 'warn', 'info'] as const) {
		logger[level] = (message: string) => void lines.push(`${level} ${message}`);
	}
	recording = true;
}
