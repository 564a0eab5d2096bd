import { ADA, type Sandbox } from '../../sandbox';
import type { MailSink } from '../../sandbox/mail';
import type { N8nRest } from '../n8n/rest';
import type { WorkflowJson } from '../n8n/workflows';
import { withNewAddresses, type Examples } from './examples';
import { createVendorCredentials, noonFromNow, seedVendors } from './vendors';

const FORM_TRIGGER = 'n8n-nodes-base.formTrigger';

/** What the demo consists of, whoever started it. */
export interface Stage {
	rest: N8nRest;
	sandbox: Sandbox;
	mail: MailSink;
}

/** A published workflow. */
export interface Published {
	id: string;
	name: string;
	/** The address of its form; empty when it does not start with one. */
	formUrl: string;
}

/** Everything published and ready to be played, by hand or by the stories. */
export interface ReadyStage extends Stage {
	purchase: Published;
	emailLink: Published;
	onDecision: Published;
	/** The title of a task that was open when *On decision* was published. */
	watchedTitle: string;
	mambu: Published;
	affinitext: Published;
	opentaps: Published;
	nutrient: Published;
	report: Published;
	notCarriedOut: Published;
}

/** Stores a workflow and publishes it. */
export async function publish(rest: N8nRest, workflow: WorkflowJson): Promise<Published> {
	const { id, name, nodes } = await rest.importWorkflow(withNewAddresses(workflow));
	await rest.activate(id);
	const form = nodes.find(({ type }) => type === FORM_TRIGGER);
	return { id, name, formUrl: form ? `${rest.url}/form/${form.webhookId}` : '' };
}

/** Stores the credentials the examples name. */
async function createCredentials({ rest, sandbox, mail }: Stage): Promise<void> {
	const { accessToken } = ADA;
	const appmixer = { baseUrl: sandbox.url, authentication: 'accessToken', accessToken };
	const smtp = { host: mail.host, port: mail.port, secure: false, disableStartTls: true };
	await rest.createCredential({
		name: 'Appmixer People Task demo',
		type: 'appmixerApi',
		data: { ...appmixer, apiPath: 'auto' },
	});
	await rest.createCredential({ name: 'Mail demo', type: 'smtp', data: smtp });
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
	return {
		...stage,
		purchase: await publish(rest, examples.purchase),
		emailLink: await publish(rest, examples.emailLink),
		onDecision: await publish(rest, examples.onDecision),
		watchedTitle: title,
		mambu: await publish(rest, examples.mambu),
		affinitext: await publish(rest, examples.affinitext),
		opentaps: await publish(rest, examples.opentaps),
		nutrient: await publish(rest, examples.nutrient),
		report: await publish(rest, examples.report),
		notCarriedOut: await publish(rest, examples.notCarriedOut),
	};
}
