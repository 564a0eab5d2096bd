import { ADA, type Sandbox } from '../../sandbox';
import type { ChatModel } from '../../sandbox/chatModel';
import type { MailSink } from '../../sandbox/mail';
import type { N8nRest } from '../n8n/rest';
import type { WorkflowJson } from '../n8n/workflows';
import {
	forEachExample,
	withNewAddresses,
	withProcess,
	type Examples,
	type OfEach,
} from './examples';
import { addPurchaseProcess, createVendorCredentials, noonFromNow, seedVendors } from './vendors';

const FORM_TRIGGER = 'n8n-nodes-base.formTrigger';

/** What the demo consists of, whoever started it. */
export interface Stage {
	rest: N8nRest;
	sandbox: Sandbox;
	mail: MailSink;
	model: ChatModel;
}

/** A published workflow. */
export interface Published {
	id: string;
	name: string;
	/** The address of its form; empty when it does not start with one. */
	formUrl: string;
}

/** Everything published and ready to be played, by hand or by the stories. */
export interface ReadyStage extends Stage, OfEach<Published> {
	/** The title of a task that was open when *On decision* was published. */
	watchedTitle: string;
}

/** Stores a workflow and publishes it. */
export async function publish(rest: N8nRest, workflow: WorkflowJson): Promise<Published> {
	const { id, name, nodes } = await rest.importWorkflow(withNewAddresses(workflow));
	await rest.activate(id);
	const form = nodes.find(({ type }) => type === FORM_TRIGGER);
	return { id, name, formUrl: form ? `${rest.url}/form/${form.webhookId}` : '' };
}

/** Stores the credentials the examples name. */
async function createCredentials({ rest, sandbox, mail, model }: Stage): Promise<void> {
	const { accessToken } = ADA;
	const appmixer = { baseUrl: sandbox.url, authentication: 'accessToken', accessToken };
	const smtp = { host: mail.host, port: mail.port, secure: false, disableStartTls: true };
	await rest.createCredential({
		name: 'Appmixer People Task demo',
		type: 'appmixerApi',
		data: { ...appmixer, apiPath: 'auto' },
	});
	await rest.createCredential({ name: 'Mail demo', type: 'smtp', data: smtp });
	const openAi = { apiKey: 'none', url: model.baseUrl };
	await rest.createCredential({ name: 'OpenAI demo', type: 'openAiApi', data: openAi });
	await rest.createOwnCredential('n8n demo');
	await createVendorCredentials(rest, sandbox);
}

/** Creates credentials and some open tasks, then imports and publishes the examples. */
export async function prepare(stage: Stage, examples: Examples): Promise<ReadyStage> {
	const { rest, sandbox } = stage;
	sandbox.appmixer.options.dashboardUrl = `${sandbox.url}/dashboard`;
	await createCredentials(stage);
	const { title } = sandbox.appmixer.createTask({
		title: 'Holiday in August',
		description: 'Two weeks, **4 to 15 August**. Carol stands in.',
		decisionBy: new Date(noonFromNow(sandbox, 7)),
	});
	seedVendors(sandbox);
	const nutrientWait = withProcess(examples.nutrientWait, addPurchaseProcess(sandbox));
	const published = await forEachExample(
		{ ...examples, nutrientWait },
		async (workflow) => await publish(rest, workflow),
	);
	return { ...stage, ...published, watchedTitle: title };
}
