/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { parse } from 'flatted';
import {
	sleep,
	type ExecutionStatus,
	type INodeExecutionData,
	type IRunExecutionData,
	type ITaskData,
} from 'n8n-workflow';
import type { Json, Session } from './session';

/** One run of one node. */
export interface NodeRun extends Omit<ITaskData, 'data'> {
	/** Items by output; an output that gave nothing is an empty list. */
	main: INodeExecutionData[][];
}

export interface Execution {
	id: string;
	workflowId: string;
	status: ExecutionStatus;
	/** `manual`, `trigger`, `webhook` … */
	mode: string;
	lastNodeExecuted: string | undefined;
	/** When a waiting execution goes on by itself, ISO 8601 UTC. */
	waitTill: string | null;
	error: { message: string; description?: string | null } | undefined;
	/** By node name, one entry for each time the node ran. */
	runData: Record<string, NodeRun[]>;
	/** All of it, as n8n's engine keeps it. */
	raw: IRunExecutionData;
}

export interface ExecutionSummary {
	id: string;
	workflowId: string;
	status: ExecutionStatus;
	mode: string;
	waitTill: string | null;
}

/** Where a manual run begins and ends; n8n wants a trigger to start from or a destination. */
export interface ManualRun {
	triggerToStartFrom?: { name: string; data?: Partial<ITaskData> };
	/** A node name means: run up to and including it. */
	destinationNode?: string | { nodeName: string; mode: 'inclusive' | 'exclusive' };
	runData?: Record<string, ITaskData[]>;
	dirtyNodeNames?: string[];
}

/** Either it runs, or n8n listens for one call of the trigger's test webhook, `<url>/webhook-test/<path>`. */
export interface ManualRunAnswer {
	executionId?: string;
	waitingForWebhook?: boolean;
}

const ENDED: ExecutionStatus[] = ['success', 'error', 'crashed', 'canceled'];
const LOOK_AGAIN_MS = 200;

/** Whether an execution has come to an end, whichever. */
export const hasEnded = ({ status }: { status: ExecutionStatus }) => ENDED.includes(status);

function nodeRun({ data, ...run }: ITaskData): NodeRun {
	return { ...run, main: (data?.main ?? []).map((items) => items ?? []) };
}

/** What can be done with executions over REST. */
export const executionCalls = (session: Session) => {
	/** The newest executions first, without their data. */
	async function executions(
		filter: { workflowId?: string; status?: ExecutionStatus[] } = {},
		limit = 50,
	): Promise<ExecutionSummary[]> {
		const query = { filter: JSON.stringify(filter), limit };
		return (await session.get<{ results: ExecutionSummary[] }>('/rest/executions', query)).results;
	}

	/** One execution with all its data. */
	async function execution(id: string): Promise<Execution> {
		type Answer = ExecutionSummary & { data: string };
		const answer = await session.get<Answer>(`/rest/executions/${id}`, { includeData: true });
		// n8n stores an execution before its data
		const raw = (parse(answer.data) ?? {}) as IRunExecutionData;
		const { runData = {}, lastNodeExecuted, error } = raw.resultData ?? {};
		const runs = Object.entries(runData).map(([node, list]) => [node, list.map(nodeRun)] as const);
		const { workflowId, status, mode, waitTill } = answer;
		return {
			...{ id, workflowId, status, mode, waitTill, lastNodeExecuted, error, raw },
			runData: Object.fromEntries(runs),
		};
	}

	return {
		executions,
		execution,

		/** Runs a stored workflow by hand, as the editor's buttons do; pinned data counts. */
		async run(workflowId: string, manual: ManualRun): Promise<ManualRunAnswer> {
			const { destinationNode: to, ...rest } = manual;
			const destinationNode = typeof to === 'string' ? { nodeName: to, mode: 'inclusive' } : to;
			const body: Json = { ...rest, destinationNode };
			return await session.post(`/rest/workflows/${workflowId}/run`, body);
		},

		/** Ends listening for a test webhook call. */
		async stopListening(workflowId: string): Promise<void> {
			await session.delete(`/rest/test-webhook/${workflowId}`);
		},

		/** Cancels a running or waiting execution. */
		async stopExecution(id: string): Promise<void> {
			await session.post(`/rest/executions/${id}/stop`);
		},

		/** Starts a run that did not end well once more, as Retry does in the list. */
		async retry(
			id: string,
			body: { loadWorkflow: boolean } = { loadWorkflow: false },
		): Promise<void> {
			await session.post(`/rest/executions/${id}/retry`, body);
		},

		/**
		 * Waits for an execution of this workflow that satisfies `accept`; by default one that has ended.
		 * @throws Error with the executions there were, after `timeoutMs`
		 */
		async waitForExecution(
			workflowId: string,
			accept: (execution: Execution) => boolean = hasEnded,
			timeoutMs = 60_000,
		): Promise<Execution> {
			const deadline = Date.now() + timeoutMs;
			for (;;) {
				const listed = await executions({ workflowId });
				for (const { id } of listed) {
					const found = await execution(id);
					if (accept(found)) return found;
				}
				if (Date.now() > deadline) {
					const seen = listed.map(({ id, status, mode }) => `${id} ${status} (${mode})`).join(', ');
					throw new Error(
						`No execution of workflow ${workflowId} as wanted within ${timeoutMs} ms; there are: ${seen || 'none'}`,
					);
				}
				await sleep(LOOK_AGAIN_MS);
			}
		},
	};
};
