/** The errors of a node: which item each belongs to, whether it may heal, and whether what failed was done all the same. */
import type { INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

const unknown = new WeakSet<Error>();

/** Marks the error of a write that was sent and whose answer was lost. */
export function markAnswerUnknown<E extends Error>(error: E): E {
	unknown.add(error);
	return error;
}

/** Whether it is not known if what failed was done all the same. */
export const isAnswerUnknown = (error: unknown): boolean =>
	error instanceof Error && unknown.has(error);

const doubtful = new WeakSet<Error>();

/** Marks the error of a write that something answered, without saying whether it was done. */
export function markDoubtful<E extends Error>(error: E): E {
	doubtful.add(error);
	return error;
}

/** Whether what failed may have been done, for what must not be done twice. */
export const isDoubtful = (error: unknown): boolean =>
	isAnswerUnknown(error) || (error instanceof Error && doubtful.has(error));

const answerTimes = new WeakMap<Error, string>();

/** Notes when the service answered, by its own clock. @param date the `Date` header */
export function noteAnswerTime<E extends Error>(error: E, date: unknown): E {
	const time = Date.parse(String(date));
	if (!Number.isNaN(time)) answerTimes.set(error, new Date(time).toISOString());
	return error;
}

/** When the service gave the answer that became this error, as ISO 8601 UTC by its own clock; `undefined` for no answer. */
export const answeredAt = (error: unknown): string | undefined =>
	error instanceof Error ? answerTimes.get(error) : undefined;

const final = new WeakSet<Error>();

/**
 * A parameter that cannot be used, or a thing half done: names the field, what is wrong and what to do. Repeating the
 * same does not heal it.
 */
export function fieldError(
	node: INode,
	message: string,
	description: string,
	itemIndex?: number,
): NodeOperationError {
	const error = new NodeOperationError(node, message, { description, itemIndex });
	error.failure = { cause: 'configuration-invalid' };
	final.add(error);
	return error;
}

const meanings = new WeakMap<Error, number>();

/** Notes the status that counts for an error: the service's words may mean another one than they came with. */
export function noteMeaning<E extends Error>(error: E, status: number): E {
	meanings.set(error, status);
	return error;
}

/** The status that counts for an error; `undefined` for one that is no answer. */
export const meaningOf = (error: unknown): number | undefined =>
	error instanceof Error ? meanings.get(error) : undefined;

/** The service says that what it was given is no good. */
const BAD_INPUT = [400, 404, 405, 410, 413, 414, 415, 422];

/**
 * Whether what failed may succeed when it is done again, and may be done again.
 * @param isSafe whether it may be, though the answer was lost: the service knows a repetition by its key
 */
export function canHeal(error: Error, isSafe = false): boolean {
	if (final.has(error) || (isAnswerUnknown(error) && !isSafe)) return false;
	return !(error instanceof NodeApiError && BAD_INPUT.includes(meanings.get(error) ?? 0));
}

type NodeError = NodeApiError | NodeOperationError;

/** Whether it will pass without anybody doing anything. */
export function isPassing(error: unknown): error is NodeError {
	if (!(error instanceof NodeApiError || error instanceof NodeOperationError)) return false;
	const { cause } = error.failure ?? {};
	return cause === 'temporarily-unavailable' || cause === 'rate-limited';
}

/**
 * Gives any thrown value the item it belongs to, wrapping it at most once. One that failed several items, as an answer
 * they share does, is copied for each. Without `itemIndex` it keeps its own, or is the first item's.
 */
export function toNodeError(node: INode, thrown: unknown, itemIndex?: number): NodeError {
	const error =
		thrown instanceof NodeApiError || thrown instanceof NodeOperationError
			? thrown
			: new NodeOperationError(node, thrown instanceof Error ? thrown : String(thrown));
	const whose = (error.context.itemIndex ??= itemIndex ?? 0);
	return itemIndex === undefined || whose === itemIndex ? error : copyFor(error, itemIndex);
}

function copyFor(error: NodeError, itemIndex: number): NodeError {
	const own = Object.getOwnPropertyDescriptors(error);
	const copy = Object.create(Object.getPrototypeOf(error) as object, own) as NodeError;
	copy.context = { ...error.context, itemIndex };
	for (const marked of [unknown, doubtful, final]) if (marked.has(error)) marked.add(copy);
	return noteMeaning(copy, meanings.get(error) ?? 0);
}

/** As `toNodeError`, of what is thrown while fields are read: unless it comes from the service, reading again does not heal it. */
export function toInputError(node: INode, thrown: unknown, itemIndex?: number): NodeError {
	const error = toNodeError(node, thrown, itemIndex);
	if (!(error instanceof NodeApiError)) final.add(error);
	return error;
}
