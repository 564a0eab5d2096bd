import { ANN, MAX, UMA, VIC, type Sandbox } from '../../sandbox';
import type { N8nRest } from '../n8n/rest';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The day that many days from now on the sandbox's clock, `YYYY-MM-DD`. */
export const dayFromNow = ({ clock }: Sandbox, days: number) =>
	new Date(clock.now() + days * DAY_MS).toISOString().slice(0, 10);

/** The same day at noon, UTC. */
export const noonFromNow = (sandbox: Sandbox, days: number) =>
	`${dayFromNow(sandbox, days)}T12:00:00.000Z`;

/** Stores the credentials of the systems besides Appmixer, by the names the examples have for them. */
export async function createVendorCredentials(rest: N8nRest, sandbox: Sandbox): Promise<void> {
	const { affinitext, mambu, nutrient, opentaps } = sandbox;
	await rest.createCredential({
		name: 'Mambu demo',
		type: 'mambuApi',
		data: {
			tenant: mambu.url,
			authentication: 'apiKey',
			apiKey: MAX.apiKey ?? '',
			apiVersion: 'v2',
		},
	});
	await rest.createCredential({
		name: 'Affinitext demo',
		type: 'affinitextApi',
		data: { library: 'demo', accessToken: affinitext.token, baseUrl: affinitext.url },
	});
	await rest.createCredential({
		name: 'opentaps CRM2 demo',
		type: 'opentapsApi',
		data: {
			baseUrl: opentaps.url,
			clientDomain: opentaps.options.clientDomain,
			authToken: UMA.authToken,
			useTemporary: false,
		},
	});
	await rest.createCredential({
		name: 'Nutrient Workflow demo',
		type: 'nutrientApi',
		data: {
			baseUrl: nutrient.url,
			authentication: 'apiKey',
			tenantId: nutrient.options.tenant,
			keyType: 'system',
			apiKey: nutrient.options.systemKey,
			userName: 'bob',
		},
	});
}

/** Gives each system a few tasks, open ones and others, as people there would. */
export function seedVendors(sandbox: Sandbox): void {
	const { affinitext, mambu, nutrient, opentaps } = sandbox;
	const noon = (days: number) => new Date(noonFromNow(sandbox, days));

	mambu.createTask({ title: 'Check the guarantor of loan 4711', dueDate: noon(-1) });
	mambu.createTask({ title: 'Review the loan of Mary Major', dueDate: noon(2) });
	mambu.complete(mambu.createTask({ title: 'Call the branch in Porto', dueDate: noon(1) }));

	affinitext.add({
		subject: 'Review the notice period',
		description: 'Is three months still what we want?',
		location: 'Supply agreement / 14.2',
		targetDate: noon(10),
		assignee: ANN,
		verifier: VIC,
	});
	const report = { subject: 'Send the yearly report', location: 'Supply agreement / 9.1' };
	affinitext.complete(affinitext.add({ ...report, targetDate: noon(-20) }));

	const offer = { status: 'STARTED', scheduledDateTime: noonFromNow(sandbox, 3) };
	opentaps.createTask({ noteText: 'Acme Ltd: send the offer', fields: offer });
	opentaps.createTask({ noteText: 'Acme Ltd: first call', fields: { status: 'COMPLETED' } });
	opentaps.add({ noteText: 'They have a new head of purchasing.' });

	nutrient.createApproval({ name: 'New coffee machine', dueDate: noonFromNow(sandbox, 5) });
}

/** A process whose approval is Carol's, and that calls the address in its data when she has decided. @returns its SID */
export function addPurchaseProcess({ nutrient }: Sandbox): string {
	const [, , carol] = nutrient.options.users;
	const options = [
		{ label: 'Approve', completesTask: false },
		{ label: 'Deny', completesTask: true },
	];
	return nutrient.addProcess(
		'Purchase',
		{ name: 'Form', taskType: 'form' },
		{ name: 'Approval', taskType: 'approval', options, recipients: [carol] },
		{ name: 'Tell n8n', taskType: 'restClient', call: { uri: '{{n8nUrl}}' } },
	).sid;
}
