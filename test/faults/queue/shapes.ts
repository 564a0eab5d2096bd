/** Waits where somebody else waits for them, and runs that all need another token. */
import { randomUUID } from 'node:crypto';

import { account } from '../../../scripts/faults/account';
import { startChatModel } from '../../../sandbox/chatModel';
import { noOp, workflowOf, type NodeSketch } from '../../e2e/workflowOf';
import { decisionsOn } from '../decisions';
import { gateRuns } from '../gates';
import { forEach, mustCome, range } from '../patience';
import type { RowDesk } from '../rowDesk';
import { queueRow, type Running } from './queueRow';

/** The agent's text says what its tool told it; only a rejection is told to the stand-in from there. */
const heard = (desk: RowDesk, story: string): NodeSketch => ({
	...desk.effect('Heard', ''),
	parameters: {
		url: `=${desk.sandbox.url}/{{ $json.output.includes('User rejected') ? 'effect/rejected' : 'heard' }}/${story}`,
		options: {},
	},
});

async function publishAgent(desk: RowDesk, story: string, model: { baseUrl: string }) {
	const openAi = await desk.rest.createCredential({
		name: `fake model ${randomUUID()}`,
		type: 'openAiApi',
		data: { apiKey: 'none', url: model.baseUrl },
	});
	const review = desk.ask(story, { outputs: 'perDecision' });
	const to = (node: string, type: 'ai_tool' | 'ai_languageModel') => ({
		[type]: [[{ node, type, index: 0 }]],
	});
	const langchain = '@n8n/n8n-nodes-langchain';
	return await desk.publish(
		[
			{
				...{ name: 'Agent', type: `${langchain}.agent`, typeVersion: 3.1 },
				parameters: { promptType: 'define', text: 'Do it', options: {} },
			},
			{
				...{ name: 'Model', type: `${langchain}.lmChatOpenAi`, typeVersion: 1.2 },
				parameters: { model: { __rl: true, mode: 'id', value: 'fake' }, options: {} },
				credentials: { openAiApi: { id: openAi, name: 'fake' } },
			},
			{ ...review, type: `${review.type}HitlTool` },
			{
				...{ name: 'Tool', type: 'n8n-nodes-base.httpRequestTool', typeVersion: 4.2 },
				parameters: {
					toolDescription: 'Does it',
					url: `${desk.sandbox.url}/effect/approved/${story}`,
					options: {},
				},
			},
			heard(desk, story),
		],
		[
			['Form', 'Agent'],
			['Agent', 'Heard'],
		],
		undefined,
		{
			Model: to('Agent', 'ai_languageModel'),
			Ask: to('Agent', 'ai_tool'),
			Tool: to('Ask', 'ai_tool'),
		},
	);
}

export function shapes(running: Running): void {
	queueRow(running, 'waits in a sub-workflow its parent waits for', {}, async (desk) => {
		const child = await desk.rest.createWorkflow(
			workflowOf(
				'child',
				[
					{
						...{ name: 'Sub', type: 'n8n-nodes-base.executeWorkflowTrigger', typeVersion: 1.1 },
						parameters: { inputSource: 'passthrough' },
					},
					desk.ask('=gate {{ $json.query.n }}', { outputs: 'perDecision' }),
					...['Yes', 'No'].map(noOp),
				],
				[
					['Sub', 'Ask'],
					['Ask', 'Yes', 1],
					['Ask', 'No', 2],
				],
			),
		);
		await desk.rest.activate(child.id);
		const call = { __rl: true, mode: 'id', value: child.id };
		const parent = await desk.publish(
			[
				{
					...{ name: 'Call', type: 'n8n-nodes-base.executeWorkflow', typeVersion: 1.2 },
					parameters: { workflowId: call, options: { waitForSubWorkflow: true } },
				},
				desk.effect('After', '{{ $json.outcome }}'),
			],
			[
				['Form', 'Call'],
				['Call', 'After'],
			],
		);
		const count = 6;
		await forEach(range(count), 3, async (n) => await parent.begin(String(n)));
		await mustCome('all wait', () =>
			[child.id, parent.id].every((id) => desk.statuses(id).waiting === count),
		);
		const taskIds = range(count).map((n) => desk.taskOf(`gate ${n}`).taskId);
		const gates = decisionsOn(desk, parent.id, taskIds, gateRuns(desk, child.id));
		await gates.decideAll();
		return { account: await gates.account() };
	});

	queueRow(running, "waits as the review of an agent's tool", {}, async (desk) => {
		const model = await startChatModel();
		desk.atTheEnd(model.close);
		desk.sandbox.fault({ path: /^\/heard\//, status: 200, body: {} });
		const decisions = new Map<string, string>();
		for (const decision of ['approved', 'rejected'] as const) {
			const story = `${decision}-${randomUUID()}`;
			const agent = await publishAgent(desk, story, model);
			await agent.begin();
			await mustCome('it waits', () => desk.statuses(agent.id).waiting === 1);
			decisions.set(story, decision);
			const { taskId } = desk.taskOf(story);
			const { appmixer } = desk.sandbox;
			await (decision === 'approved' ? appmixer.approve(taskId) : appmixer.reject(taskId));
			await desk.settled(agent.id);
		}
		const effects = desk.effects();
		return { account: account({ decisions, effects, runsOf: () => [] }) };
	});
}
