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
		operations = await operationsOf(vendor);
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
