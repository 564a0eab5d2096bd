import axios from 'axios';

import { ADA } from '../../sandbox';
import { openDesk, type Desk } from './gateDesk';
import { itemsOf } from './itemsOf';
import { noOp } from './workflowOf';

jest.setTimeout(6 * 60_000);

let desk: Desk;
beforeAll(async () => void (desk = await openDesk()));
afterAll(async () => await desk.sandbox.close());

const ROUNDS = [
	{ title: 'round 1', minutes: 0.05 },
	{ title: 'round 2', minutes: 60 },
	{ title: 'round 3', minutes: 60 },
];

const loop = {
	name: 'Loop',
	type: 'n8n-nodes-base.splitInBatches',
	typeVersion: 3,
	parameters: { batchSize: 1, options: {} },
};

it('W8: in a loop, a late approval of task 1, told twice, does not decide task 2', async () => {
	const asking = desk.ask('={{ $json.title }}', {
		limitWaitTime: true,
		resumeAmount: '={{ $json.minutes }}',
		resumeUnit: 'minutes',
		outputs: 'perDecision',
	});
	const nodes = [...itemsOf(ROUNDS), loop, asking, noOp('No'), noOp('Yes'), noOp('Refused')];
	const workflow = await desk.publish(nodes, [
		['Form', 'List'],
		['List', 'Items'],
		['Items', 'Loop'],
		['Loop', 'Ask', 1],
		['Ask', 'No', 0],
		['Ask', 'Yes', 1],
		['Ask', 'Refused', 2],
		['No', 'Loop'],
		['Yes', 'Loop'],
		['Refused', 'Loop'],
	]);
	await workflow.begin();
	await workflow.parked();
	const { appmixer, url } = desk.sandbox;
	const [{ taskId: first, url: target }] = appmixer.webhooks;

	// task 1 is told to n8n twice, by two registrations
	const headers = { authorization: `Bearer ${ADA.accessToken}` };
	const again = { taskId: first, url: target };
	await axios.post(`${url}/plugins/appmixer/utils/tasks/webhooks`, again, {
		headers,
		proxy: false,
	});

	const waitsFor = async (round: number) =>
		await desk.rest.waitForExecution(
			workflow.id,
			({ status, runData }) => status === 'waiting' && runData.Ask?.length === round,
			5 * 60_000,
		);
	await waitsFor(2);
	await appmixer.approve(first);
	const told = appmixer.deliveries.filter(({ taskId }) => taskId === first);
	expect(told.map(({ status, url: to }) => ({ status, url: to }))).toEqual([
		{ status: 200, url: target },
		{ status: 200, url: target },
	]);
	expect((await waitsFor(2)).runData.Yes).toBeUndefined();

	await appmixer.reject(desk.taskOf('round 2').taskId);
	await waitsFor(3);
	await appmixer.approve(desk.taskOf('round 3').taskId);
	const { status, runData } = await workflow.ended();
	expect(status).toBe('success');
	const passed = (node: string) => runData[node].flatMap(({ main }) => main.flat());
	expect(passed('No').map(({ json }) => [json.title, json.outcome])).toEqual([
		['round 1', 'timedOut'],
	]);
	expect(passed('Refused').map(({ json }) => [json.title, json.outcome])).toEqual([
		['round 2', 'rejected'],
	]);
	expect(passed('Yes').map(({ json }) => [json.title, json.outcome])).toEqual([
		['round 3', 'approved'],
	]);
	expect(appmixer.tasks).toHaveLength(3);
});
