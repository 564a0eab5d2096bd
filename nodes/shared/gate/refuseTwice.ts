/** Refuses one task that comes twice in a group: its answer would count twice. */
import type { IExecuteFunctions } from 'n8n-workflow';

import { fieldError } from '../http/nodeErrors';
import { ruleField } from './ruleFields';
import type { WaitGroup, WaitedTask } from './waitState';

/** @param idOf what tells a task; `undefined` while it is not known */
export function refuseTwice(
	context: IExecuteFunctions,
	groups: WaitGroup[],
	tasks: WaitedTask[],
	idOf: (task: WaitedTask) => string | undefined,
): void {
	for (const group of groups) {
		const first = new Map<string, number>();
		for (const place of group.tasks) {
			const { item } = tasks[place];
			const id = idOf(tasks[place]);
			if (id === undefined) continue;
			const before = first.get(id);
			if (before === undefined) {
				first.set(id, item);
				continue;
			}
			throw fieldError(
				context.getNode(),
				`Items ${before} and ${item} are the same task, ${id}`,
				`Its answer would count twice in ${ruleField.displayName}. Remove one of the two items.`,
				item,
			);
		}
	}
}
