/** The only item loop: it keeps order and pairing, and never starts a write before every item was checked. */
import type {
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { fieldError, toInputError, toNodeError } from '../http/nodeErrors';
import { doneBefore, doneInRun, endRun, type Done } from './doneInRun';
import { failAll, failedFirst, failItem, warnOfEmptyItem } from './failItem';
import { parallelReads } from './fields/runFields';
import type { Field } from './fields/fieldReader';
import { fieldsOf } from './fields/readFields';
import {
	hasFiles,
	type ItemOperation,
	type OperationResult,
	type PreparedCall,
	type Resource,
} from './operations';
import { tellNoId } from './noId';
import { tellNotKept, withNote } from './notKept';
import { forEachParallel } from './parallel';

const DEFAULT_PARALLEL = { read: 5, write: 1 };
const MAX_PARALLEL = 20;

type Outcome =
	| { done: false }
	| { done: true; items: INodeExecutionData[] }
	| { done: true; error: NodeApiError | NodeOperationError; isSafe?: boolean };

/**
 * Runs the operation that the node's `resource` and `operation` parameters name over all input items.
 * @throws the error of the lowest failing item. When the node continues on failure, never: n8n would pass the input on.
 */
export async function runOperations(
	context: IExecuteFunctions,
	resources: Resource[],
): Promise<INodeExecutionData[][]> {
	const running = run(context, resources);
	if (!context.continueOnFail()) return await running;
	return await running.catch((reason: unknown) => [failAll(context, reason)]);
}

async function run(
	context: IExecuteFunctions,
	resources: Resource[],
): Promise<INodeExecutionData[][]> {
	const resource = context.getNodeParameter('resource', 0) as string;
	const name = context.getNodeParameter('operation', 0) as string;
	const operations = resources.find(({ option }) => option.value === resource)?.operations ?? {};
	const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
	if (!operation) {
		throw fieldError(
			context.getNode(),
			`The operation "${name}" does not exist`,
			`Choose another operation for "${resource}".`,
		);
	}
	if (operation.access === 'run') return await operation.run.call(context);

	warnOfEmptyItem(context);
	const items = context.getInputData();
	const outcomes: Outcome[] = items.map(() => ({ done: false }));
	const calls = await prepareAll(context, operation, outcomes);
	const { access } = operation;
	await settle(context, calls, outcomes, parallelism(context, access));
	const output = failedFirst(context, outcomes.flatMap(toItems));
	// an item that was not begun, because the execution was stopped, has not succeeded either
	const allDone = outcomes.every((outcome) => 'items' in outcome);
	endRun(context, { succeeded: allDone && !isRunAgain(context, output) });
	throwLowest(context, outcomes, access);
	tellNotKept(context, output);
	if (operation.madeId) tellNoId(context, output, operation.madeId);
	return [output];
}

async function prepareAll(
	context: IExecuteFunctions,
	operation: ItemOperation,
	outcomes: Outcome[],
): Promise<Array<PreparedCall | undefined>> {
	const calls: Array<PreparedCall | undefined> = [];
	for (let itemIndex = 0; itemIndex < outcomes.length; itemIndex++) {
		try {
			calls.push(await prepare(context, operation, itemIndex));
		} catch (error) {
			const failure = toInputError(context.getNode(), error, itemIndex);
			if (!context.continueOnFail()) throw failure;
			outcomes[itemIndex] = { done: true, error: failure };
			calls.push(undefined);
		}
	}
	return calls;
}

/** The call of an item. A write that an earlier try of this run has done is neither checked nor repeated. */
async function prepare(
	context: IExecuteFunctions,
	operation: ItemOperation,
	item: number,
): Promise<PreparedCall> {
	const { access, once, secrets } = operation;
	const read = async () => await operation.prepare.call(context, fieldsOf(context, item));
	if (access !== 'write') return await read();
	const doing = { item, what: 'item', once, secrets };
	const done = await doneBefore(context, doing);
	if (done) return () => Promise.resolve(toldOf(done));
	const call = await read();
	const { idempotencyKey } = call;
	const sent = async () => toldOf(await doneInRun(context, { ...doing, idempotencyKey }, call));
	return Object.assign(sent, { idempotencyKey });
}

const toldOf = ({ result, notKept }: Done<OperationResult>) =>
	notKept.length > 0 ? withNote(result, notKept) : result;

/** With Retry On Fail n8n takes a first item that has an `error` for a failure, and runs the node again. */
const isRunAgain = (context: IExecuteFunctions, [first]: INodeExecutionData[]) =>
	context.getNode().retryOnFail === true && (first?.json.error ?? false) !== false;

async function settle(
	context: IExecuteFunctions,
	calls: Array<PreparedCall | undefined>,
	outcomes: Outcome[],
	workers: number,
): Promise<void> {
	await forEachParallel(calls, workers, async (call, itemIndex) => {
		if (!call || context.getExecutionCancelSignal()?.aborted) return;
		try {
			outcomes[itemIndex] = { done: true, items: itemsOf(await call()) };
		} catch (thrown) {
			const error = toNodeError(context.getNode(), thrown, itemIndex);
			outcomes[itemIndex] = { done: true, error, isSafe: call.idempotencyKey !== undefined };
			if (!context.continueOnFail()) throw error;
		}
	});
}

function parallelism(context: IExecuteFunctions, access: 'read' | 'write'): number {
	const options = fieldsOf(context, 0).options();
	const inParallel = (field: Field) => options.count(field, MAX_PARALLEL);
	return options.ifGiven(parallelReads, inParallel) ?? DEFAULT_PARALLEL[access];
}

function throwLowest(
	context: IExecuteFunctions,
	outcomes: Outcome[],
	access: 'read' | 'write',
): void {
	const failed = outcomes.find((outcome) => 'error' in outcome);
	if (!failed || !('error' in failed) || context.continueOnFail()) return;
	const succeeded = outcomes.flatMap((outcome, index) => ('items' in outcome ? [index] : []));
	if (access === 'write' && succeeded.length > 0) {
		const done = `Items already done, not to be repeated: ${succeeded.join(', ')}.`;
		failed.error.description = [failed.error.description, done].filter(Boolean).join(' ');
	}
	throw failed.error;
}

function toItems(outcome: Outcome, item: number): INodeExecutionData[] {
	if ('error' in outcome) return [failItem(outcome.error, item, outcome.isSafe)];
	const pairedItem = { item };
	return 'items' in outcome ? outcome.items.map((one) => ({ ...one, pairedItem })) : [];
}

function itemsOf(result: OperationResult): INodeExecutionData[] {
	if (Array.isArray(result)) return result.map((json) => ({ json }));
	return hasFiles(result) ? [{ json: result.json, binary: result.binary }] : [{ json: result }];
}
