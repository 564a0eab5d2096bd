import axios from 'axios';

import type { RestCall } from '../../sandbox/nutrient/restCalls';
import { openDesk, type Desk } from './gateDesk';
import { noOp, ours } from './workflowOf';

jest.setTimeout(5 * 60_000);

let desk: Desk;
let credential: { id: string; type: string };
beforeAll(async () => {
	desk = await openDesk();
	const { url, options } = desk.sandbox.nutrient;
	const data = { baseUrl: url, tenantId: options.tenant, apiKey: options.systemKey };
	credential = {
		type: 'nutrientApi',
		id: await desk.rest.createCredential({
			...{ name: 'nutrient', type: 'nutrientApi' },
			data: { ...data, authentication: 'apiKey', keyType: 'system', userName: 'ada' },
		}),
	};
});
afterAll(async () => await desk.sandbox.close());

const bob = () => desk.sandbox.nutrient.options.users[1];
const id = (value: string) => ({ __rl: true, mode: 'id', value });
const OPTIONS = [
	{ label: 'Approve', completesTask: false },
	{ label: 'Deny', completesTask: true },
];

/** Form → Start → Gate ⟲ → Approved, of a process that calls when its approval is decided. */
async function begun(call: Partial<RestCall>) {
	const { nutrient } = desk.sandbox;
	const process = nutrient.addProcess(
		'Purchase',
		{ name: 'Form', taskType: 'form' },
		{ name: 'Approval', taskType: 'approval', options: OPTIONS, recipients: [bob()] },
		{ name: 'Tell n8n', taskType: 'restClient', call: { uri: '{{n8nUrl}}', ...call } },
	);
	const nutrientNode = (name: string, parameters: object) =>
		ours('nutrient', name, credential, { ...parameters });
	const workflow = await desk.publish(
		[
			nutrientNode('Start', {
				...{ resource: 'process', operation: 'start', processId: id(process.sid) },
				options: { firstTaskId: process.tasks[0].processTaskSid, wakeUpField: 'n8nUrl' },
			}),
			nutrientNode('Gate', {
				...{ resource: 'request', operation: 'wait', requestId: id('={{ $json.id }}') },
				...{ lookAgain: 'fixed', lookMinutes: 60, options: { taskName: 'Approval' } },
			}),
			noOp('Approved'),
		],
		[
			['Form', 'Start'],
			['Start', 'Gate'],
			['Gate', 'Gate', 0],
			['Gate', 'Approved', 1],
		],
	);
	await workflow.begin();
	await workflow.parked();
	const approval = nutrient.tasks.filter(({ name }) => name === 'Approval').at(-1)!;
	const instance = nutrient.workflow.instance(approval.instanceSid);
	const form = nutrient.tasks.find(
		({ instanceSid, name }) => instanceSid === instance.sid && name === 'Form',
	)!;
	return { workflow, approval, instance, url: String(form.data.n8nUrl) };
}

const decide = async (sid: string, Approval: string) => {
	const { nutrient } = desk.sandbox;
	const headers = { authorization: `Bearer ${nutrient.issueToken(bob())}` };
	const url = `${nutrient.url}/api/instance/tasktypes/approval/${sid}`;
	await axios.post(url, { Approval, Comments: '' }, { headers, proxy: false });
};

it.each<[string, Partial<RestCall>]>([
	['GET', {}],
	['PUT', { method: 'PUT', headers: { 'content-type': 'text/plain' }, body: '"broken {{option}}' }],
])(
	'W28: a REST Client task wakes the run up with a %s, which reads the decision',
	async (_, call) => {
		const { workflow, approval, instance } = await begun(call);
		await decide(approval.recipientTaskSid, 'Approve');
		const run = await workflow.ended(90_000);
		expect(run.status).toBe('success');
		const [{ json }] = run.runData.Approved.flatMap(({ main }) => main.flat());
		expect(json).toMatchObject({ id: instance.sid, outcome: 'approved', approved: true });
		expect(desk.sandbox.nutrient.restCalls.at(-1)).toMatchObject({ status: 200 });
		expect(run.runData.Gate).toHaveLength(2);
	},
);

it('L1 and W28: what a call says opens nothing; n8n itself answers broken JSON 422, and a run that is over 409', async () => {
	const { workflow, approval, url } = await begun({});
	const send = async (method: string, data: unknown) =>
		await axios.request({
			...{ url, method, data, proxy: false, validateStatus: () => true },
			...{
				headers: { 'content-type': 'application/json' },
				transformRequest: (text: string) => text,
			},
		});
	expect((await send('POST', '{"said":"a "good" one"}')).status).toBe(422);
	expect((await send('POST', '{"approved":true,"Approval":"Approve"}')).status).toBe(200);
	const parked = await workflow.parked(60_000);
	expect(parked.runData.Gate.flatMap(({ main }) => main.slice(1).flat())).toEqual([]);
	await decide(approval.recipientTaskSid, 'Deny');
	const run = await workflow.ended(90_000);
	expect(Object.keys(run.runData)).not.toContain('Approved');
	expect((await send('GET', undefined)).status).toBe(409);
});
