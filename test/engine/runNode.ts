import { parse, stringify } from 'flatted';
import { WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	type IBinaryKeyData,
	type IDataObject,
	type IExecuteContextData,
	type INodeExecutionData,
	type IRun,
	type IRunExecutionData,
	type Workflow,
} from 'n8n-workflow';

import { additionalData } from './additionalData';
import { hooksOf } from './hooks';
import { packageLoaded } from './loadedPackage';
import { NODE, workflowOf, type Sketch } from './sketch';
import { storedCredential, type Credentials } from './storedCredentials';

/** An error as the builder of a workflow sees it. */
export interface SeenError {
	name: string;
	message: string;
	description: string | null;
	httpCode: string | null;
	itemIndex: number | null;
}

/** An item as n8n stores it; a fail item carries its error. */
export interface SeenItem {
	json: IDataObject;
	pairedItem: INodeExecutionData['pairedItem'];
	/** Files, their bytes in base64. */
	binary?: IBinaryKeyData;
	error?: SeenError;
}

export interface RunResult {
	status: string;
	/** The node's outputs; empty when it failed. */
	outputs: SeenItem[][];
	error: SeenError | null;
	/** How often n8n ran the node. */
	tries: number;
	waitTill: Date | null;
	hints: string[];
	/** The time limits its requests had, in milliseconds. */
	timeouts: number[];
	/** What a resumed run goes on with. */
	parked: {
		workflow: Workflow;
		data: IRunExecutionData;
		credentials: Credentials;
		executionId?: string;
	};
}

export interface RunSketch extends Sketch {
	/** The items that come in; one empty item by default. */
	items?: IDataObject[];
	/** The files of every item that comes in, their bytes in base64. */
	files?: IBinaryKeyData;
	/** Where callbacks of this run would arrive. */
	callbackUrl?: string;
	/** The run's number in n8n; 7 by default. */
	executionId?: string;
	/** n8n stops the run when it is aborted. */
	stop?: AbortSignal;
	/** The failed run that is retried from n8n's list: a new execution, with what that one stored. */
	retryOf?: RunResult;
}

/** Runs Start → node through n8n's own engine. */
export async function runNode(sketch: RunSketch): Promise<RunResult> {
	await packageLoaded();
	const { retryOf } = sketch;
	const workflow = workflowOf({ workflowId: retryOf?.parked.workflow.id, ...sketch });
	const credentials = storedCredential(sketch.type, sketch.credential, sketch.impatience);
	const items = (sketch.items ?? [{}]).map((json) => ({
		json: { ...json },
		...(sketch.files && { binary: sketch.files }),
	}));
	const start = workflow.getNode('Start')!;
	const data = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node: start, data: { main: [items] }, source: null }],
			...(retryOf && { contextData: contextStored(retryOf) }),
		},
		resumeToken: 'engine-resume-token',
	});
	let tries = 0;
	const hooks = hooksOf(workflow, '7');
	const url = sketch.callbackUrl ?? 'http://127.0.0.1:9';
	const additional = additionalData(credentials, url, {
		hooks,
		...(sketch.executionId && { executionId: sketch.executionId }),
	});
	const execution = new WorkflowExecute(additional, 'trigger', data);
	const { runNode: runOnce } = execution;
	execution.runNode = async function (...parameters) {
		if (parameters[1].node.name === NODE) tries += 1;
		return await runOnce.apply(execution, parameters);
	};
	const running = execution.processRunExecutionData(workflow);
	sketch.stop?.addEventListener('abort', () => running.cancel());
	const run = await running;
	const { executionId } = additional;
	return seen(run, tries, { workflow, data, credentials, executionId });
}

/** The nodes' contexts as n8n reads them from its database. */
const contextStored = ({ parked }: RunResult): IExecuteContextData =>
	parse(stringify(parked.data.executionData!.contextData)) as IExecuteContextData;

function seen(run: IRun, tries: number, parked: RunResult['parked']): RunResult {
	const [last] = (run.data.resultData.runData[NODE] ?? []).slice(-1);
	const failure = last?.error ?? run.data.resultData.error;
	return {
		status: run.status,
		outputs: (last?.data?.main ?? []).map((items) => (items ?? []).map(seenItem)),
		error: failure && last?.executionStatus !== 'success' ? seenError(failure) : null,
		tries,
		waitTill: run.waitTill ?? null,
		hints: (last?.hints ?? []).map(({ message }) => message),
		timeouts: parked.credentials.stored.timeouts,
		parked,
	};
}

const seenItem = ({ json, pairedItem, binary, error }: INodeExecutionData): SeenItem => ({
	json,
	pairedItem,
	...(binary && { binary }),
	...(error && { error: seenError(error) }),
});

export function seenError(error: unknown): SeenError {
	const { name, message, description, httpCode, context } = error as IDataObject & Error;
	const index = (context as IDataObject | undefined)?.itemIndex;
	return {
		name: name === 'Error' ? (error as Error).constructor.name : name,
		message,
		description: typeof description === 'string' ? description : null,
		httpCode: typeof httpCode === 'string' ? httpCode : null,
		itemIndex: typeof index === 'number' ? index : null,
	};
}
