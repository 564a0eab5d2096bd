import { randomUUID } from 'node:crypto';

import type { INode, INodeParameters } from 'n8n-workflow';

import { ADA } from '../../sandbox';
import { connect } from '../../scripts/n8n/rest';
import { given } from './branches';
import { openDesk, type Desk, type Published } from './gateDesk';
import { n8nLog } from './n8nLog';
import { openTriggerStage } from './triggerStage';
import { noOp, setFields } from './workflowOf';

jest.setTimeout(5 * 60_000);

const MINUTE = 60_000;
const BRANCHES = ['First', 'Second', 'Third', 'Fourth'];

let desk: Desk;
/** Its clock is not moved. */
let quiet: Desk;
/** Begun first, because it takes more than two minutes. */
let timedOut: Published;
beforeAll(async () => {
	[desk, quiet] = [await openDesk(), await openDesk()];
	const soon = { resumeAmount: 0.05, resumeUnit: 'minutes', decisionBy: '' };
	timedOut = await park(quiet, 'time-out', soon);
});
afterAll(async () => {
	await desk.sandbox.close();
	await quiet.sandbox.close();
});

/** Parks a gate behind an old approval, with a node on each output, and then deletes its credential. */
async function park(
	{ rest, ask, publish, sandbox }: Desk,
	title: string,
	parameters: INodeParameters = {},
	node: Partial<INode> = {},
): Promise<Published> {
	const id = await rest.createCredential({
		name: `to be deleted ${randomUUID()}`,
		type: 'appmixerApi',
		data: { baseUrl: sandbox.url, accessToken: ADA.accessToken, apiPath: 'plugin' },
	});
	const decisionBy = new Date(sandbox.clock.now() + 60 * MINUTE).toISOString();
	const asking = ask(title, { decisionBy, ...parameters }, node);
	const credentials = { appmixerApi: { id, name: 'to be deleted' } };
	const old = setFields('Old', { approved: true, outcome: 'approved' });
	const workflow = await publish(
		[old, { ...asking, credentials }, ...BRANCHES.map(noOp)],
		[
			['Form', 'Old'],
			['Old', 'Ask'],
			...BRANCHES.map((name, output): [string, string, number] => ['Ask', name, output]),
		],
	);
	await workflow.begin();
	await workflow.parked();
	await rest.deleteCredential(id);
	return workflow;
}

/** Another user of this n8n, who is not its owner: n8n checks whether such a one may use a credential. */
async function invited() {
	const login = { email: `${randomUUID()}@example.com`, password: 'Test-Member-1' };
	type Invited = Array<{ user: { inviteAcceptUrl: string } }>;
	const invitation = [{ email: login.email, role: 'global:member' }];
	const [{ user }] = await desk.rest.post<Invited>('/rest/invitations', invitation);
	const token = new URL(user.inviteAcceptUrl).searchParams.get('token');
	const { password } = login;
	const names = { firstName: 'A', lastName: 'Member' };
	await desk.rest.post('/rest/invitations/accept', { ...names, password, token });
	// accepting has logged in as the member
	await desk.rest.login();
	return { user: login };
}

const becomesDue = async () => await desk.sandbox.clock.advance(62 * MINUTE);
const idOf = (title: string) => desk.taskOf(title).taskId;
const answers = (title: string) =>
	desk.sandbox.appmixer.deliveries
		.filter(({ taskId }) => taskId === idOf(title))
		.map(({ status }) => status);
const messageFor = (title: string) =>
	`Task ${idOf(title)} is due, and its decision cannot be heard: the credential of this node no longer exists`;

describe('a credential that is deleted while a wait is parked', () => {
	it.each([
		['with one output', { outputs: 'single' }, {}],
		['with one per decision', { outputs: 'perDecision' }, {}],
		['with Retry On Fail', {}, { retryOnFail: true }],
		['with Always Output Data', {}, { alwaysOutputData: true }],
	])('ends it at "due" with an error, %s', async (title, parameters, node) => {
		const workflow = await park(desk, title, parameters, node);
		await becomesDue();
		const run = await workflow.ended();
		expect(run.status).toBe('error');
		expect(run.error).toMatchObject({
			message: messageFor(title),
			description: `The task can still be decided. Choose another credential in this node, set Task to Use Existing, enter ${idOf(title)}, and start a new run: this one cannot be retried.`,
		});
		for (const name of BRANCHES) expect(run.runData[name]).toBeUndefined();
		expect(n8nLog()).toContain(messageFor(title));
		// nothing is left at the service that would call a run that has ended
		expect(answers(title)).toEqual([200]);
		await desk.sandbox.appmixer.approve(idOf(title));
		await desk.sandbox.clock.advance(10 * MINUTE);
		expect(answers(title)).toEqual([200]);
	});

	it.each([
		['single', 'continueRegularOutput', 'First'],
		['perDecision', 'continueRegularOutput', 'First'],
		['single', 'continueErrorOutput', 'Second'],
		['perDecision', 'continueErrorOutput', 'Fourth'],
	] as const)(
		'%s, %s: gives the error to the node behind output %s, and no old approval',
		async (outputs, onError, reached) => {
			const title = `${outputs} ${onError}`;
			const workflow = await park(desk, title, { outputs }, { onError });
			await becomesDue();
			const run = await workflow.ended();
			expect(run.status).toBe('success');
			expect(BRANCHES.filter((name) => run.runData[name])).toEqual([reached]);
			const [[item, ...more]] = run.runData[reached][0].main;
			expect(item.json).toEqual({ error: messageFor(title) });
			expect(more).toEqual([]);
		},
	);

	it('does not keep a decision from being heard', async () => {
		const workflow = await park(desk, 'decided');
		await desk.sandbox.appmixer.approve(idOf('decided'));
		const run = await workflow.ended();
		expect(given(run)[0][0].json).toMatchObject({ approved: true, outcome: 'approved' });
	});

	it('does not keep "due" from ending the wait', async () => {
		const workflow = await park(desk, 'due', { whenDue: 'noDecision' });
		await becomesDue();
		const run = await workflow.ended();
		expect(given(run)[0][0].json).toMatchObject({ approved: false, outcome: 'due' });
	});

	it('makes the trigger answer 503: its calls come again, and the log says what to do', async () => {
		const stage = await openTriggerStage(desk);
		const { taskId } = stage.sandbox.appmixer.createTask();
		const trigger = await stage.watch({ events: ['approved'] });
		expect(trigger.watched()).toEqual([taskId]);
		await stage.rest.deleteCredential(stage.credential.id);
		await stage.sandbox.appmixer.approve(taskId);
		await stage.sandbox.clock.advance(10 * MINUTE);
		expect(stage.sandbox.appmixer.deliveries.map(({ status }) => status)).toEqual([503, 503]);
		expect(await trigger.emitted(0)).toEqual([]);
		const line = 'Appmixer callback not taken: its credential no longer exists. Choose another';
		expect(n8nLog().split(line)).toHaveLength(2);
		await stage.close();
	});

	it.each([
		['a decision', {}],
		['"due"', {}],
		['"due" that ends the wait', { whenDue: 'noDecision' }],
	])(
		"lets n8n itself fail a member's run at %s, before the node is asked",
		async (what, parameters) => {
			const { user } = await invited();
			const own = await openDesk({ url: desk.url, rest: await connect(desk.url, user) });
			const workflow = await park(own, what, parameters);
			if (what === 'a decision') await own.sandbox.appmixer.approve(own.taskOf(what).taskId);
			else await own.sandbox.clock.advance(62 * MINUTE);
			const run = await workflow.ended();
			expect([run.status, run.error?.message]).toEqual([
				'error',
				'Node "Ask" does not have access to the credential',
			]);
			for (const name of BRANCHES) expect(run.runData[name]).toBeUndefined();
			expect(own.sandbox.appmixer.deliveries.map(({ status }) => status)).toEqual([200]);
			await own.sandbox.close();
		},
	);

	it('does not keep the time-out from ending the wait', async () => {
		const run = await timedOut.ended(5 * MINUTE);
		expect(given(run)[0][0].json).toMatchObject({ approved: false, outcome: 'timedOut' });
	});
});
