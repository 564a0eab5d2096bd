import { openDesk, type Desk } from './gateDesk';
import { given } from './branches';
import { noOp, setFields } from './workflowOf';

jest.setTimeout(180_000);

let desk: Desk;
beforeAll(async () => void (desk = await openDesk()));
afterAll(async () => await desk.sandbox.close());

const REGISTER = { method: 'POST', path: /\/webhooks$/, status: 500 };

/** A second gate, named Again, behind the first. */
function secondGate(title: string, onError: 'continueRegularOutput' | 'continueErrorOutput') {
	return { ...desk.ask(title, {}, { onError }), name: 'Again' };
}

describe('Continue On Fail', () => {
	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		"W2: a first gate's approval never gets through a failing second gate, %s",
		async (onError) => {
			const [first, second] = [`first ${onError}`, `second ${onError}`];
			const nodes = [desk.ask(first), secondGate(second, onError), noOp('Out'), noOp('Error')];
			const workflow = await desk.publish(nodes, [
				['Form', 'Ask'],
				['Ask', 'Again'],
				['Again', 'Out', 0],
				['Again', 'Error', 1],
			]);
			await workflow.begin();
			await workflow.parked();
			const fault = desk.sandbox.fault({ ...REGISTER, times: 3 });
			await desk.sandbox.appmixer.approve(desk.taskOf(first).taskId);
			const run = await workflow.ended();
			fault.remove();

			expect(run.status).toBe('success');
			expect(given(run)[0][0].json).toMatchObject({ approved: true });
			const [reached, other] =
				onError === 'continueErrorOutput' ? ['Error', 'Out'] : ['Out', 'Error'];
			const [[item, ...more]] = run.runData[reached][0].main;
			expect(item.json).toEqual({ error: expect.any(String) as unknown });
			expect(item.json.error).toContain(desk.taskOf(second).taskId);
			expect(more).toEqual([]);
			expect(run.runData[other]).toBeUndefined();
		},
	);

	it('W2: nor does what came in, with one output per decision', async () => {
		const title = 'old approval';
		const asking = desk.ask(
			title,
			{ outputs: 'perDecision', approver: 'nobody' },
			{ onError: 'continueRegularOutput' },
		);
		const old = setFields('Old', { approved: true, outcome: 'approved' });
		const workflow = await desk.publish(
			[old, asking],
			[
				['Form', 'Old'],
				['Old', 'Ask'],
			],
		);
		await workflow.begin();
		const run = await workflow.ended();
		expect(given(run)).toEqual([
			[
				expect.objectContaining({
					json: { error: 'Approver E-Mail "nobody" is not an e-mail address' },
				}),
			],
		]);
	});
});

describe('Retry On Fail', () => {
	const RETRY = { retryOnFail: true, maxTries: 2, waitBetweenTries: 100 };
	const created = (title: string) =>
		desk.sandbox.appmixer.tasks.filter((task) => task.title === title).length;

	it.each([false, true])(
		'W17: asks once when the first registration fails, Retry On Fail %s',
		async (retryOnFail) => {
			const title = `once ${retryOnFail}`;
			const workflow = await desk.publish(
				[desk.ask(title, {}, retryOnFail ? RETRY : {})],
				[['Form', 'Ask']],
			);
			const fault = desk.sandbox.fault({ ...REGISTER, times: 1 });
			await workflow.begin();
			await workflow.parked();
			expect(fault.hits).toBe(1);
			expect(created(title)).toBe(1);
			await desk.sandbox.appmixer.approve(desk.taskOf(title).taskId);
			expect(given(await workflow.ended())[0][0].json).toMatchObject({ approved: true });
		},
	);

	it('W17: a second try of the node waits for the task of the first', async () => {
		const workflow = await desk.publish([desk.ask('second try', {}, RETRY)], [['Form', 'Ask']]);
		// the node itself tries three times
		const fault = desk.sandbox.fault({ ...REGISTER, times: 3 });
		await workflow.begin();
		const { runData, raw } = await workflow.parked();
		expect(fault.hits).toBe(3);
		// the same question asked later in this execution must be a new one
		expect(JSON.stringify(raw.executionData?.contextData)).not.toContain('asked');
		expect(created('second try')).toBe(1);
		expect(JSON.stringify(runData)).not.toContain(desk.taskOf('second try').approverSecret);
		await desk.sandbox.appmixer.approve(desk.taskOf('second try').taskId);
		expect(given(await workflow.ended())[0][0].json).toMatchObject({ approved: true });
	});

	it("W17: n8n's own retry of the failed execution waits for the task that was asked", async () => {
		const workflow = await desk.publish([desk.ask('retried', {})], [['Form', 'Ask']]);
		const fault = desk.sandbox.fault(REGISTER);
		await workflow.begin();
		const failed = await workflow.ended();
		fault.remove();
		expect(failed.status).toBe('error');

		await desk.rest.post(`/rest/executions/${failed.id}/retry`, { loadWorkflow: false });
		await workflow.parked();
		expect(created('retried')).toBe(1);
		await desk.sandbox.appmixer.approve(desk.taskOf('retried').taskId);
		const done = await desk.rest.waitForExecution(
			workflow.id,
			({ status, id }) => status === 'success' && id !== failed.id,
		);
		expect(given(done)[0][0].json).toMatchObject({ approved: true });
	});

	it.each([false, true])(
		'W17: asks once and names the task when the registration always fails, Retry On Fail %s',
		async (retryOnFail) => {
			const title = `always ${retryOnFail}`;
			const workflow = await desk.publish(
				[desk.ask(title, {}, retryOnFail ? RETRY : {})],
				[['Form', 'Ask']],
			);
			const fault = desk.sandbox.fault(REGISTER);
			await workflow.begin();
			const run = await workflow.ended();
			fault.remove();

			expect(fault.hits).toBe(retryOnFail ? 6 : 3);
			expect(created(title)).toBe(1);
			const { taskId, approverSecret } = desk.taskOf(title);
			expect(run.status).toBe('error');
			expect(run.error?.message).toBe(
				`Task ${taskId} was created, but nothing waits for its answer: Appmixer could not process the request (HTTP 500): could not register a webhook for task ${taskId}`,
			);
			expect(run.error?.description).toContain(
				`To go on without asking twice, set Task to Use Existing and enter ${taskId}.`,
			);
			expect(JSON.stringify(run.raw)).not.toContain(approverSecret);
		},
	);
});
