/** @jest-environment ./test/engine/environment.ts */
import axios from 'axios';
import * as fc from 'fast-check';
import { sleep } from 'n8n-workflow';

import type { NutrientOptions } from '../../../sandbox/nutrient/options';
import type { RestCall } from '../../../sandbox/nutrient/restCalls';
import { FUZZ } from '../../fuzz';
import { engine } from '../../engine';
import { left, useLoops } from './looped';
import { byId, useSandbox } from './sandboxed';

const used = useSandbox();
const open = { request: useLoops(used, 'request'), task: useLoops(used, 'task') };
type Kind = keyof typeof open;
const MINUTE = 60_000;
/** Looks at most at the deadline. */
const RARELY = { lookAgain: 'fixed', lookMinutes: 600 };
/** What comes now does not come together with the look before. */
const later = () => engine.clockAhead((ahead += 10_000));
let ahead = 0;
const http = { proxy: false, validateStatus: () => true } as const;

/** A run that waits for an approval, and a REST Client task behind that which calls the run. */
async function waiting(
	kind: Kind,
	call: Partial<RestCall> = {},
	options: Partial<NutrientOptions> = {},
) {
	Object.assign(used.nutrient.options, options);
	const [ada, bob] = used.nutrient.options.users;
	const { workflow } = used.nutrient;
	const process = used.nutrient.addProcess(
		'Purchase',
		{
			...{ name: 'Approval', taskType: 'approval', recipients: [bob] },
			options: [
				{ label: 'Approve', completesTask: false },
				{ label: 'Deny', completesTask: true },
			],
		},
		{ name: 'Tell n8n', taskType: 'restClient', call: { uri: '{{n8nUrl}}', ...call } },
	);
	const instance = workflow.start(process, ada, {});
	workflow.assign(instance, process.tasks[0], [bob]);
	const [form, approval] = used.nutrient.tasks;
	// begun for the requester, as the first of its process
	used.nutrient.tasks.splice(used.nutrient.tasks.indexOf(form), 1);
	const request = instance.sid;
	const task = approval.recipientTaskSid;
	const loop = await (kind === 'request'
		? open.request([{ id: request }], { ...RARELY, options: { taskName: 'Approval' } })
		: open.task([{ id: task, request }], RARELY));
	instance.data.n8nUrl = `${loop.server.url}/webhook-waiting/1`;
	later();
	return {
		loop,
		request,
		id: kind === 'request' ? request : task,
		url: instance.data.n8nUrl as string,
		async decide(Approval: string) {
			const { status } = await axios.post(
				`${used.nutrient.url}/api/instance/tasktypes/approval/${approval.recipientTaskSid}`,
				{ Approval, Comments: 'a "good" one' },
				{ ...http, headers: { authorization: `Bearer ${used.nutrient.issueToken(bob)}` } },
			);
			expect(status).toBe(200);
			await used.nutrient.restCallsIdle();
			await loop.settled();
		},
	};
}

describe.each<Kind>(['request', 'task'])('%s: wait', (kind) => {
	it.each<[string, Partial<RestCall>, Partial<NutrientOptions>]>([
		['with a GET, its default', {}, {}],
		['with a POST of names', { method: 'POST', json: { request: '{{requestSid}}' } }, {}],
		['with a PUT of text', { method: 'PUT', body: '{"said":"{{comments}}"}' }, {}],
		['twice', {}, { restCalls: 2 }],
		[
			'in the name of another request',
			{ method: 'POST', json: { id: '{{requestSid}}' } },
			{ restCallNames: 'foreign' },
		],
		['before the decision is stored', {}, { restCallMoment: 'beforeStored' }],
	])(
		'W28: a REST Client task that calls %s wakes the run, which reads the decision',
		async (_, call, options) => {
			const { loop, id, decide } = await waiting(kind, call, options);
			await decide('Approve');
			expect(used.nutrient.restCalls[0].status).toBe(200);
			expect([...left(loop), loop.looks]).toEqual([['Approved', id, 'approved', true, 1], 2]);
		},
		30_000,
	);

	it('W28: what is stored only a second after the call was answered is found by the look that it woke', async () => {
		const { loop, id, url } = await waiting(kind);
		expect((await axios.get(url, http)).status).toBe(200);
		await sleep(1000);
		const [approval] = used.nutrient.tasks;
		used.nutrient.workflow.decide(approval, 'Approve', 'good');
		await used.nutrient.restCallsIdle();
		await loop.settled();
		expect([...left(loop), loop.looks]).toEqual([['Approved', id, 'approved', true, 1], 2]);
	}, 30_000);

	it('L1 and W28: a call that says approved opens nothing, whatever it says', async () => {
		const { loop, request, id, url, decide } = await waiting(kind, {}, { restCallWaits: false });
		const says = fc.record({
			method: fc.constantFrom('GET', 'POST', 'PUT'),
			data: fc.record({
				approved: fc.constant(true),
				...{ Approval: fc.constant('Approve'), request: fc.constant(request) },
				more: fc.jsonValue(),
			}),
		});
		for (const { method, data } of fc.sample(says, { seed: FUZZ.seed, numRuns: 3 })) {
			const { looks } = loop;
			later();
			const { status } = await axios.request({ ...http, url, method, data, params: data });
			await loop.settled();
			expect([status, loop.status, loop.looks]).toEqual([200, 'waiting', looks + 1]);
		}
		later();
		await decide('Deny');
		expect(left(loop)).toEqual([['Rejected', id, 'rejected', false, 1]]);
	}, 60_000);

	it('W28: one that comes too early causes a look now and another a minute later, however rarely it looks', async () => {
		const { loop, url } = await waiting(kind);
		expect(loop.waitTill!.getTime() - Date.now()).toBeGreaterThan(100 * MINUTE);
		await axios.get(url, http);
		await loop.settled();
		expect([loop.status, loop.looks]).toEqual(['waiting', 2]);
		expect(loop.waitTill!.getTime() - Date.now() - ahead).toBeLessThanOrEqual(MINUTE);
	}, 30_000);

	it('W28: one is answered 200 where nothing is parked, as it does not call again', async () => {
		const { loop, url } = await waiting(kind);
		loop.stored = loop.stored.replaceAll('"wait":', '"was":');
		expect((await axios.get(url, http)).status).toBe(200);
		expect([loop.status, loop.looks]).toEqual(['waiting', 1]);
	});
});

describe('W28: Start with Wake-Up URL Field', () => {
	const wait = (name: string, more: object = {}) => ({
		...{ name, id: `id-of-${name}`, parameters: { resource: 'task', operation: 'wait' }, ...more },
	});
	const begin = async (
		options: object,
		beside: object[] = [wait('Gate')],
		more: Partial<Parameters<typeof used.run>[2]> = {},
	) => {
		const processId = byId(used.nutrient.processes[0].sid);
		const parameters = {
			...{ processId, data: '{ "amount": 7 }' },
			options: { wakeUpField: 'n8nUrl', ...options },
		};
		return await used.run('process:start', parameters, { beside, ...more });
	};
	const sent = () => used.received().at(-1)?.body as Record<string, unknown>;

	it('puts the address of the node that waits into the data', async () => {
		const { error } = await begin({}, [
			wait('Gate'),
			wait('Off', { disabled: true }),
			{ name: 'Other' },
		]);
		expect(error).toBeNull();
		expect(sent()).toEqual({
			amount: 7,
			n8nUrl: expect.stringMatching(/^http:.*signature=engine-resume-token\/id-of-Gate$/),
		});
	});

	it('of several the one that is named', async () => {
		await begin({ waitNode: 'Second' }, [wait('Gate'), wait('Second')]);
		expect(sent().n8nUrl).toMatch(/id-of-Second$/);
	});

	it.each<[string, object, object[], RegExp]>([
		['no node waits', {}, [], /^No node of this workflow waits Add a node/],
		['several wait', {}, [wait('A'), wait('B')], /^2 nodes of this workflow wait .*"A", "B"/],
		['none of the name waits', { waitNode: 'C' }, [wait('A')], /and is called "C" .*"A"/],
		[
			'the data has such a value',
			{ wakeUpField: 'amount' },
			[wait('A')],
			/^Data has a value in "amount" already/,
		],
	])('starts nothing when %s', async (_, options, beside, says) => {
		const { error } = await begin(options, beside);
		expect(`${error?.message} ${error?.description}`).toMatch(says);
		expect(used.received()).toEqual([]);
	});

	it('starts nothing when Nutrient cannot reach this n8n', async () => {
		const credential = { ...used.as('bob'), baseUrl: 'https://acme.on-nutrient.example' };
		const { error } = await begin({}, [wait('Gate')], { credential });
		expect(error?.message).toMatch(/^The service cannot call back to http:\/\/127\.0\.0\.1/);
	});

	it('without it the data is sent as it is', async () => {
		await begin({ wakeUpField: '' }, []);
		expect(sent()).toEqual({ amount: 7 });
	});
});
