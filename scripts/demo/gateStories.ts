import { ADA, BOB, MAX } from '../../sandbox';
import { hasEnded } from '../n8n/executions';
import { decideInNutrient, fillIn, pressInInbox, receive } from './people';
import type { Published, ReadyStage } from './prepare';
import { startedWith, waits, type Story } from './stories';

/** n8n's clock wakes waiting runs once a minute, and a trigger that polls looks once a minute. */
const NEXT_LOOK_MS = 3 * 60_000;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const TOOL_QUESTION = 'The assistant wants to use Place_an_Order';
const CAROL = 'carol@example.com';
const DAN = 'dan@example.com';
const NINE = ['Desk', 'Chair', 'Lamp', 'Screen', 'Mouse', 'Keyboard', 'Headset', 'Camera', 'Bag'];

/** Fills in a form, whose first field is the given one, and waits until the workflow waits. */
async function begin(
	stage: ReadyStage,
	workflow: Published,
	[field, ...values]: string[],
	first: string,
) {
	await fillIn(workflow.formUrl, [first, ...values]);
	const isIt = startedWith(field, first);
	await waits(stage, workflow, isIt);
	return { workflowId: workflow.id, isIt };
}

/** @throws Error that names what is not so, by which the story fails */
function must(holds: boolean | undefined, what: string): void {
	if (holds !== true) throw new Error(`It is not so that ${what}`);
}

const tasksIn = ({ sandbox }: ReadyStage, title: string, approver: string) =>
	sandbox.appmixer.tasks.filter((one) => one.title === title && one.approver === approver);

/** One story for each way to ask: several people, one after another, many lines, each system. */
export function gateStories(stage: ReadyStage): Story[] {
	const { rest, sandbox, mail } = stage;
	const press = async (title: string, action: 'approve' | 'reject', approver?: string) =>
		await pressInInbox(sandbox, title, action, approver);

	const taskOf = (title: string, approver: string) => tasksIn(stage, title, approver)[0];

	return [
		{
			name: 'two of three approve',
			expected: {
				node: 'Release the Budget',
				output: {
					text: `"Budget for a summer party" was approved by ${BOB.email} and ${CAROL}.`,
				},
			},
			async play() {
				const people = [BOB.email, CAROL, DAN].join(', ');
				const values = ['What', '2000', 'For all of us', people];
				const found = await begin(stage, stage.twoOfThree, values, 'a summer party');
				const title = 'Budget for a summer party';
				await press(title, 'approve');
				await press(title, 'reject', DAN);
				await press(title, 'approve', CAROL);
				return found;
			},
		},
		{
			name: 'ten lines, one order',
			expected: {
				node: 'Leave It Out',
				output: { result: 'Declined', text: '"Buy: Sofa" was rejected.' },
				also: {
					'Order Together': {
						result: 'Ordered',
						text: `9 lines for 900 EUR: ${NINE.join(', ')}`,
					},
				},
			},
			async play() {
				const lines = [...NINE.map((what) => `${what}; 100`), 'Sofa; 900'].join('\n');
				const found = await begin(stage, stage.purchaseLines, ['Lines', BOB.email], lines);
				await press('Buy: Sofa', 'reject');
				for (const what of NINE) await press(`Buy: ${what}`, 'approve');
				return found;
			},
			timeoutMs: NEXT_LOOK_MS,
		},
		{
			name: 'the manager, then the director',
			expected: {
				node: 'Place the Order',
				output: { text: `a lathe for 7000 EUR, approved at last by ${CAROL}.` },
			},
			async play() {
				const values = ['What', '7000', ADA.email, BOB.email, CAROL];
				const found = await begin(stage, stage.twoStages, values, 'a lathe');
				await press('Purchase of a lathe', 'approve');
				await waits(stage, stage.twoStages, found.isIt, 'Ask the Director');
				await press('Purchase of a lathe, approved by the manager', 'approve', CAROL);
				return found;
			},
		},
		{
			name: 'the manager is enough',
			expected: {
				node: 'Place the Order',
				output: { text: `a drill for 300 EUR, approved at last by ${BOB.email}.` },
			},
			async play() {
				const values = ['What', '300', ADA.email, BOB.email, CAROL];
				const found = await begin(stage, stage.twoStages, values, 'a drill');
				await press('Purchase of a drill', 'approve');
				return found;
			},
		},
		{
			name: 'one run for each line',
			expected: {
				node: 'Place the Order',
				output: { text: `"Buy: Ladder" was approved by ${BOB.email}.` },
			},
			async play() {
				const { id, formUrl } = stage.onePerItem;
				await fillIn(formUrl, ['Bucket\nLadder', ADA.email, BOB.email]);
				const [bucket, ladder] = ['Bucket', 'Ladder'].map((line) => startedWith('line', line));
				await waits(stage, stage.onePerItem, ladder);
				await press('Buy: Ladder', 'approve');
				await rest.waitForExecution(id, (run) => hasEnded(run) && ladder(run));
				// the other one goes on waiting, and by itself
				await waits(stage, stage.onePerItem, bucket);
				await press('Buy: Bucket', 'reject');
				return { workflowId: id, isIt: ladder };
			},
		},
		{
			name: 'an agent asks a human',
			expected: {
				node: 'Tell What Was Done',
				output: { result: '"[{\\"response\\":\\"Ordered: three laptops\\"}]"' },
			},
			async play() {
				const values = ['Wish', ADA.email, BOB.email];
				const found = await begin(stage, stage.agent, values, 'three laptops');
				const { description } = taskOf(TOOL_QUESTION, BOB.email);
				// what the model says for every text it is asked for
				must(description?.endsWith('\n\nWhy: three laptops'), 'the task tells the reason');
				await press(TOOL_QUESTION, 'approve');
				return found;
			},
		},
		{
			name: 'an agent is refused',
			expected: {
				node: 'Tell What Was Done',
				like: { result: /User rejected the tool call to Place an Order / },
				never: ['Place an Order'],
			},
			async play() {
				const values = ['Wish', ADA.email, CAROL];
				const found = await begin(stage, stage.agent, values, 'a helicopter');
				await press(TOOL_QUESTION, 'reject', CAROL);
				return found;
			},
		},
		{
			name: 'behind a firewall',
			expected: {
				node: 'Place the Order',
				output: { text: `"Purchase of a router" was approved by ${BOB.email}.` },
			},
			async play() {
				const values = ['What', '120', BOB.email];
				const found = await begin(stage, stage.firewall, values, 'a router');
				const { taskId } = taskOf('Purchase of a router', BOB.email);
				const isCalled = sandbox.appmixer.webhooks.some((one) => one.taskId === taskId);
				must(!isCalled, 'nothing is registered for the task');
				await press('Purchase of a router', 'approve');
				return found;
			},
			timeoutMs: NEXT_LOOK_MS,
		},
		{
			name: 'reviewed in Mambu',
			expected: { node: 'Tell the Loan Desk', output: { accepted: ['loans@example.com'] } },
			async play() {
				const values = ['Applicant', '12000', MAX.username];
				const found = await begin(stage, stage.mambu, values, 'John Doe');
				const task = sandbox.mambu.tasks.find(
					({ title }) => title === 'Review the loan of John Doe',
				);
				if (task) sandbox.mambu.complete(task);
				return found;
			},
			timeoutMs: NEXT_LOOK_MS,
		},
		{
			name: 'approved in Nutrient',
			expected: { node: 'Place the Order', output: { text: 'a plotter for 2500 EUR' } },
			async play() {
				const found = await begin(stage, stage.nutrientWait, ['What', '2500'], 'a plotter');
				await decideInNutrient(sandbox, 'Purchase of a plotter', 'Approve');
				return found;
			},
		},
		{
			name: 'reminded before it is due',
			expected: { node: 'Remind the Approver', output: { accepted: [BOB.email] } },
			async play() {
				const title = 'Rent a hall';
				const decisionBy = new Date(sandbox.clock.now() + DAY_MS / 2);
				sandbox.appmixer.createTask({ title, description: 'For the fair', decisionBy });
				const day = decisionBy.toISOString().slice(0, 10);
				await receive(mail, `Please decide until ${day}: ${title}`, NEXT_LOOK_MS);
				return { workflowId: stage.dueSoon.id, isIt: startedWith('title', title) };
			},
		},
	];
}

/** Moves the sandbox's clock, so it comes after the stories whose tasks must not become due. */
export const secondApproverStory = (stage: ReadyStage): Story => ({
	name: 'the second approver',
	expected: {
		node: 'Do It',
		output: { text: `"Repaint the hall" was approved by ${CAROL}.` },
	},
	async play() {
		const what = 'Repaint the hall';
		const { sandbox } = stage;
		const values = ['What', 'It is grey', 'erin@example.com', BOB.email, CAROL];
		const found = await begin(stage, stage.secondApprover, values, what);
		await sandbox.clock.advance(2 * DAY_MS + 2 * MINUTE_MS);
		await waits(stage, stage.secondApprover, found.isIt, 'Ask the Second');
		const old = tasksIn(stage, `[Withdrawn] ${what}`, BOB.email).map(({ status }) => status);
		must(old.join() === 'rejected', 'the task of the first is withdrawn, and rejected');
		await pressInInbox(sandbox, what, 'approve', CAROL);
		return found;
	},
});
