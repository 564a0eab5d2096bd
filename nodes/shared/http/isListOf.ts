/** Tells a list of things from other JSON, where not every thing needs to show what it is told from others by. */
import type { IDataObject } from 'n8n-workflow';

const isRecord = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * One that shows no ID must not hide all others. Where none does, at the start, it is a list of something else.
 * @param offset where in the list the page begins
 */
export const isListOf = (
	body: unknown,
	hasId: (row: unknown) => boolean,
	offset: number,
): body is IDataObject[] =>
	Array.isArray(body) &&
	body.every(isRecord) &&
	(offset > 0 || body.length === 0 || body.some(hasId));
