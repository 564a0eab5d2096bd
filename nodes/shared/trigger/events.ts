/** What starts the workflow, of the things a trigger can tell. */
import type { FieldReader } from '../items/fields/fieldReader';

/** A trigger adds its events. */
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
