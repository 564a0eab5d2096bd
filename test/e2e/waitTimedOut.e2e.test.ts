import { branches, given, seen } from './branches';
import { openDesk, type Desk, type Published } from './gateDesk';
import { itemsOf } from './itemsOf';
import { noOp, setFields } from './workflowOf';

jest.setTimeout(6 * 60_000);

/** n8n gives up two minutes after this, at its next look, which it takes every minute. */
const SHORTLY = { limitWaitTime: true, resumeAmount: 0.05, resumeUnit: 'minutes' };

const cases = [
	{ outputs: 'single', whenDue: 'keepWaiting' },
	{ outputs: 'single', whenDue: 'noDecision' },
	{ outputs: 'perDecision', whenDue: 'keepWaiting' },
	{ outputs: 'perDecision', whenDue: 'noDecision' },
] as const;

/** Approved before they come to the gate. */
const OLD = [1, 2, 3].map((n) => ({ approved: true, n }));

let desk: Desk;
const waiting: Record<string, Published> = {};

// all at once: each takes more than two minutes
beforeAll(async () => {
	desk = await openDesk();
	const stories: Array<[string, Promise<Published>]> = cases.map(({ outputs, whenDue }) => {
		const title = `${outputs} ${whenDue}`;
		const { nodes, edges } = branches(outputs);
		const asking = desk.ask(title, { outputs, whenDue, ...SHORTLY });
		return [title, desk.publish([asking, ...nodes], edges)];
	});
	const once = desk.ask('once', SHORTLY, { executeOnce: true });
	const always = desk.ask('always', SHORTLY, { alwaysOutputData: true });
	const three = [...itemsOf(OLD), once, noOp('After')];
	stories.push([
		'once',
		desk.publish(three, [
			['Form', 'List'],
			['List', 'Items'],
			['Items', 'Ask'],
			['Ask', 'After'],
		]),
	]);
	// a branch beside the gate, run after it: what it gets must not have been changed
	const beside = { ...noOp('Beside'), position: [400, 900] as [number, number] };
	const sharing = [setFields('Old', OLD[0]), always, beside];
	stories.push([
		'always',
		desk.publish(sharing, [
			['Form', 'Old'],
			['Old', 'Ask'],
			['Old', 'Beside'],
		]),
	]);
	for (const [title, publishing] of stories) {
		waiting[title] = await publishing;
		await waiting[title].begin('7');
	}
});
afterAll(async () => await desk.sandbox.close());

const END = 5 * 60_000;

it.each(cases)(
	'W16: outputs $outputs, when due $whenDue: a time-out is not an approval, and says so',
	async ({ outputs, whenDue }) => {
		const { ended } = waiting[`${outputs} ${whenDue}`];
		const run = await ended(END);
		expect(run.status).toBe('success');
		const witness = {
			...{ outcome: 'timedOut', approved: false, file: 'the quote' },
			...{ item: '7', first: '7', itemFile: 'text/plain' },
		};
		expect(seen(run)).toEqual({
			[outputs === 'single' ? 'After' : 'No Decision']: [witness],
		});
		expect(given(run)[0]).toHaveLength(1);
	},
);

it('W5: with Execute Once and three approved items in, one item leaves after a time-out, not approved', async () => {
	const run = await waiting.once.ended(END);
	expect(run.runData.Items[0].main[0].map(({ json }) => json)).toEqual(OLD);
	expect(given(run).flat()).toHaveLength(1);
	expect(given(run)[0][0].json).toMatchObject({ approved: false, outcome: 'timedOut' });
	expect(run.runData.After[0].main[0]).toHaveLength(1);
});

it('gives one item after a time-out with Always Output Data and a single output', async () => {
	const run = await waiting.always.ended(END);
	expect(given(run).flat()).toHaveLength(1);
	expect(given(run)[0][0].json).toMatchObject({ approved: false, outcome: 'timedOut' });
});

it('W6: the items that came in stay as they were, for the node before and the branch beside', async () => {
	const { runData } = await waiting.always.ended(END);
	const old = [expect.objectContaining({ json: { approved: true, n: 1 } })];
	expect(runData.Old[0].main).toEqual([old]);
	expect(runData.Beside[0].main).toEqual([old]);
});

it('W16: an approval after the time-out changes nothing', async () => {
	const { ended, id } = waiting['single keepWaiting'];
	const before = await ended(END);
	const task = desk.taskOf('single keepWaiting');
	await desk.sandbox.appmixer.approve(task.taskId);
	expect(desk.sandbox.appmixer.deliveries.at(-1)).toMatchObject({
		taskId: task.taskId,
		status: 200,
	});
	expect(await ended()).toEqual(before);
	expect(await desk.rest.executions({ workflowId: id })).toHaveLength(1);
});
