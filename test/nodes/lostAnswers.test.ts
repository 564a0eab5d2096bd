/** @jest-environment ./test/engine/environment.ts */
import type { IBinaryKeyData, INodeParameters, INodeProperties } from 'n8n-workflow';

import type { FaultRule, RecordedRequest, Sandbox } from '../../sandbox';
import { engine, type RunResult } from '../engine';
import { byId, NEW_TASK, openSandbox as openAppmixer } from './Appmixer/sandboxed';
import { newTask, openMambu } from './Mambu/sandboxed';
import { CASES as NUTRIENT } from './Nutrient/cases';
import { openSandbox as openNutrient } from './Nutrient/sandboxed';
import { CASES as OPENTAPS } from './Opentaps/cases';
import { openSandbox as openOpentaps } from './Opentaps/sandboxed';

/** What changes something and may be sent again after a lost answer, as that makes no other one. */
const MAKES_NO_OTHER = {
	appmixer: ['task:approve', 'task:reject', 'task:update', 'webhook:delete'],
	mambu: ['task:complete', 'task:delete', 'task:reopen', 'task:update'],
	affinitext: [],
	opentaps: [
		...['activity:delete', 'activity:removeContact', 'activity:update'],
		...['tag:delete', 'tag:update', 'task:complete', 'task:update'],
	],
	// what is done to a task ends it: a second time is refused
	nutrient: [
		...['request:cancel', 'task:approve', 'task:completeDataContainer', 'task:completeForm'],
		...['task:decide', 'task:reassign', 'task:reject', 'user:update'],
	],
};
const MAKES_ANOTHER = {
	// the gate and Create with their own entry
	appmixer: ['task:create', 'task:sendAndWait', 'webhook:create'],
	mambu: ['task:create'],
	affinitext: [],
	opentaps: ['activity:addContact', 'activity:create', 'tag:create', 'task:create'],
	nutrient: ['file:upload', 'process:start', 'user:create'],
};
type Vendor = keyof typeof MAKES_ANOTHER;
const VENDORS = Object.keys(MAKES_ANOTHER) as Vendor[];

/** `resource:operation` of those that have such an option, in the built node. */
function having(vendor: Vendor, isIt: (option: INodeProperties) => boolean): string[] {
	const { properties } = engine.nodeTypeOf(vendor).description;
	return properties
		.filter(
			({ name, options = [] }) => name === 'options' && (options as INodeProperties[]).some(isIt),
		)
		.map(({ displayOptions }) => {
			const { resource, operation } = displayOptions?.show ?? {};
			return `${String(resource?.[0])}:${String(operation?.[0])}`;
		})
		.sort();
}

/** Writes are done one by one, unless one asks for more. */
const isOfWrite = (option: INodeProperties) =>
	option.name === 'itemsInParallel' && option.default === 1;

describe.each(VENDORS)('F10: %s', (vendor) => {
	beforeAll(async () => await engine.packageLoaded());

	it('does not repeat what would make another one', () => {
		expect(having(vendor, ({ name }) => name === 'repeatUnknown')).toEqual(MAKES_ANOTHER[vendor]);
	});

	it('changes nothing by an operation that nobody has looked at', () => {
		const writes = having(vendor, isOfWrite);
		const known = [...MAKES_NO_OTHER[vendor], ...MAKES_ANOTHER[vendor]];
		expect(writes).toEqual(known.filter((name) => name !== 'task:sendAndWait').sort());
	});
});

interface Opened {
	sandbox: Sandbox;
	/** Where the service that is asked takes its faults and keeps its journal. */
	service: { fault(rule: FaultRule): unknown; requests: Iterable<RecordedRequest> };
	run(more?: object): Promise<RunResult>;
}

type Given = { parameters: INodeParameters; files?: IBinaryKeyData };

const ofAppmixer = (operation: string, given: INodeParameters) => async (): Promise<Opened> => {
	const used = await openAppmixer();
	const run = async (more = {}) => await used.run(operation, given, more);
	return { sandbox: used.sandbox, service: used.sandbox, run };
};

const ofMambu =
	(version: 'v1' | 'v2', more: INodeParameters = {}) =>
	async (): Promise<Opened> => {
		const used = await openMambu();
		const parameters = { ...newTask(), ...more };
		const run = async (around = {}) => await used.run(version, 'create', parameters, around);
		return { sandbox: used.sandbox, service: used.mambu, run };
	};

const ofNutrient = (operation: string) => async (): Promise<Opened> => {
	const used = await openNutrient();
	const { prepare, user } = NUTRIENT.find((one) => one.operation === operation)!;
	const { parameters, files }: Given = prepare(used);
	const credential = used.as(user ?? 'bob');
	const run = async (more = {}) =>
		await used.run(operation, parameters, { files, credential, ...more });
	return { sandbox: used.sandbox, service: used.nutrient, run };
};

const ofOpentaps = (operation: string) => async (): Promise<Opened> => {
	const used = await openOpentaps();
	const { parameters } = OPENTAPS.find((one) => one.operation === operation)!.prepare(used);
	const run = async (more = {}) => await used.run(operation, parameters, more);
	return { sandbox: used.sandbox, service: used.opentaps, run };
};

const CREATING: Array<[string, () => Promise<Opened>]> = [
	['appmixer task:create', ofAppmixer('task:create', NEW_TASK)],
	['appmixer task:sendAndWait', ofAppmixer('task:sendAndWait', { ...NEW_TASK, decisionBy: '' })],
	[
		'appmixer webhook:create',
		ofAppmixer('webhook:create', {
			taskId: byId('7f1d3b52-6a0e-4a49-8b0f-0d0d1c7a5b11'),
			url: 'https://example.com/decided',
		}),
	],
	['mambu task:create, version 1', ofMambu('v1')],
	[
		'mambu task:create, as a form',
		ofMambu('v1', {
			options: { sendAs: 'form' },
			assignee: { __rl: true, mode: 'username', value: 'max' },
		}),
	],
	['nutrient file:upload', ofNutrient('file:upload')],
	['nutrient process:start', ofNutrient('process:start')],
	['nutrient user:create', ofNutrient('user:create')],
	['opentaps activity:addContact', ofOpentaps('activity:addContact')],
	['opentaps activity:create', ofOpentaps('activity:create')],
	['opentaps tag:create', ofOpentaps('tag:create')],
	['opentaps task:create', ofOpentaps('task:create')],
];

const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

describe.each(CREATING)('F10: a lost answer to %s', (_, open) => {
	let opened: Opened;
	/** How often it was sent, logins and reads aside. */
	const sent = () =>
		[...opened.service.requests].filter(
			({ method, path }) => method === 'POST' && !/auth|access\/|oauth|search/.test(path),
		).length;

	beforeEach(async () => {
		opened = await open();
		const path = /^(?!.*(auth|access\/|oauth|search))/;
		opened.service.fault({ method: 'POST', path, cut: true, after: true });
	});
	afterEach(async () => await opened.sandbox.close());

	it.each([
		['Retry On Fail', RETRY],
		['Continue On Fail', { onError: 'continueRegularOutput' }],
		['the error output', { onError: 'continueErrorOutput' }],
		['Retry On Fail and Continue On Fail', { ...RETRY, onError: 'continueRegularOutput' }],
		['Retry On Fail and the error output', { ...RETRY, onError: 'continueErrorOutput' }],
	])('is sent once with %s, and again by no retry from the list', async (_name, node) => {
		const failed = await opened.run({ node });
		expect(sent()).toBe(1);
		const error = failed.error ?? failed.outputs.flat()[0].error;
		expect(`${error?.message} ${error?.description}`).toMatch(
			/It may have been done all the same: check in .* before repeating it\./,
		);
		const again = await opened.run({ node, retryOf: failed });
		expect(sent()).toBe(1);
		const refused = again.error ?? again.outputs.flat()[0].error;
		expect(refused?.message).toMatch(/^Not sent again, it may have been done: /);
		expect(refused?.description).toContain('I Looked, It Was Not Made');
	});
});

it('F10: Mambu V2 sends a lost create again, with the key by which the service knows it', async () => {
	const used = await openMambu();
	used.mambu.fault({ method: 'POST', path: /tasks$/, cut: true, after: true, times: 1 });
	const run = await used.run('v2', 'create', newTask(), { node: RETRY });
	expect(run.status).toBe('success');
	const keys = [...used.mambu.requests]
		.filter(({ method }) => method === 'POST')
		.map(({ headers }) => headers['idempotency-key']);
	expect(keys.length).toBeGreaterThan(1);
	expect(new Set(keys).size).toBe(1);
	await used.sandbox.close();
});
