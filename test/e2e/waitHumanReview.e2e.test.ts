import { randomUUID } from 'node:crypto';
import { sleep, type INodeParameters } from 'n8n-workflow';

import type { Execution } from '../../scripts/n8n/executions';
import { startChatModel, type ChatModel } from '../../sandbox/chatModel';
import { openDesk, type Desk, type Published } from './gateDesk';
import { setFields, type NodeSketch } from './workflowOf';

jest.setTimeout(6 * 60_000);

let desk: Desk;
let model: ChatModel;
let openAi: string;
/** Begun first, because it takes more than two minutes. */
let timedOut: Published;

beforeAll(async () => {
	desk = await openDesk();
	model = await startChatModel();
	openAi = await desk.rest.createCredential({
		name: `fake model ${randomUUID()}`,
		type: 'openAiApi',
		data: { apiKey: 'none', url: model.baseUrl },
	});
	timedOut = await agentWith('review-timed-out', { resumeAmount: 0.05, resumeUnit: 'minutes' });
});
afterAll(async () => {
	await desk.sandbox.close();
	await model.close();
});

/** An agent whose only tool stands behind the human-review twin of our node, with one output per decision set. */
async function agentWith(
	story: string,
	parameters: INodeParameters = {},
	text = 'Do it',
): Promise<Published> {
	const review = desk.ask(story, {
		...{ outputs: 'perDecision', message: '=May it run {{ $tool.name }}?' },
		...parameters,
	});
	const nodes: NodeSketch[] = [
		// n8n mixes the agent's input into the review's: an old approval must not count
		setFields('Old', { approved: true, data: { approved: true } }),
		{
			name: 'Agent',
			type: '@n8n/n8n-nodes-langchain.agent',
			typeVersion: 3.1,
			parameters: { promptType: 'define', text, options: {} },
		},
		{
			name: 'Model',
			type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
			typeVersion: 1.2,
			parameters: { model: { __rl: true, mode: 'id', value: 'fake' }, options: {} },
			credentials: { openAiApi: { id: openAi, name: 'fake' } },
		},
		{ ...review, type: `${review.type}HitlTool` },
		{
			name: 'Tool',
			type: 'n8n-nodes-base.httpRequestTool',
			typeVersion: 4.2,
			parameters: { toolDescription: 'Does it', url: model.gatedUrl(story), options: {} },
		},
	];
	const to = (node: string, type: 'ai_tool' | 'ai_languageModel') => ({
		[type]: [[{ node, type, index: 0 }]],
	});
	const workflow = await desk.publish(
		nodes,
		[
			['Form', 'Old'],
			['Old', 'Agent'],
		],
		undefined,
		{
			Model: to('Agent', 'ai_languageModel'),
			Ask: to('Agent', 'ai_tool'),
			Tool: to('Ask', 'ai_tool'),
		},
	);
	await workflow.begin();
	return workflow;
}

/** What the agent ends with: it repeats what its tool told it. */
const said = ({ runData }: Execution) =>
	String(runData.Agent.at(-1)?.main[0]?.[0]?.json.output ?? '');
const visits = (story: string) => model.visits.filter((name) => name === story).length;

async function park(story: string, parameters: INodeParameters = {}) {
	const { parked, ended } = await agentWith(story, parameters);
	await parked();
	expect(visits(story)).toBe(0);
	return { ended, taskId: desk.taskOf(story).taskId };
}

/** The agent was told no, its tool was not used. */
function expectDenied(run: Execution, story: string): void {
	expect(run.status).toBe('success');
	expect(said(run)).toContain('User rejected the tool call');
	expect(run.runData.Tool).toBeUndefined();
	expect(visits(story)).toBe(0);
}

it('W18: an approval lets the agent use the tool', async () => {
	const { ended, taskId } = await park('review-approved');
	await desk.sandbox.appmixer.approve(taskId);
	const run = await ended();
	expect(run.status).toBe('success');
	expect(visits('review-approved')).toBe(1);
	expect(said(run)).toContain('the gated thing');
	expect(desk.taskOf('review-approved').description).toBe('May it run Tool?');
});

it('W24: two approvers let the agent use the tool when both have approved, and not before', async () => {
	const story = 'review-of-two';
	const approver = 'bob@example.com, carol@example.com';
	const { parked, ended } = await agentWith(story, { approver });
	await parked();
	const { appmixer } = desk.sandbox;
	const [one, other] = appmixer.tasks.filter(({ title }) => title === story);
	await appmixer.approve(one.taskId);
	await sleep(4000);
	expect([(await parked()).status, visits(story)]).toEqual(['waiting', 0]);
	await appmixer.approve(other.taskId);
	const run = await ended();
	expect([run.status, visits(story)]).toEqual(['success', 1]);
	expect(said(run)).toContain('the gated thing');
});

it('W29: an agent that calls the tool twice at once is asked about for each, whatever the calls say', async () => {
	const story = 'review-twice';
	const { appmixer } = desk.sandbox;
	const asked = () => appmixer.tasks.filter(({ title }) => title === story);
	const { id, parked, ended } = await agentWith(story, {}, 'Do it\nDo it again');
	await parked();
	await appmixer.reject(asked()[0].taskId);
	await desk.rest.waitForExecution(id, ({ status }) => status === 'waiting' && asked().length > 1);
	expect([asked().map(({ status }) => status), visits(story)]).toEqual([
		['rejected', 'pending'],
		0,
	]);
	await appmixer.approve(asked()[1].taskId);
	expect([(await ended()).status, visits(story)]).toEqual(['success', 1]);
});

it('W18: a rejection keeps the agent from using the tool', async () => {
	const { ended, taskId } = await park('review-rejected');
	await desk.sandbox.appmixer.reject(taskId);
	expectDenied(await ended(), 'review-rejected');
});

it('W18: so does a task that becomes due, where that ends the wait', async () => {
	const decisionBy = new Date(Date.now() + 60 * 60_000).toISOString();
	const { ended } = await park('review-due', { whenDue: 'noDecision', decisionBy });
	await desk.sandbox.clock.advance(62 * 60_000);
	expectDenied(await ended(), 'review-due');
});

it('W18: so does a review that fails before it asks', async () => {
	const { ended } = await agentWith('review-refused', { approver: 'nobody' });
	expectDenied(await ended(), 'review-refused');
	expect(desk.sandbox.appmixer.tasks.map(({ title }) => title)).not.toContain('review-refused');
});

it('W18: so does a review that fails after it asked', async () => {
	const fault = desk.sandbox.fault({ method: 'POST', path: /\/webhooks$/, status: 500, times: 3 });
	const { ended } = await agentWith('review-failed');
	expectDenied(await ended(), 'review-failed');
	expect(fault.hits).toBe(3);
	expect(desk.taskOf('review-failed').status).toBe('pending');
});

it('W18: so does a time-out', async () => {
	expectDenied(await timedOut.ended(5 * 60_000), 'review-timed-out');
});

// last: no other test has a credential after it
it('F16: so does a credential that is deleted before the task is due', async () => {
	const decisionBy = new Date(desk.sandbox.clock.now() + 60 * 60_000).toISOString();
	const { ended, taskId } = await park('review-credential', { decisionBy });
	await desk.rest.deleteCredential(String(desk.ask('').credentials?.appmixerApi.id));
	await desk.sandbox.clock.advance(62 * 60_000);
	const run = await ended();
	expect(visits('review-credential')).toBe(0);
	expect(run.runData.Tool).toBeUndefined();
	expect(JSON.stringify(run.raw)).toContain(
		`Task ${taskId} is due, and its decision cannot be heard`,
	);
});
