import { parse, stringify } from 'flatted';
import { WebhookContext, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type IRun,
	type IRunExecutionData,
	type ITaskData,
	type IWebhookData,
	type IWebhookResponseData,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { additionalData } from './additionalData';
import { clockAhead } from './clockAhead';
import { openCallbackServer, type Callback, type CallbackServer } from './callbackServer';
import { hooksOf } from './hooks';
import { nodeTypeOf, nodeTypes, packageLoaded, START } from './loadedPackage';
import { NODE, workflowOf, type Sketch } from './sketch';
import { storedCredential, type Credentials } from './storedCredentials';
import { seenError, type SeenError } from './runNode';

export interface LoopSketch extends Sketch {
	/** The items that come in. */
	items: IDataObject[];
	/** Names of the node's outputs, in their order; each leads to a node of that name, but for Check Again. */
	outputs: string[];
	/** Wires in place of the usual ones. */
	connections?: IConnections;
	/** Other nodes, which pass on what comes in. */
	through?: string[];
	/** When n8n stops the run, in milliseconds since 1970. */
	stopsAt?: number;
}

/** A run that comes back to the same node, as n8n keeps it: between two rounds there is only what it stores. */
export interface Looping {
	status: string;
	error: SeenError | null;
	waitTill: Date | null;
	/** How often n8n has run the node, without the rounds it passes on. */
	looks: number;
	hints: string[];
	/** What n8n stores, as text; it may be replaced. */
	stored: string;
	/** What the callbacks were answered. */
	answers: IWebhookResponseData[];
	server: CallbackServer;
	/** Items that arrived behind an output, with the item that n8n pairs each with. */
	arrived(output: string): Array<{ json: IDataObject; from: unknown; binary?: unknown }>;
	/** As n8n does at the time it was told, to which this process's clock is set ahead. */
	wake(): Promise<void>;
	/** Until it waits or has ended, after a call that woke it up. */
	settled(): Promise<void>;
	/** As n8n does with an older state of the run, which it had read before. */
	replay(stored: string): Promise<void>;
	/** As Retry does from n8n's list. */
	retry(): Promise<void>;
	deleteCredential(): void;
	close(): Promise<void>;
}

const LOOP = (outputs: string[]): IConnections => ({
	Start: { main: [[wire(NODE)]] },
	[NODE]: { main: outputs.map((name, place) => [wire(place === 0 ? NODE : name)]) },
});

const wire = (node: string) => ({ node, type: 'main' as const, index: 0 });

/** Runs Start → node ⟲ → a node for each output, until it waits or ends. */
export async function openLoop(sketch: LoopSketch): Promise<Looping> {
	await packageLoaded();
	const server = await openCallbackServer();
	const { outputs, items, through = [] } = sketch;
	const base = workflowOf(sketch);
	const sinks = [...outputs.slice(1), ...through].map((name, place): INode => {
		const position: [number, number] = [400, place * 100];
		return { id: name, name, type: START, typeVersion: 1, position, parameters: {} };
	});
	const workflow = new Workflow({
		id: base.id,
		name: 'Loop',
		nodes: [...Object.values(base.nodes), ...sinks],
		connections: sketch.connections ?? LOOP(outputs),
		active: true,
		nodeTypes,
		settings: base.settings,
	});
	const credentials = storedCredential(sketch.type, sketch.credential, sketch.impatience);
	let executionId = 700 + Math.floor(Math.random() * 1e6);
	let looks = 0;
	let current: IRunExecutionData = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [
				{
					node: workflow.getNode('Start')!,
					data: { main: [items.map((json) => ({ json: { ...json } }))] },
					source: null,
				},
			],
		},
		resumeToken: 'engine-resume-token',
	});
	let run: IRun;
	const additional = (more: Partial<IWorkflowExecuteAdditionalData> = {}) =>
		additionalData(credentials as Credentials, server.url, {
			executionId: String(executionId),
			...(sketch.stopsAt !== undefined && { executionTimeoutTimestamp: sketch.stopsAt }),
			...more,
		});
	const loop = { answers: [] as IWebhookResponseData[], server } as Looping;
	let going: Promise<void> | null = null;

	const go = (data: IRunExecutionData): Promise<void> => {
		going = play(data).finally(() => (going = null));
		return going;
	};
	const play = async (data: IRunExecutionData) => {
		const hooks = hooksOf(workflow, String(executionId));
		const execution = new WorkflowExecute(additional({ hooks }), 'trigger', data);
		const { runNode: runOnce } = execution;
		execution.runNode = async function (...parameters) {
			const { node } = parameters[1];
			if (node.name === NODE && node.disabled !== true) looks += 1;
			return await runOnce.apply(execution, parameters);
		};
		run = await execution.processRunExecutionData(workflow);
		current = run.data;
		const last = (current.resultData.runData[NODE] ?? []).slice(-1)[0] as ITaskData | undefined;
		const error = current.resultData.error ?? last?.error;
		Object.assign(loop, {
			status: run.status,
			error: error ? seenError(error) : null,
			waitTill: run.waitTill ?? null,
			looks,
			hints: (last?.hints ?? []).map(({ message }) => message),
			stored: stringify(current),
		});
	};
	const fromStorage = (stored: string) => parse(stored) as IRunExecutionData;

	server.take = async (callback) => {
		const answer = await take(callback);
		loop.answers.push(answer);
		return answer;
	};
	const take = async (callback: Callback): Promise<IWebhookResponseData> => {
		if (going || loop.status !== 'waiting') {
			const response = callback.httpResponse as unknown as {
				status(code: number): { json(body: object): void };
			};
			response.status(409).json({ message: 'The execution is running or has ended' });
			return { noWebhookResponse: true };
		}
		const data = fromStorage(loop.stored);
		const type = nodeTypeOf(sketch.type);
		const context = new WebhookContext(
			workflow,
			workflow.getNode(NODE)!,
			additional(callback as object),
			'trigger',
			{ webhookDescription: type.description.webhooks![0] } as IWebhookData,
			[],
			data,
		);
		const answer = await type.webhook!.call(context);
		if (answer.workflowData) {
			data.executionData!.nodeExecutionStack[0].data.main = answer.workflowData;
			void go(data);
		}
		return answer;
	};

	Object.assign(loop, {
		arrived: (output: string) =>
			(current.resultData.runData[output] ?? []).flatMap(({ data }) =>
				(data?.main[0] ?? []).map(({ json, binary }, place) => ({
					json,
					...(binary && { binary }),
					from: originOf(current, output, place),
				})),
			),
		async wake() {
			const ahead =
				(loop.waitTill ?? new Date()).getTime() - (performance.timeOrigin + performance.now());
			// never early, by however little
			if (ahead > 0) clockAhead(Math.ceil(ahead) + 1);
			await go(fromStorage(loop.stored));
		},
		async settled() {
			while (going) await going;
		},
		async replay(stored: string) {
			await go(fromStorage(stored));
		},
		async retry() {
			clockAhead(Date.now() - (performance.timeOrigin + performance.now()) + 10_000);
			const data = fromStorage(loop.stored);
			executionId += 1;
			delete data.resultData.error;
			data.resultData.runData[NODE]?.pop();
			await go(data);
		},
		deleteCredential: () => void (credentials.stored.deleted = true),
		close: async () => await server.close(),
	} satisfies Partial<Looping>);
	await go(current);
	return loop;
}

/** The items of Start that n8n pairs an item with, by its rules: an index into what the source of the run gave. */
function originOf(data: IRunExecutionData, node: string, place: number): unknown {
	const step = (name: string, run: number, output: number, index: number): unknown => {
		const task = data.resultData.runData[name]?.[run];
		const item = task?.data?.main[output]?.[index] as INodeExecutionData | undefined;
		if (!task || !item) return null;
		if (name === 'Start') return item.json;
		const paired = item.pairedItem === undefined ? [] : [item.pairedItem].flat();
		const found = paired.map((one) => {
			const { item: at, input = 0 } = typeof one === 'number' ? { item: one } : one;
			const source = task.source[input];
			return source
				? step(source.previousNode, source.previousNodeRun ?? 0, source.previousNodeOutput ?? 0, at)
				: null;
		});
		return found.length === 1 ? found[0] : found;
	};
	return step(node, 0, 0, place);
}
