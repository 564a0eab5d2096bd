import axios from 'axios';
import type { IDataObject } from 'n8n-workflow';

import type { Task } from '../../sandbox';
import type { Execution } from '../../scripts/n8n/executions';
import { givenTo, openAgainDesk, OUTPUTS, type AgainDesk } from './againDesk';

jest.setTimeout(5 * 60_000);

let desk: AgainDesk;
beforeAll(async () => void (desk = await openAgainDesk()));
afterAll(async () => await desk.close());

const MINUTE = 60_000;
const ALL = ['bob@example.com', 'carol@example.com', 'dan@example.com'];

/** Withdraws a task in a workflow of its own. */
async function withdraw({ taskId, approverSecret }: Task): Promise<void> {
	const parameters = {
		...{ operation: 'withdraw', options: { secret: approverSecret } },
		taskId: { __rl: true, mode: 'id', value: taskId },
	};
	const workflow = await desk.publish([desk.ask('', parameters)], [['Form', 'Ask']]);
	await workflow.begin();
	const { runData, error } = await workflow.ended();
	expect(error).toBeUndefined();
	const { json } = runData.Ask[0].main[0][0];
	expect(json).toMatchObject({ id: taskId, decision: 'rejected' });
	expect(json.title).toMatch(/^\[Withdrawn\] /);
}

/** How often each output's effect was called for a task. */
const did = ({ taskId }: Task) => OUTPUTS.map((output) => desk.effects.count(output, taskId));
const votesOf = ({ json }: { json: IDataObject }) =>
	(json.votes as IDataObject[]).map(({ decision }) => decision);

describe('W26: withdrawn while sendAndWait waits for several', () => {
	/** Asks three, all of whom must approve; the first does, and the second's task is withdrawn. */
	async function withdrawn(title: string) {
		const parameters = { approver: ALL.join(', '), outputs: 'perDecision' };
		const workflow = await desk.publish(
			[desk.ask(title, parameters, { typeVersion: 1.1 }), ...desk.ends],
			[
				['Form', 'Ask'],
				['Ask', 'No Decision', 0],
				['Ask', 'Approved', 1],
				['Ask', 'Rejected', 2],
			],
		);
		await workflow.begin();
		await workflow.parked();
		const tasks = desk.sandbox.appmixer.tasks.filter((task) => task.title === title);
		await desk.sandbox.appmixer.approve(tasks[0].taskId);
		await withdraw(tasks[1]);
		// nobody is told
		expect((await workflow.parked()).status).toBe('waiting');
		return { workflow, tasks };
	}

	function expectRejected({ status, runData }: Execution, [first]: Task[], votes: unknown[]) {
		expect(status).toBe('success');
		const [none, approved, rejected] = runData.Ask.at(-1)!.main;
		expect([none, approved, rejected.length]).toEqual([[], [], 1]);
		expect(rejected[0].json).toMatchObject({ approved: false, outcome: 'rejected' });
		expect(votesOf(rejected[0])).toEqual(votes);
		expect(did(first)).toEqual([0, 1, 0]);
	}

	it('it ends as rejected when another approves', async () => {
		const { workflow, tasks } = await withdrawn('withdrawn, and approved by others');
		await desk.sandbox.appmixer.approve(tasks[2].taskId);
		expectRejected(await workflow.ended(), tasks, ['approved', 'rejected', 'approved']);
	});

	it('it ends as rejected when the service repeats an earlier call', async () => {
		const { workflow, tasks } = await withdrawn('withdrawn, and nobody else answers');
		await desk.sandbox.clock.advance(11 * MINUTE);
		expectRejected(await workflow.ended(), tasks, ['approved', 'rejected', null]);
	});
});

describe('W26: withdrawn while wait waits', () => {
	it.each([
		['each for itself', {}],
		['all together', { grouping: 'all' }],
	])('it leaves as rejected at the next look: %s', async (_, parameters) => {
		const tasks = desk.tasks(2);
		const workflow = await desk.waitFor(tasks, parameters);
		await workflow.begin();
		await workflow.parked();
		const url = desk.wakeUpUrl(tasks[0]);
		await desk.sandbox.appmixer.approve(tasks[1].taskId);
		await withdraw(tasks[0]);
		await axios.post(url, {}, { proxy: false, validateStatus: () => true });
		const run = await workflow.ended(200_000);
		expect(run.status).toBe('success');
		const left = OUTPUTS.map((output) => givenTo(run, output).map(({ json }) => json.outcome));
		const isEach = Object.keys(parameters).length === 0;
		expect(left).toEqual([isEach ? ['approved'] : [], ['rejected'], []]);
		expect(tasks.map(did)).toEqual([
			[0, 1, 0],
			[isEach ? 1 : 0, 0, 0],
		]);
		if (!isEach) expect(votesOf(givenTo(run, 'Rejected')[0])).toEqual(['rejected', 'approved']);
	});
});
