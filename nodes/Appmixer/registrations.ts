/** What a trigger remembers of its registrations, and what calls or another publishing have added to it meanwhile. */
import type { IHookFunctions } from 'n8n-workflow';

import { recall, type Registration, type TriggerMemory } from '../shared/trigger/triggerMemory';

/** Of all that may be pending. */
export const idsOf = (known?: Registration) => (known ? [...(known.earlier ?? []), known.id] : []);
export const allIdsOf = ({ registrations }: TriggerMemory) =>
	Object.values(registrations).flatMap(idsOf);

/** What calls taken meanwhile, or another publishing, have registered is pending too. @returns its tasks */
export function addWhatCame(
	context: IHookFunctions,
	{ registrations }: TriggerMemory,
	known: string[],
): string[] {
	const ids = new Set(known);
	const came = Object.entries(recall(context).registrations).filter(([taskId, other]) => {
		const mine = idsOf(registrations[taskId]);
		return idsOf(other).some((id) => !ids.has(id) && !mine.includes(id));
	});
	for (const [taskId, other] of came) {
		const mine = registrations[taskId] as Registration | undefined;
		registrations[taskId] = mine ? merged(mine, other) : other;
	}
	return came.map(([taskId]) => taskId);
}

export function merged(known: Registration, other: Registration | undefined): Registration {
	const more = idsOf(other).filter((id) => !idsOf(known).includes(id));
	return more.length === 0 ? known : { ...known, earlier: [...more, ...(known.earlier ?? [])] };
}
