import { randomUUID } from 'node:crypto';

import { HookContext, WebhookContext } from 'n8n-core';
import {
	deepCopy,
	sleep,
	type IDataObject,
	type IWebhookData,
	type IWebhookResponseData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { additionalData } from './additionalData';
import { openCallbackServer, type Callback, type CallbackServer } from './callbackServer';
import { nodeTypeOf, packageLoaded } from './loadedPackage';
import { freshNodeType } from './processes';
import { NODE, workflowOf, type Sketch } from './sketch';
import { storedCredential } from './storedCredentials';

/** A webhook trigger in a workflow, as n8n activates it and passes callbacks on. */
export interface Trigger {
	checkExists(): Promise<boolean>;
	create(): Promise<boolean>;
	delete(): Promise<boolean>;
	/** What started a workflow, one entry per run that n8n has stored: the items of every output. */
	emitted: IDataObject[][][];
	/** What n8n's database does with a run: takes it after some milliseconds, or refuses it. */
	storing: { ms: number; refused: boolean };
	/** What n8n has stored of the trigger. */
	staticData(): IDataObject;
	server: CallbackServer;
	/** The node, to change its parameters. */
	parameters: IDataObject;
	credential: IDataObject;
	deleteCredential(): void;
	close(): Promise<void>;
}

export interface TriggerSketch extends Omit<Sketch, 'type'> {
	/** A test run listens on other URLs and remembers apart. */
	test?: boolean;
	/** Where the service is told to call; by default the address of this trigger's own server. */
	publicUrl?: string;
}

export async function openTrigger(sketch: TriggerSketch): Promise<Trigger> {
	await packageLoaded();
	const type = sketch.stored ? freshNodeType('appmixerTrigger') : nodeTypeOf('appmixerTrigger');
	const stored = sketch.stored ?? { data: {} };
	const credentials = storedCredential('appmixerTrigger', sketch.credential, sketch.impatience);
	const server = await openCallbackServer();
	const mode: WorkflowExecuteMode = sketch.test ? 'manual' : 'trigger';
	const additional = () =>
		additionalData(credentials, sketch.publicUrl ?? server.url, { executionId: undefined });
	const [description] = type.description.webhooks!;
	const webhook = { isTest: sketch.test === true, webhookDescription: description };
	const { parameters } = sketch;
	const workflowId = sketch.workflowId ?? randomUUID();
	const webhookId = randomUUID();

	/** n8n reads the workflow with its static data for every call. */
	function readWorkflow() {
		const workflow = workflowOf({
			...{ ...sketch, type: 'appmixerTrigger', workflowId },
			node: { webhookId, ...sketch.node },
			staticData: deepCopy(stored.data),
		});
		const node = workflow.getNode(NODE)!;
		return { workflow, node: Object.assign(node, { parameters }) };
	}
	/** And writes static data after it, whole, when they are marked as changed. */
	function save(workflow: ReturnType<typeof workflowOf>): void {
		if (workflow.staticData.__dataChanged !== true) return;
		stored.data = deepCopy(workflow.staticData[`node:${NODE}`] as IDataObject);
	}

	const hook = async (name: 'checkExists' | 'create' | 'delete') => {
		const { workflow, node } = readWorkflow();
		const data = webhook as IWebhookData;
		const context = new HookContext(workflow, node, additional(), mode, 'activate', data);
		try {
			return await type.webhookMethods!.default![name].call(context);
		} finally {
			save(workflow);
		}
	};

	const emitted: IDataObject[][][] = [];
	const storing = { ms: 3, refused: false };
	async function take(callback: Callback): Promise<IWebhookResponseData> {
		const { workflow, node } = readWorkflow();
		const data = { ...additional(), ...callback };
		const hook = webhook as IWebhookData;
		const context = new WebhookContext(workflow, node, data, mode, hook, [], null);
		const answer = await type.webhook!.call(context);
		const { workflowData } = answer;
		if (workflowData) {
			// the workflow that n8n makes over the same static data before it stores the run takes the mark off
			Object.assign(workflow.staticData, { __dataChanged: false });
			await sleep(storing.ms);
			if (storing.refused) {
				data.httpResponse!.status(500).json({ message: 'database or disk is full' });
				return { noWebhookResponse: true };
			}
			emitted.push(workflowData.map((items) => items.map(({ json }) => json)));
		}
		save(workflow);
		return answer;
	}
	server.take = take;

	return {
		checkExists: async () => await hook('checkExists'),
		create: async () => await hook('create'),
		delete: async () => await hook('delete'),
		emitted,
		storing,
		staticData: () => stored.data,
		server,
		parameters: parameters as IDataObject,
		credential: credentials.stored.data as IDataObject,
		deleteCredential: () => void (credentials.stored.deleted = true),
		close: async () => await server.close(),
	};
}
