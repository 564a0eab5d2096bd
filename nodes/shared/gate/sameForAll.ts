/** What holds for a whole wait, or for a group of it, though each of its items could bring its own by an expression. */
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ItemFields } from '../items/fields/fieldReader';
import { fieldsOf } from '../items/fields/readFields';

const isEqual = (one: unknown, other: unknown): boolean =>
	JSON.stringify(one) === JSON.stringify(other);

/**
 * Reads it for each of the items: that of the first would count for all, and let one be approved as another was to be.
 * @param what its name in the editor, for the error
 * @throws for the first item that has another value
 */
export function sameForAll<T>(
	context: IExecuteFunctions,
	items: number[],
	what: string,
	read: (fields: ItemFields) => T,
	isSame: (one: T, other: T) => boolean = isEqual,
): T {
	const [first = 0, ...others] = items;
	const value = read(fieldsOf(context, first));
	for (const item of others) {
		const fields = fieldsOf(context, item);
		if (isSame(read(fields), value)) continue;
		throw fields.error(
			`${what} is not what it is for item ${first}`,
			'It holds for all tasks that are answered together. Give all of them the same value, or wait for them in runs of their own.',
		);
	}
	return value;
}
