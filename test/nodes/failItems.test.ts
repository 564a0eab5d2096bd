/** @jest-environment ./test/engine/environment.ts */
import type { INodeParameters, INodeProperties } from 'n8n-workflow';

import { engine, type RunResult } from '../engine';
import { operationsOf } from '../operationsOf';

/** Refused before anything is sent: nothing is in these tests. */
const NOWHERE = 'http://example.com';
const LOGINS: Record<string, Record<string, string>> = {
	affinitext: { library: 'acme', baseUrl: NOWHERE, accessToken: 'secret' },
	appmixer: { baseUrl: NOWHERE, authentication: 'accessToken', accessToken: 'secret' },
	mambu: { tenant: NOWHERE, authentication: 'apiKey', apiKey: 'secret', apiVersion: 'v2' },
	nutrient: { baseUrl: NOWHERE, authentication: 'token', accessToken: 'secret' },
	opentaps: { baseUrl: NOWHERE, authToken: 'secret', clientDomain: 'acme.example' },
};
const SETTINGS = ['continueRegularOutput', 'continueErrorOutput'] as const;
type Setting = (typeof SETTINGS)[number];

/** What the steps before have said of other tasks. */
const ITEMS = [{ approved: true }, { approved: true, error: 'old' }, { approved: true }];

/** Something in each field that n8n itself wants to see filled. */
function filled(vendor: string, [resource, operation]: string[]): INodeParameters {
	const { properties } = engine.nodeTypeOf(vendor).description;
	const required = properties.filter(({ required: is, displayOptions: { show = {} } = {} }) => {
		const isShown = (name: string, value: string) => show[name]?.includes(value) ?? false;
		return is && isShown('resource', resource) && isShown('operation', operation);
	});
	const valueOf = ({ type }: INodeProperties) =>
		type === 'resourceLocator' ? { __rl: true, mode: 'id', value: '1' } : '1';
	const values = required.map((property) => [property.name, valueOf(property)]);
	return { resource, operation, ...Object.fromEntries(values) } as INodeParameters;
}

/** Ways to spoil a node before its items are looked at. */
const SPOILT: Array<[string, INodeParameters]> = [
	['a number of Items in Parallel that is too high', { options: { itemsInParallel: 50 } }],
	['Options that are no collection', { options: 'nonsense' }],
	['an operation that does not exist', { operation: 'gone' }],
	['an operation by an expression that fails', { operation: '={{ $json.not.there.at.all }}' }],
	['a resource that does not exist', { resource: 'gone' }],
	['Items in Parallel by an expression that fails', { options: '={{ $("Nobody").item.json.x }}' }],
];

const failing = async (vendor: string, parameters: INodeParameters, onError: Setting) =>
	await engine.runNode({
		type: vendor,
		credential: LOGINS[vendor],
		parameters,
		items: ITEMS,
		node: { onError },
	});

/** Each item has failed by itself, and nothing of what came in goes on. */
function expectFailItems({ status, outputs }: RunResult, onError: Setting) {
	expect(status).toBe('success');
	const failed = onError === 'continueErrorOutput' ? outputs[1] : outputs[0];
	expect(outputs.flat()).toHaveLength(ITEMS.length);
	expect(failed.map(({ pairedItem }) => pairedItem)).toEqual(ITEMS.map((_, item) => ({ item })));
	expect(failed.map(({ error }) => error?.itemIndex)).toEqual(ITEMS.map((_, item) => item));
	for (const { json, error } of failed) expect(json).toEqual({ error: error?.message });
}

describe.each(Object.keys(LOGINS))('with Continue On Fail %s', (vendor) => {
	let operations: string[];
	beforeAll(async () => {
		// a wait fails by No Decision: its first output leads back to it
		operations = (await operationsOf(vendor)).filter((one) => !one.endsWith(':wait'));
		expect(operations.length).toBeGreaterThan(1);
	});

	it.each(SPOILT.flatMap(([what, spoilt]) => SETTINGS.map((on) => [what, on, spoilt] as const)))(
		'F1: fails every item of every operation for %s (%s)',
		async (_, onError, spoilt) => {
			for (const one of operations) {
				const good = filled(vendor, one.split(':'));
				const run = await failing(vendor, { ...good, ...spoilt }, onError);
				expectFailItems(run, onError);
			}
		},
	);

	it('F1: warns that with Always Output Data an empty item takes the success branch', async () => {
		for (const one of operations) {
			const run = await engine.runNode({
				type: vendor,
				credential: LOGINS[vendor],
				parameters: { ...filled(vendor, one.split(':')), options: 'nonsense' },
				node: { onError: 'continueErrorOutput', alwaysOutputData: true },
			});
			const told = JSON.stringify([run.hints, run.outputs[1][0].error]);
			expect(told).toContain('Always Output Data');
			expect(run.outputs[0][0].json).toEqual({});
		}
	});
});

describe('items that fail at the service', () => {
	const byId = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
	const IDS = ['T0', 'T1', 'T2', 'T3', 'T4', 'T5'];
	/** An operation of each vendor, and of those whose items share an answer one that does. */
	const FAILING: Array<[string, string, INodeParameters, Record<string, string>]> = [
		['appmixer', 'task:get', { taskId: byId }, { apiPath: 'plugin' }],
		['appmixer', 'task:approve', { taskId: byId }, { apiPath: 'plugin' }],
		['appmixer', 'task:get (one version call)', { taskId: byId }, {}],
		['affinitext', 'task:get (one list)', { taskId: byId }, {}],
		['mambu', 'task:get', { taskId: byId }, {}],
		['mambu', 'task:complete', { taskId: byId }, {}],
		[
			'mambu',
			'task:create (one user)',
			{
				...{ title: 'Call', dueDate: '2099-01-01' },
				assignee: { __rl: true, mode: 'username', value: 'max' },
			},
			{},
		],
		['nutrient', 'task:approve', { taskId: byId }, {}],
		['nutrient', 'request:get', { requestId: byId }, {}],
		['opentaps', 'activity:delete', { activityId: byId }, {}],
		['opentaps', 'task:complete', { taskId: byId }, {}],
		[
			'opentaps',
			'task:complete (one login)',
			{ taskId: byId },
			{ useTemporary: true as unknown as string },
		],
	];
	let sandbox: Awaited<ReturnType<typeof engine.startSandbox>>;
	beforeAll(async () => {
		sandbox = await engine.startSandbox();
		for (const at of [
			sandbox,
			sandbox.affinitext,
			sandbox.mambu,
			sandbox.nutrient,
			sandbox.opentaps,
		])
			at.fault({ path: /./, status: 403, body: { message: 'no' } });
	});
	afterAll(async () => await sandbox.close());

	const urls = (vendor: string): Record<string, string> => {
		if (vendor === 'appmixer') return { baseUrl: sandbox.url };
		if (vendor === 'mambu') return { tenant: sandbox.mambu.url };
		return { baseUrl: sandbox[vendor as 'affinitext' | 'nutrient' | 'opentaps'].url };
	};

	it.each(
		FAILING.flatMap((one) =>
			SETTINGS.map((onError) => [one[0], one[1], onError, one[2], one[3]] as const),
		),
	)(
		'%s %s, %s: each has its own index, its pairing and its ID',
		async (vendor, operation, onError, parameters, login) => {
			const [resource, name] = operation.split(' ')[0].split(':');
			const { status, outputs } = await engine.runNode({
				type: vendor,
				credential: { ...LOGINS[vendor], ...urls(vendor), ...login },
				parameters: { resource, operation: name, options: { itemsInParallel: 3 }, ...parameters },
				items: IDS.map((id) => ({ id })),
				node: { onError },
			});
			const failed = outputs[onError === 'continueErrorOutput' ? 1 : 0];
			const indices = IDS.map((_, item) => item);
			expect(status).toBe('success');
			expect(outputs.flat()).toHaveLength(IDS.length);
			expect(failed.map(({ error }) => error?.itemIndex)).toEqual(indices);
			expect(failed.map(({ pairedItem }) => pairedItem)).toEqual(indices.map((item) => ({ item })));
			for (const { error } of failed) expect(error?.message).not.toBe('');
			if (operation.includes('(')) return;
			expect(failed.map(({ error }) => / (T\d)\b/.exec(String(error?.message))?.[1])).toEqual(IDS);
		},
	);

	it.each(FAILING)(
		'%s %s: thrown, it is that of the lowest item',
		async (vendor, operation, parameters, login) => {
			const [resource, name] = operation.split(' ')[0].split(':');
			const { error } = await engine.runNode({
				type: vendor,
				credential: { ...LOGINS[vendor], ...urls(vendor), ...login },
				parameters: { resource, operation: name, options: { itemsInParallel: 3 }, ...parameters },
				items: IDS.map((id) => ({ id })),
			});
			expect(error?.itemIndex).toBe(0);
		},
	);
});
