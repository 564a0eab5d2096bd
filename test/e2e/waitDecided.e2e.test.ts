import { branches, given, OUTPUTS, seen } from './branches';
import { openDesk, type Desk } from './gateDesk';

jest.setTimeout(180_000);

const HOUR = 60 * 60_000;
const shapes = ['single', 'perDecision'] as const;
const choices = ['keepWaiting', 'noDecision'] as const;

let desk: Desk;
beforeAll(async () => void (desk = await openDesk()));
afterAll(async () => await desk.sandbox.close());

describe.each(shapes)('outputs: %s', (outputs) => {
	describe.each(choices)('when due: %s', (whenDue) => {
		const branch = { due: 0, approved: 1, rejected: 2 };
		const lane = (outcome: keyof typeof branch) =>
			outputs === 'single' ? 'After' : OUTPUTS.perDecision[branch[outcome]];

		async function park(story: string) {
			const title = `${story} ${outputs} ${whenDue}`;
			const decisionBy = new Date(Date.now() + HOUR).toISOString();
			const { nodes, edges } = branches(outputs);
			const asking = desk.ask(title, { outputs, whenDue, decisionBy });
			const workflow = await desk.publish([asking, ...nodes], edges);
			await workflow.begin('7');
			await workflow.parked();
			return { ...workflow, taskId: desk.taskOf(title).taskId };
		}

		const witness = (outcome: string, approved: boolean) => [
			{ outcome, approved, file: 'the quote', item: '7', first: '7', itemFile: 'text/plain' },
		];

		it('W3: goes on as approved, paired with its item, with its file', async () => {
			const { taskId, ended } = await park('approved');
			await desk.sandbox.appmixer.approve(taskId);
			const run = await ended();
			expect(run.status).toBe('success');
			expect(seen(run)).toEqual({ [lane('approved')]: witness('approved', true) });
		});

		it('W3: goes on as rejected, paired with its item, with its file', async () => {
			const { taskId, ended } = await park('rejected');
			await desk.sandbox.appmixer.reject(taskId);
			const run = await ended();
			expect(run.status).toBe('success');
			expect(seen(run)).toEqual({ [lane('rejected')]: witness('rejected', false) });
		});

		it(
			whenDue === 'noDecision'
				? 'goes on without a decision when the task becomes due'
				: 'W9: registers again when the task becomes due, and goes on when it is approved later',
			async () => {
				const { taskId, ended, parked } = await park('due');
				const mine = () => desk.sandbox.appmixer.webhooks.filter((one) => one.taskId === taskId);
				await desk.sandbox.clock.advance(HOUR + 2 * 60_000);
				if (whenDue === 'keepWaiting') {
					expect(mine().map(({ status }) => status)).toEqual(['sent', 'pending']);
					expect(mine()[1].url).toBe(mine()[0].url);
					expect((await parked()).status).toBe('waiting');
					await desk.sandbox.appmixer.approve(taskId);
				}
				const run = await ended();
				expect(run.status).toBe('success');
				expect(seen(run)).toEqual(
					whenDue === 'keepWaiting'
						? { [lane('approved')]: witness('approved', true) }
						: { [lane('due')]: witness('due', false) },
				);
				expect(mine().map(({ status }) => status)).toEqual(
					whenDue === 'keepWaiting' ? ['sent', 'sent'] : ['sent'],
				);
			},
		);
	});
});

it('gives the Task record with the outcome, and W21: says that the approver is the configured one', async () => {
	const { nodes, edges } = branches('single');
	const asking = desk.ask('the record', { message: 'Three **laptops**' });
	const workflow = await desk.publish([asking, ...nodes], edges);
	await workflow.begin();
	await workflow.parked();
	const task = desk.taskOf('the record');
	await desk.sandbox.appmixer.approve(task.taskId);
	const [[item]] = given(await workflow.ended());
	expect(item.json).toEqual({
		...{ id: task.taskId, title: 'the record', description: 'Three **laptops**' },
		...{ status: 'approved', state: 'done', decision: 'approved', source: 'appmixer', url: null },
		requester: { id: null, name: null, email: 'ada@example.com' },
		assignee: { id: null, name: null, email: 'bob@example.com' },
		dueAt: task.decisionBy?.toISOString(),
		createdAt: task.created.toISOString(),
		updatedAt: expect.any(String) as unknown,
		decidedAt: task.decisionMade?.toISOString(),
		...{ approved: true, outcome: 'approved', data: { approved: true } },
		decidedBy: { id: null, name: null, email: 'bob@example.com', provenance: 'configured' },
	});
});
