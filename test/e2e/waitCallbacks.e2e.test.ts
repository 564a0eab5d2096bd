import axios from 'axios';
import { sleep } from 'n8n-workflow';

import { ADA } from '../../sandbox';
import { given } from './branches';
import { openDesk, type Desk, type Published } from './gateDesk';

jest.setTimeout(180_000);

const MINUTE = 60_000;
const TASKS = '/plugins/appmixer/utils/tasks/tasks';
const REGISTER = { method: 'POST', path: /\/webhooks$/ };

let desk: Desk;
beforeAll(async () => void (desk = await openDesk()));
afterAll(async () => await desk.sandbox.close());

/** A gate that keeps waiting when its task becomes due, which is an hour ahead on the service's clock. */
async function publish(title: string): Promise<Published> {
	const decisionBy = new Date(desk.sandbox.clock.now() + 60 * MINUTE).toISOString();
	return await desk.publish([desk.ask(title, { decisionBy })], [['Form', 'Ask']]);
}

async function park(title: string): Promise<Published> {
	const workflow = await publish(title);
	await workflow.begin();
	await workflow.parked();
	return workflow;
}

const idOf = (title: string) => desk.taskOf(title).taskId;
const told = (title: string) =>
	desk.sandbox.appmixer.deliveries
		.filter(({ taskId }) => taskId === idOf(title))
		.map(({ status, body }) => [(body as { status: string }).status, status]);

async function goesOnApproved(workflow: Published): Promise<void> {
	const run = await workflow.ended();
	expect(run.status).toBe('success');
	expect(given(run)[0][0].json).toMatchObject({ approved: true, outcome: 'approved' });
}

it('W9: asks for "due" again when registering fails, and hears the later approval', async () => {
	const workflow = await park('no registration');
	const fault = desk.sandbox.fault({ ...REGISTER, status: 500 });
	await desk.sandbox.clock.advance(62 * MINUTE);
	expect(told('no registration')[0]).toEqual(['due', 503]);
	expect(fault.hits).toBeGreaterThan(0);
	fault.remove();

	await desk.sandbox.clock.advance(10 * MINUTE);
	expect(told('no registration').at(-1)).toEqual(['due', 200]);
	await desk.sandbox.appmixer.approve(idOf('no registration'));
	expect(told('no registration').at(-1)).toEqual(['approved', 200]);
	await goesOnApproved(workflow);
});

it('W9: refuses "pending", so that the approval is still told', async () => {
	const workflow = await park('pending');
	const fault = desk.sandbox.fault({ ...REGISTER, status: 500 });
	await desk.sandbox.clock.advance(62 * MINUTE);
	fault.remove();
	const { taskId, approverSecret: secret } = desk.taskOf('pending');
	const later = { status: 'pending', decisionBy: '2099-01-01T00:00:00.000Z' };
	const headers = { authorization: `Bearer ${ADA.accessToken}` };
	const url = `${desk.sandbox.url}${TASKS}/${taskId}`;
	await axios.put(url, later, { params: { secret }, headers, proxy: false });

	await desk.sandbox.clock.advance(10 * MINUTE);
	expect(told('pending').at(-1)).toEqual(['pending', 400]);
	await desk.sandbox.appmixer.approve(taskId);
	await desk.sandbox.clock.advance(10 * MINUTE);
	expect(told('pending').at(-1)).toEqual(['approved', 200]);
	await goesOnApproved(workflow);
});

it('W10: answers "due" within about five seconds when registering again takes for ever', async () => {
	const workflow = await park('slow');
	const fault = desk.sandbox.fault({ ...REGISTER, hang: true, times: 1 });
	await desk.sandbox.clock.advance(62 * MINUTE);
	fault.remove();
	const [first] = desk.sandbox.appmixer.deliveries.filter(({ taskId }) => taskId === idOf('slow'));
	expect(first.status).toBe(503);
	expect(first.ms).toBeGreaterThan(4_000);
	expect(first.ms).toBeLessThan(8_000);
	await desk.sandbox.clock.advance(10 * MINUTE);
	await desk.sandbox.appmixer.approve(idOf('slow'));
	await goesOnApproved(workflow);
});

it('W11: never deletes its registration, so that the decision is saved', async () => {
	desk.sandbox.requests.clear();
	const workflow = await park('spent');
	await desk.sandbox.appmixer.approve(idOf('spent'));
	await goesOnApproved(workflow);
	expect(desk.taskOf('spent').status).toBe('approved');
	const mine = desk.sandbox.appmixer.webhooks.filter(({ taskId }) => taskId === idOf('spent'));
	expect(mine.map(({ status }) => status)).toEqual(['sent']);
	expect(new Set(desk.sandbox.requests.map(({ method }) => method))).toEqual(
		new Set(['POST', 'GET']),
	);
});

it('W12: an approval told while n8n is still saving is refused, told again in ten minutes and taken', async () => {
	const workflow = await publish('early');
	// the node looks at the task once more before it waits: it gets the answer after the approval
	const look = desk.sandbox.fault({ method: 'GET', path: /\/tasks$/, delayMs: 3_000, times: 1 });
	await workflow.begin();
	while (look.hits === 0) await sleep(50);
	await sleep(200);
	await desk.sandbox.appmixer.approve(idOf('early'));
	expect(told('early')).toEqual([['approved', 409]]);
	expect((await workflow.parked()).status).toBe('waiting');

	await desk.sandbox.clock.advance(10 * MINUTE);
	expect(told('early').at(-1)).toEqual(['approved', 200]);
	await goesOnApproved(workflow);
});

it('takes a decision made between registering and waiting at once', async () => {
	const { sandbox } = desk;
	sandbox.appmixer.beforeList = async () => {
		sandbox.appmixer.beforeList = undefined;
		await sandbox.appmixer.reject(idOf('quick'));
	};
	const workflow = await publish('quick');
	await workflow.begin();
	const run = await workflow.ended();
	expect(given(run)[0][0].json).toMatchObject({ approved: false, outcome: 'rejected' });
	expect(told('quick')).toEqual([['rejected', 409]]);
});
