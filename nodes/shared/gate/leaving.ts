/** What leaves with the items of a wait that ends: who answered, the files that came in, and the pairing. */
import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { failItem } from '../items/failItem';
import type { WaitDesk } from './desk';
import { onOutputs } from './groupOutput';
import type { DecidedBy } from './parking';
import type { WaitGroup, WaitState, WaitedTask } from './waitState';

/** Who answered a group of one: where the service tells, else who was asked. */
export async function answeredBy(
	context: IExecuteFunctions,
	desk: WaitDesk,
	{ tasks, settings }: WaitState,
	{ tasks: places, outcome }: WaitGroup,
): Promise<IDataObject | null> {
	const task = tasks[places[0]].last;
	if (places.length > 1 || !task || !['approved', 'rejected', 'done'].includes(outcome ?? '')) {
		return null;
	}
	const told = await desk.answeredBy?.(context, task, settings);
	const asked: DecidedBy =
		task.decision && task.assignee ? { ...task.assignee, provenance: 'configured' } : null;
	return (told ?? asked) as IDataObject | null;
}

/** What the list of executions can be filtered by. */
export const notesOf = (tasks: WaitedTask[]) => ({
	taskId: tasks.map(({ asked, last }) => last?.id ?? asked.id).join(', '),
	approver: [...new Set(tasks.flatMap(({ last }) => last?.assignee?.email ?? []))].join(', '),
});

/** The files of the items that these tasks came from, where n8n still has them. */
export function filesOf(
	context: IExecuteFunctions,
	{ source }: WaitState,
	tasks: WaitedTask[],
): IBinaryKeyData | undefined {
	if (!source) return undefined;
	const { previousNode, previousNodeOutput = 0, previousNodeRun = 0 } = source;
	const { $items } = context.getWorkflowDataProxy(0) as unknown as {
		$items(node: string, output: number, run: number): INodeExecutionData[];
	};
	try {
		const items = $items(previousNode, previousNodeOutput, previousNodeRun);
		return tasks.map(({ item }) => items[item]?.binary).find((binary) => binary !== undefined);
	} catch {
		return undefined;
	}
}

/**
 * Pairs what leaves with the items that came in first, not with the last round: n8n takes an item's pairing for an
 * index into what is named here.
 */
export function pairWithSource(context: IExecuteFunctions, { source }: WaitState): void {
	const main = context.getExecuteData().source?.main;
	// in place: n8n has noted the list before it ran the node
	if (main && source) main[0] = source;
}

/**
 * What a failure gives while Continue On Fail is on, for each item that came in: never by Check Again, which would run the
 * node again at once (L5).
 */
export function failedWait(
	context: IExecuteFunctions,
	decides: boolean,
	error: NodeApiError | NodeOperationError,
	state: WaitState | undefined,
): INodeExecutionData[][] {
	const count = state?.tasks.length ?? context.getInputData().length;
	const items = Array.from({ length: count }, (_, item) => item);
	if (state) pairWithSource(context, state);
	if (context.getNode().onError === 'continueErrorOutput') {
		const failed = items.map((item) => ({
			outcome: 'failed' as const,
			item: failItem(error, item),
		}));
		return onOutputs(decides, failed);
	}
	return onOutputs(
		decides,
		items.map((item) => {
			const { last, asked } = state?.tasks[item] ?? {};
			const told = { approved: false, outcome: 'failed' as const, decidedBy: null };
			const json = { ...told, ...(last ?? asked), error: error.message } as unknown as IDataObject;
			return { outcome: 'failed', item: { json, pairedItem: { item } } };
		}),
	);
}
