import type { IDataObject } from 'n8n-workflow';

import type { ApiContext } from '../shared/http/transport';
import { readTasks, type Form } from './api';
import { idOf, textOf } from './task';

/** What the vendor's own script asks for when it wants all. */
const ALL = 9999;

/**
 * Tasks in these statuses; in any when there are none. There is a `per_page`, but no way to ask for another page:
 * when it was full, more are asked for, until it is not, or brings nothing new.
 */
export async function* listTasks(
	context: ApiContext,
	statuses: string[],
	count = Infinity,
	extra: Form = {},
): AsyncGenerator<IDataObject> {
	const seen = new Set<string>();
	const status = statuses.length > 0 ? { status: statuses.join(',') } : {};
	for (let size = Math.min(count, ALL); ; size *= 10) {
		const page = await readTasks(context, { ...extra, ...status, per_page: String(size) });
		const fresh = page.filter((raw) => !seen.has(keyOf(raw)));
		for (const raw of fresh) {
			seen.add(keyOf(raw));
			if (isIn(raw, statuses)) yield raw;
		}
		if (page.length < size || fresh.length === 0) return;
	}
}

const keyOf = (raw: IDataObject) => idOf(raw) || JSON.stringify(raw);

/** A record that does not show its status is taken as the server gave it. */
function isIn(raw: IDataObject, statuses: string[]): boolean {
	const shown = textOf(raw, 'status')?.toUpperCase();
	return (
		statuses.length === 0 ||
		shown === undefined ||
		statuses.some((status) => status.toUpperCase() === shown)
	);
}

export async function* filterTasks(
	tasks: AsyncIterable<IDataObject>,
	isWanted: (raw: IDataObject) => boolean,
): AsyncGenerator<IDataObject> {
	for await (const raw of tasks) if (isWanted(raw)) yield raw;
}
