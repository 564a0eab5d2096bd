/** What polling triggers have in common, besides what n8n's linter wants to see in their class. */
import { NodeConnectionTypes } from 'n8n-workflow';

import type { FieldReader } from '../items/fields/fieldReader';

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

/** The choice of what starts the workflow; a trigger adds its events. */
export const eventsField = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions' as const,
	required: true,
	default: [] as string[],
	description: 'What starts the workflow',
};

/** @throws NodeOperationError when there are none: such a trigger would never start anything */
export function readEvents(fields: FieldReader): string[] {
	const events = fields.words(eventsField);
	if (events.length > 0) return events;
	throw fields.error('Events is empty', 'Choose what starts the workflow.');
}
