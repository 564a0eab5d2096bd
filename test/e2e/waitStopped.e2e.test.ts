import { given } from './branches';
import { openDesk, type Desk } from './gateDesk';
import { runNode } from './oneNode';

jest.setTimeout(180_000);

const MINUTE = 60_000;

let desk: Desk;
beforeAll(async () => void (desk = await openDesk()));
afterAll(async () => await desk.sandbox.close());

async function parked(title: string) {
	const workflow = await desk.publish([desk.ask(title)], [['Form', 'Ask']]);
	await workflow.begin();
	const run = await workflow.parked();
	const { webhookId } = given(run)[0][0].json;
	return { run, webhookId: String(webhookId), taskId: desk.taskOf(title).taskId };
}
const callsFor = (taskId: string) =>
	desk.sandbox.appmixer.deliveries
		.filter((delivery) => delivery.taskId === taskId)
		.map(({ status }) => status);

it('F15: a stopped run is called for ever, unless the registration that its item names is deleted', async () => {
	const left = await parked('stopped, left');
	const cleared = await parked('stopped, cleared');
	for (const { run } of [left, cleared]) await desk.rest.stopExecution(run.id);

	const credentialId = String(desk.ask('not used').credentials?.appmixerApi.id);
	const parameters = { resource: 'webhook', operation: 'delete', webhookId: cleared.webhookId };
	const deleted = await runNode(desk.rest, credentialId, parameters);
	expect(deleted.json).toEqual([{ deleted: true }]);

	for (const { taskId } of [left, cleared]) await desk.sandbox.appmixer.approve(taskId);
	await desk.sandbox.clock.advance(20 * MINUTE);
	expect(callsFor(left.taskId)).toEqual([409, 409, 409]);
	expect(callsFor(cleared.taskId)).toEqual([]);
});
