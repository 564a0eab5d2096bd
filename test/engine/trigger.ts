import { HookContext, WebhookContext } from 'n8n-core';
import type { IDataObject, IWebhookData, WorkflowExecuteMode } from 'n8n-workflow';

import { additionalData } from './additionalData';
import { openCallbackServer, type CallbackServer } from './callbackServer';
import { nodeTypeOf, packageLoaded } from './loadedPackage';
import { freshNodeType, load, save } from './processes';
import { NODE, workflowOf, type Sketch } from './sketch';
import { storedCredential } from './storedCredentials';

/** A webhook trigger in a workflow, as n8n activates it and passes callbacks on. */
export interface Trigger {
	checkExists(): Promise<boolean>;
	create(): Promise<boolean>;
	delete(): Promise<boolean>;
	/** What started a workflow, one entry per callback that did: the items of every output. */
	emitted: IDataObject[][][];
	staticData(): IDataObject;
	server: CallbackServer;
	/** The node, to change its parameters. */
	parameters: IDataObject;
	credential: IDataObject;
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
	const { stored } = sketch;
	const type = stored ? freshNodeType('appmixerTrigger') : nodeTypeOf('appmixerTrigger');
	const workflow = workflowOf({ ...sketch, type: 'appmixerTrigger' });
	const node = workflow.getNode(NODE)!;
	const credentials = storedCredential('appmixerTrigger', sketch.credential, sketch.impatience);
	const server = await openCallbackServer();
	const mode: WorkflowExecuteMode = sketch.test ? 'manual' : 'trigger';
	const additional = () => additionalData(credentials, sketch.publicUrl ?? server.url);
	const [description] = type.description.webhooks!;
	const webhook = { isTest: sketch.test === true, webhookDescription: description };

	const live = workflow.getStaticData('node', node);
	/** n8n reads static data for every call and writes it after. */
	async function overStored<T>(call: () => Promise<T>): Promise<T> {
		if (stored) load(live, stored);
		const answer = await call();
		if (stored) save(live, stored);
		return answer;
	}

	const hook = async (name: 'checkExists' | 'create' | 'delete') => {
		const context = new HookContext(
			workflow,
			node,
			additional(),
			mode,
			'activate',
			webhook as IWebhookData,
		);
		return await overStored(async () => await type.webhookMethods!.default![name].call(context));
	};

	const emitted: IDataObject[][][] = [];
	server.take = async (callback) => {
		const data = { ...additional(), ...callback };
		const context = new WebhookContext(
			workflow,
			node,
			data,
			mode,
			webhook as IWebhookData,
			[],
			null,
		);
		const answer = await overStored(async () => await type.webhook!.call(context));
		if (answer.workflowData) {
			emitted.push(answer.workflowData.map((items) => items.map(({ json }) => json)));
		}
		return answer;
	};

	return {
		checkExists: async () => await hook('checkExists'),
		create: async () => await hook('create'),
		delete: async () => await hook('delete'),
		emitted,
		staticData: () => live,
		server,
		parameters: node.parameters as IDataObject,
		credential: credentials.stored.data as IDataObject,
		close: async () => await server.close(),
	};
}
