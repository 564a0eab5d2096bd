import { openDesk, type Desk } from './gateDesk';
import { itemsOf } from './itemsOf';
import { noOp, type NodeSketch } from './workflowOf';

jest.setTimeout(180_000);

let desk: Desk;
beforeAll(async () => void (desk = await openDesk()));
afterAll(async () => await desk.sandbox.close());

const when = (name: string, value1: string): NodeSketch => ({
	...{ name, type: 'n8n-nodes-base.if', typeVersion: 1 },
	parameters: { conditions: { boolean: [{ value1, value2: true }] } },
});

it.each(['bob@example.com', 'bob@example.com, carol@example.com'])(
	'W29: both outputs of a node lead to the gate: each item is asked for, whatever it says (%s)',
	async (approver) => {
		const title = `Entered twice: ${approver.length}`;
		const asked = () => desk.sandbox.appmixer.tasks.filter((task) => task.title === title);
		const people = approver.split(',').length;
		const parameters = { approver, outputs: 'single', message: '={{ $json.order }}' };
		const workflow = await desk.publish(
			[
				...itemsOf([1, 2].map((order) => ({ order, approved: true, outcome: 'approved' }))),
				when('First?', '={{ $json.order === 1 }}'),
				desk.ask(title, parameters, { typeVersion: 1.1 }),
				when('Approved?', '={{ $json.approved }}'),
				...[noOp('Order'), noOp('No')],
			],
			[
				['Form', 'List'],
				['List', 'Items'],
				['Items', 'First?'],
				['First?', 'Ask', 0],
				['First?', 'Ask', 1],
				['Ask', 'Approved?'],
				['Approved?', 'Order', 0],
				['Approved?', 'No', 1],
			],
		);
		await workflow.begin();
		await workflow.parked();
		await desk.sandbox.appmixer.reject(asked()[0].taskId);
		await desk.rest.waitForExecution(
			workflow.id,
			({ status, runData }) => status === 'waiting' && runData.No !== undefined,
		);
		const questions = asked().map(({ description }) => description);
		expect([questions.length, new Set(questions).size]).toEqual([2 * people, 2]);
		for (const task of asked().slice(people)) await desk.sandbox.appmixer.approve(task.taskId);
		const { runData } = await workflow.ended();
		const ordered = runData.Order.flatMap(({ main }) => main.flat());
		expect(ordered.map(({ json }) => json.description)).toEqual([questions.at(-1)]);
		expect(runData.No).toHaveLength(1);
	},
);
