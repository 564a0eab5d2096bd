import { ADA, BOB } from '../../sandbox';
import type { Execution } from '../n8n/executions';
import type { ExpectedEnd } from './compare';
import { withOneMinute, type Examples } from './examples';
import { fillIn, followLink, pressInInbox, receive } from './people';
import { publish, type Published, type ReadyStage, type Stage } from './prepare';

/** Something people do, and how the workflow must end then. */
export interface Story {
	name: string;
	expected: ExpectedEnd;
	/** Plays it until nothing more is to be done; resolves with how to find its execution. */
	play(): Promise<{ workflowId: string; isIt: (execution: Execution) => boolean }>;
	/** How long the workflow may take from there to its end. */
	timeoutMs?: number;
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const MINUTE_MS = 60_000;

/** Finds the execution whose first item says so; a form sends the ends of lines as browsers do. */
export const startedWith = (key: string, value: string) => (execution: Execution) =>
	Object.values(execution.runData).some(([first]) => {
		if (first?.executionIndex !== 0) return false;
		return String(first.main[0]?.[0]?.json[key]).replaceAll('\r\n', '\n') === value;
	});

/** Resolves when such a run waits, in the given node if there is one: what comes earlier is told again much later. */
export async function waits(
	{ rest }: Stage,
	workflow: Published,
	isIt: (execution: Execution) => boolean,
	node?: string,
): Promise<Execution> {
	return await rest.waitForExecution(
		workflow.id,
		(execution) =>
			execution.status === 'waiting' &&
			(node === undefined || execution.lastNodeExecuted === node) &&
			isIt(execution),
	);
}

/** Fills in a form and waits until the workflow waits. `executionId`: of the run that does. */
export async function ask(stage: ReadyStage, workflow: Published, what: string, more: string[]) {
	await fillIn(workflow.formUrl, [what, ...more, ADA.email, BOB.email]);
	const isIt = startedWith('What', what);
	const { id: executionId } = await waits(stage, workflow, isIt);
	return { workflowId: workflow.id, isIt, executionId };
}

/** The stories that do not need each other, to be played side by side. */
export function stories(stage: ReadyStage, examples: Examples): Story[] {
	const { rest, sandbox, mail } = stage;

	const purchase = (what: string, decide: (title: string) => Promise<void>) => async () => {
		const found = await ask(stage, stage.purchase, what, ['4500', 'Three people start in May']);
		await decide(`Purchase of ${what}`);
		return found;
	};

	const byLink = (what: string, label: string) => async () => {
		const found = await ask(stage, stage.emailLink, what, ['84']);
		await followLink(await receive(mail, `Please decide: Expense: ${what}`), label);
		return found;
	};

	return [
		{
			name: 'approved in the inbox',
			expected: { node: 'Place the Order', output: { result: 'Ordered', outcome: 'approved' } },
			play: purchase('3 laptops', async (title) => await pressInInbox(sandbox, title, 'approve')),
		},
		{
			name: 'rejected in the inbox',
			expected: {
				node: 'Decline the Request',
				output: { result: 'Declined', outcome: 'rejected' },
			},
			play: purchase('a yacht', async (title) => await pressInInbox(sandbox, title, 'reject')),
		},
		{
			name: 'approved by e-mail link',
			expected: { node: 'Pay It Back', output: { result: 'Paid', outcome: 'approved' } },
			play: byLink('Train to Vienna', 'Approve'),
		},
		{
			name: 'rejected by e-mail link',
			expected: { node: 'Do Not Pay', output: { result: 'Not paid', outcome: 'rejected' } },
			play: byLink('Champagne', 'Reject'),
		},
		{
			name: 'a decision starts a workflow',
			expected: { node: 'Tell the Requester', output: { accepted: [ADA.email] } },
			async play() {
				await pressInInbox(sandbox, stage.watchedTitle, 'approve');
				await receive(mail, `"${stage.watchedTitle}" was approved`);
				const isIt = startedWith('title', stage.watchedTitle);
				return { workflowId: stage.onDecision.id, isIt };
			},
		},
		{
			name: 'nobody answers, time-out',
			expected: {
				node: 'Ask Somebody Else',
				output: { result: 'Not decided', outcome: 'timedOut' },
			},
			async play() {
				const oneMinute = await publish(rest, withOneMinute(examples.purchase));
				return await ask(stage, oneMinute, 'a coffee machine', ['900', 'Nobody reads this']);
			},
			// a minute, n8n's grace of two, and its tracker's tick of one
			timeoutMs: 6 * MINUTE_MS,
		},
	];
}

/** Moves the sandbox's clock, so it comes after the stories whose tasks must not become due. */
export const expiryStory = (stage: ReadyStage): Story => ({
	name: 'nobody answers, date passes',
	expected: { node: 'Ask Somebody Else', output: { result: 'Not decided', outcome: 'due' } },
	async play() {
		const { sandbox, purchase } = stage;
		const what = 'a table football';
		await fillIn(purchase.formUrl, [what, '700', 'For the team', ADA.email, BOB.email]);
		const isIt = startedWith('What', what);
		await waits(stage, purchase, isIt);
		await sandbox.clock.advance(WEEK_MS + 2 * MINUTE_MS);
		return { workflowId: purchase.id, isIt };
	},
});
