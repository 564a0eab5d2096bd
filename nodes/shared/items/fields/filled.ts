/** Of what may be filled in, what was: the rest is left out, and not sent as empty. */
import type { FieldReader } from './fieldReader';

export const filled = <T>(values: Record<string, T | undefined>): Record<string, T> =>
	Object.fromEntries(
		Object.entries(values).filter((entry): entry is [string, T] => entry[1] !== undefined),
	);

/** What an update changes. @throws NodeOperationError when that is nothing */
export function filledChanges<T>(
	read: FieldReader,
	values: Record<string, T | undefined>,
): Record<string, T> {
	const changes = filled(values);
	if (Object.keys(changes).length > 0) return changes;
	throw read.error('There is nothing to update', 'Add at least one field under Update Fields.');
}
