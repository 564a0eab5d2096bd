import { openDesk, type Desk } from './gateDesk';
import { itemsOf } from './itemsOf';
import { refusal } from './refusal';

jest.setTimeout(180_000);

let desk: Desk;
beforeAll(async () => void (desk = await openDesk()));
afterAll(async () => await desk.sandbox.close());

it('W4: refuses Always Output Data with one output per decision', async () => {
	const node = { alwaysOutputData: true };
	expect(await refusal(desk, { parameters: { outputs: 'perDecision' }, node })).toEqual({
		message: 'Always Output Data cannot be used with one output per decision',
		description:
			'It would run No Decision besides the real decision. Turn it off in the Settings tab, or set Outputs to Single.',
	});
});

it('W5: refuses several items without Execute Once', async () => {
	const before = desk.sandbox.appmixer.tasks.length;
	const nodes = [...itemsOf([{ n: 1 }, { n: 2 }, { n: 3 }]), desk.ask('several')];
	const workflow = await desk.publish(nodes, [
		['Form', 'List'],
		['List', 'Items'],
		['Items', 'Ask'],
	]);
	await workflow.begin();
	const { error } = await workflow.ended();
	expect(error?.message).toContain(
		'Nobody was asked: this operation asks one question, but 3 items came in',
	);
	expect(error?.description).toBe(
		'For many items create the tasks with Create and use the operation Wait for Decisions. Or put a Loop Over Items node with Batch Size 1 before this node, or turn on Execute Once in the Settings tab.',
	);
	expect(desk.sandbox.appmixer.tasks).toHaveLength(before);
});

it('W14: refuses a callback address that only this machine knows, before asking a service elsewhere', async () => {
	const far = await openDesk(undefined, { baseUrl: 'https://appmixer.example.com' });
	await far.sandbox.close();
	const workflow = await far.publish([far.ask('far')], [['Form', 'Ask']]);
	await workflow.begin();
	const { status, error } = await workflow.ended();
	expect(status).toBe('error');
	expect(error?.message).toBe(`The service cannot call back to ${desk.url}`);
	expect(error?.description).toContain('Set WEBHOOK_URL of n8n to an address');
});
