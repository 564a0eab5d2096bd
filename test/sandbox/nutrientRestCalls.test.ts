import { ADA, BOB, CAROL, startNutrient, type Started } from './callNutrient';
import { startReceiver } from './receiver';
import type { RestCall } from '../../sandbox/nutrient/restCalls';
import type { RecipientTask } from '../../sandbox/nutrient/store';

type Receiver = Awaited<ReturnType<typeof startReceiver>>;

let started: Started;
let receiver: Receiver;
beforeEach(async () => {
	started = await startNutrient();
	receiver = await startReceiver();
});
afterEach(async () => {
	await started.sandbox.close();
	await receiver.close();
});

const MINUTE = 60_000;
const NAMES = {
	request: '{{requestSid}}',
	id: '{{requestId}}',
	task: '{{taskName}}',
	option: '{{option}}',
	comments: '{{comments}}',
};
const POST: RestCall = { uri: '{{wakeUpUrl}}', method: 'POST', json: NAMES };

/** A form, an approval, and what is called when that is decided. */
function design(call: RestCall, recipients = [BOB], after?: string) {
	const options = [
		{ label: 'Approve', completesTask: false },
		{ label: 'Deny', completesTask: true },
	];
	return started.nutrient.addProcess(
		'Purchase',
		{ name: 'Form', taskType: 'form' },
		{ name: 'Approval', taskType: 'approval', options, recipients },
		{ name: 'Tell n8n', taskType: 'restClient', call, after },
		{ name: 'Order', taskType: 'dataContainer', fields: { number: 'string' }, after: 'Tell n8n' },
	);
}

/** Starts it with the wake-up's address in its data and the form filled in; gives the approval's copies. */
async function begin(call: RestCall, recipients = [BOB], after?: string) {
	const { sid, tasks } = design(call, recipients, after);
	const path = `/api/instance/start/${sid}/${tasks[0].processTaskSid}`;
	await started.client.post(path, { wakeUpUrl: receiver.url }, started.ada);
	return started.nutrient.tasks.filter(({ name }) => name === 'Approval');
}

const decide = async (task: RecipientTask, Approval: string, Comments = '', as = started.bob) =>
	await started.client.post(
		`/api/instance/tasktypes/approval/${task.recipientTaskSid}`,
		{ Approval, Comments },
		as,
	);
const states = () => started.nutrient.tasks.map(({ name, state }) => `${name} ${state}`);

describe('a REST Client task', () => {
	it('posts to an address of the start data when the approval before it is decided', async () => {
		const [approval] = await begin(POST);
		expect(receiver.received).toHaveLength(0);
		await decide(approval, 'Approve', 'within "budget"');
		const [{ sid, id }] = started.nutrient.instances;
		expect(receiver.received).toMatchObject([
			{
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: {
					request: sid,
					id: String(id),
					task: 'Tell n8n',
					option: 'Approve',
					comments: 'within "budget"',
				},
			},
		]);
		expect(states()).toEqual([
			'Form Completed',
			'Approval Completed',
			'Tell n8n Completed',
			'Order Started',
		]);
		expect(started.nutrient.restCalls).toEqual([
			{ method: 'POST', url: receiver.url, status: 200 },
		]);
	});

	it('sends a GET by default, with query, headers and basic auth', async () => {
		const [approval] = await begin({
			uri: receiver.url,
			qs: { request: '{{requestSid}}' },
			headers: { 'x-option': '{{option}}' },
			auth: { user: 'n8n', pass: 'secret' },
		});
		await decide(approval, 'Deny');
		expect(receiver.received).toMatchObject([
			{
				method: 'GET',
				query: { request: started.nutrient.instances[0].sid },
				headers: {
					'x-option': 'Deny',
					authorization: `Basic ${Buffer.from('n8n:secret').toString('base64')}`,
				},
			},
		]);
	});

	it('sends a body as text, which a quotation mark makes broken JSON', async () => {
		const [approval] = await begin({
			uri: '{{wakeUpUrl}}',
			method: 'PUT',
			headers: { 'content-type': 'text/plain' },
			body: '{"comments":"{{comments}}"}',
		});
		await decide(approval, 'Approve', 'a "good" one');
		expect(receiver.received).toMatchObject([
			{ method: 'PUT', body: '{"comments":"a "good" one"}' },
		]);
	});

	it('runs after a form, and after only some of the options', async () => {
		await begin(POST, [BOB], 'Form');
		expect(receiver.received).toMatchObject([{ body: { option: '' } }]);
		const { tasks } = started.nutrient.processes.at(-1)!;
		Object.assign(tasks[2], { after: tasks[1].processTaskSid, ifChosen: ['Deny'] });
		const approvals = started.nutrient.tasks.filter(({ name }) => name === 'Approval');
		await decide(approvals[0], 'Approve');
		expect(receiver.received).toHaveLength(1);
	});

	it('waits until all have approved, or one has denied', async () => {
		const [bobs, carols] = await begin(POST, [BOB, CAROL]);
		await decide(bobs, 'Approve');
		expect(receiver.received).toHaveLength(0);
		await decide(carols, 'Deny', 'no', started.carol);
		expect(receiver.received).toMatchObject([{ body: { option: 'Deny', comments: 'no' } }]);
	});

	it('does not run for a request that was cancelled, and does after a time-out', async () => {
		const [first] = await begin(POST);
		started.nutrient.workflow.cancel(started.nutrient.instances[0]);
		expect((await decide(first, 'Approve')).status).toBe(400);
		const [, second] = await begin(POST);
		started.nutrient.workflow.timeOut(second);
		await started.nutrient.restCallsIdle();
		expect(second.state).toBe('Timed Out');
		expect(receiver.received).toMatchObject([{ body: { option: '' } }]);
	});

	it.each([
		['goOn', 'Tell n8n Completed', 'Order Started'],
		['fail', 'Tell n8n Error', undefined],
	] as const)('whose call fails: %s', async (onFailure, state, next) => {
		receiver.reply(() => 404);
		const [approval] = await begin({ ...POST, onFailure });
		expect((await decide(approval, 'Approve')).status).toBe(200);
		expect(states().slice(2)).toEqual(next ? [state, next] : [state]);
		expect(started.nutrient.instances[0].state).toBe('Started');
	});

	it('may try again, each minute, and then fail', async () => {
		receiver.reply(() => 503);
		const [approval] = await begin({ ...POST, onFailure: 'retry' });
		await decide(approval, 'Approve');
		expect(states()).toContain('Tell n8n Started');
		await started.sandbox.clock.advance(MINUTE);
		expect(receiver.received).toHaveLength(2);
		receiver.reply(() => 200);
		await started.sandbox.clock.advance(MINUTE);
		expect(states()).toContain('Tell n8n Completed');
		receiver.reply(() => 503);
		const [, second] = await begin({ ...POST, onFailure: 'retry' });
		await decide(second, 'Approve');
		await started.sandbox.clock.advance(5 * MINUTE);
		expect(receiver.received).toHaveLength(3 + 4);
		expect(states()).toContain('Tell n8n Error');
	});

	it('gives up after its time-out, and at an address that is none', async () => {
		let open = () => undefined as void;
		receiver.reply(async () => {
			await new Promise<void>((resolve) => (open = resolve));
			return 200;
		});
		const [approval] = await begin({ ...POST, timeout: 50 });
		await decide(approval, 'Approve');
		open();
		const [, second] = await begin({ uri: 'not an address' });
		await decide(second, 'Approve');
		expect(started.nutrient.restCalls).toMatchObject([
			{ error: expect.stringContaining('timeout') },
			{ url: 'not an address', error: expect.any(String) },
		]);
	});

	it('calls twice, for another request, or before the decision is stored, where that is played', async () => {
		started.nutrient.options.restCalls = 2;
		started.nutrient.options.restCallNames = 'foreign';
		started.nutrient.options.restCallMoment = 'beforeStored';
		const [approval] = await begin(POST);
		const seen: Array<string | null> = [];
		receiver.reply(() => {
			seen.push(approval.decision);
			return 200;
		});
		await decide(approval, 'Approve');
		expect(seen).toEqual([null, null]);
		expect(approval.decision).toBe('Approve');
		for (const { body } of receiver.received) {
			expect(body.option).toBe('Approve');
			expect(body.request).not.toBe(started.nutrient.instances[0].sid);
		}
		expect(states().filter((state) => state.startsWith('Tell'))).toEqual(['Tell n8n Completed']);
	});

	it('may be answered after what caused it, and ends with the sandbox', async () => {
		started.nutrient.options.restCallWaits = false;
		let open = () => undefined as void;
		const hung = new Promise<void>((resolve) => (open = resolve));
		receiver.reply(async () => {
			await hung;
			return 200;
		});
		const [approval] = await begin(POST);
		expect((await decide(approval, 'Approve')).status).toBe(200);
		expect(states()).toContain('Tell n8n Started');
		await started.sandbox.close();
		await started.nutrient.restCallsIdle();
		expect(started.nutrient.restCalls).toMatchObject([{ error: expect.any(String) }]);
		open();
	});

	it('may be the first of a process, and has no row unless that is played', async () => {
		const { nutrient, client, ada } = started;
		const call = { uri: receiver.url };
		const { sid } = nutrient.addProcess('Ping', { name: 'Ping', taskType: 'restClient', call });
		await client.post(`/api/instance/start/${sid}`, {}, ada);
		expect(receiver.received).toHaveLength(1);
		const [instance] = nutrient.instances;
		expect(instance).toMatchObject({ state: 'Completed', initiatorSid: ADA.sid });
		const rows = async () =>
			(await client.get(`/api/instance/${instance.sid}/recipientTask/list/data`, ada)).data;
		expect(await rows()).toEqual([]);
		nutrient.options.systemTaskRows = true;
		expect(await rows()).toMatchObject([{ taskType: 'restClient', recipientName: null }]);
	});
});
