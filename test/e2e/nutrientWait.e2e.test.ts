import axios from 'axios';
import type { INodeParameters } from 'n8n-workflow';

import type { RestCall } from '../../sandbox/nutrient/restCalls';
import { openDesk, type Desk } from './gateDesk';
import { noOp, ours, type NodeSketch } from './workflowOf';

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
type Edges = Array<[string, string, number?]>;
const nutrientNode = (name: string, parameters: INodeParameters) =>
	ours('nutrient', name, credential, parameters);
const OPTIONS = [
	{ label: 'Approve', completesTask: false },
	{ label: 'Deny', completesTask: true },
];

/** Writes down the IDs of the items of these nodes that its own is paired with. */
const paired = (names: string[]): NodeSketch => ({
	name: 'Paired',
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: {
		mode: 'raw',
		jsonOutput: `={{ { ${names.map((name) => `'${name}': $('${name}').item.json.id`).join(', ')} } }}`,
		options: {},
	},
});

/** How the gate finds what it waits for: the request that Start made, or the approval among its tasks. */
const WAITS = {
	request: {
		nodes: () => [],
		before: [['Start', 'Gate']] as Edges,
		parameters: { requestId: id('={{ $json.id }}'), options: { taskName: 'Approval' } },
	},
	task: {
		nodes: () => [
			nutrientNode('Tasks', {
				...{ resource: 'request', operation: 'getTasks', requestId: id('={{ $json.id }}') },
			}),
			{
				name: 'Only Approvals',
				type: 'n8n-nodes-base.filter',
				typeVersion: 2.2,
				parameters: {
					conditions: {
						options: { caseSensitive: true, typeValidation: 'strict', version: 2 },
						combinator: 'and',
						conditions: [
							{
								...{ id: 'approval', leftValue: '={{ $json.title }}', rightValue: 'Approval' },
								operator: { type: 'string', operation: 'equals' },
							},
						],
					},
					options: {},
				},
			},
		],
		before: [
			['Start', 'Tasks'],
			['Tasks', 'Only Approvals'],
			['Only Approvals', 'Gate'],
		] as Edges,
		parameters: { taskId: id('={{ $json.id }}'), requestId: id("={{ $('Start').item.json.id }}") },
	},
};

/** Form → Start → Gate ⟲ → Approved, of a process that calls when its approval is decided. */
async function begun(call: Partial<RestCall>, resource: keyof typeof WAITS = 'request') {
	const { nutrient } = desk.sandbox;
	const process = nutrient.addProcess(
		'Purchase',
		{ name: 'Form', taskType: 'form' },
		{ name: 'Approval', taskType: 'approval', options: OPTIONS, recipients: [bob()] },
		{ name: 'Tell n8n', taskType: 'restClient', call: { uri: '{{n8nUrl}}', ...call } },
	);
	const { nodes, before, parameters } = WAITS[resource];
	const workflow = await desk.publish(
		[
			nutrientNode('Start', {
				...{ resource: 'process', operation: 'start', processId: id(process.sid) },
				options: { firstTaskId: process.tasks[0].processTaskSid, wakeUpField: 'n8nUrl' },
			}),
			...nodes(),
			nutrientNode('Gate', {
				...{ resource, operation: 'wait', lookAgain: 'fixed', lookMinutes: 60 },
				...parameters,
			}),
			noOp('Approved'),
			paired(before.map(([from]) => from)),
		],
		[
			['Form', 'Start'],
			...before,
			['Gate', 'Gate', 0],
			['Gate', 'Approved', 1],
			['Approved', 'Paired'],
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
		expect(run.runData.Paired[0].main[0].map(({ json }) => json)).toEqual([
			{ Start: instance.sid },
		]);
		expect(desk.sandbox.nutrient.restCalls.at(-1)).toMatchObject({ status: 200 });
		expect(run.runData.Gate).toHaveLength(2);
	},
);

it('W28: a REST Client task wakes up a wait for the approval itself, which leaves once and paired', async () => {
	const { workflow, approval, instance } = await begun({}, 'task');
	await decide(approval.recipientTaskSid, 'Approve');
	const run = await workflow.ended(90_000);
	expect([run.status, run.runData.Gate.length]).toEqual(['success', 2]);
	const left = run.runData.Approved.flatMap(({ main }) => main.flat());
	expect(
		left.map(({ json: { id, outcome, approved, option } }) => [id, outcome, approved, option]),
	).toEqual([[approval.recipientTaskSid, 'approved', true, 'Approve']]);
	expect(run.runData.Paired.flatMap(({ main }) => main.flat()).map(({ json }) => json)).toEqual([
		{
			Start: instance.sid,
			Tasks: approval.recipientTaskSid,
			'Only Approvals': approval.recipientTaskSid,
		},
	]);
	expect(desk.sandbox.nutrient.restCalls.at(-1)).toMatchObject({ status: 200 });
});

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
