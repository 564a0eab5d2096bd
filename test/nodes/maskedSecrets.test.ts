/** @jest-environment ./test/engine/environment.ts */
/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import type {
	ICredentialDataDecryptedObject,
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
} from 'n8n-workflow';
import { inspect } from 'node:util';

import { engine } from '../engine';
import { NEW_TASK, PLUGIN } from './Appmixer/sandboxed';
import { useVendors, VENDORS, type Vendor } from './eachVendor';

const used = useVendors();
beforeEach(() => void engine.logged());

/** What every form of a planted secret still shows of it. */
const marker = (name: string) => `Geheim${name}4711`;
/** With characters that each way of quoting writes differently. */
const planted = (name: string) => `pw/${marker(name)}+ "ü"&=\\x`;
const basic = (name: string) => Buffer.from(`max:${planted(name)}`).toString('base64');

const html = (text: string) =>
	text.replace(/[&"<>]/g, (char) => ({ '&': '&amp;', '"': '&quot;' })[char] ?? char);

/** As servers quote what they were sent. */
const quotesOf = (name: string) => {
	const secret = planted(name);
	return [
		secret,
		encodeURIComponent(secret),
		new URLSearchParams({ secret }).toString(),
		JSON.stringify({ secret }),
		JSON.stringify({ secret }).replace(/\//g, '\\/').replace('ü', '\\u00FC'),
		html(secret),
		`Authorization: Bearer ${secret}`,
		`Authorization: Basic ${basic(name)}`,
	];
};

/** Where the vendors have their words. */
const bodyOf = (text: string) => ({
	message: text,
	description: text,
	error: text,
	errors: [{ errorReason: text, errorCode: 1, errorSource: text }],
	detail: { request: text },
});

async function passwordsOf({ name }: Vendor): Promise<string[]> {
	await engine.packageLoaded();
	return engine
		.credentialTypeOf(`${name}Api`)
		.properties.filter(({ typeOptions }) => typeOptions?.password)
		.map((property) => property.name);
}

/** A login that sends what was entered, every hidden field filled with a secret of its own. */
async function plantedCredential(vendor: Vendor): Promise<ICredentialDataDecryptedObject> {
	const fields = (await passwordsOf(vendor)).map((name) => [name, planted(name)]);
	return {
		...vendor.credential(used.sandbox),
		...Object.fromEntries(fields),
		...(vendor.name === 'nutrient' && { authentication: 'token' }),
		sessionToken: `${'0'.repeat(64)}:0:${planted('sessionToken')}`,
	};
}

/** Everything of a thing that could be stored, hidden properties too. */
const all = (thing: unknown) =>
	inspect(thing, { depth: null, showHidden: true, maxStringLength: null, maxArrayLength: null });

/** Finds neither the secret nor its part of a header. */
function expectHidden(thing: unknown, names: string[]): void {
	const text = `${all(thing)}\n${engine.logged().join('\n')}`;
	for (const name of names) {
		expect(text).not.toContain(marker(name));
		expect(text).not.toContain(basic(name).slice(8, -4));
	}
}

const STATUSES = [400, 401, 403, 404, 500];
const inAllStatuses = VENDORS.flatMap((vendor) => STATUSES.map((status) => ({ vendor, status })));

describe.each(inAllStatuses)('$vendor.name, $status', ({ vendor, status }) => {
	it('F12: no password field is in an error, an error item or the log, however it is quoted', async () => {
		const names = await passwordsOf(vendor);
		expect(names).toContain('sessionToken');
		const credential = await plantedCredential(vendor);
		for (const name of names) {
			for (const quote of quotesOf(name)) {
				const fault = used.fault(vendor, { path: /./, status, body: bodyOf(`No: ${quote}`) });
				const run = await used.read(vendor, { credential });
				expect(run.error?.description).toContain('***');
				expectHidden(run.parked.data.resultData, names);
				fault.remove();
			}
		}
		const every = names.flatMap(quotesOf).join(' ');
		used.fault(vendor, { path: /./, status, body: bodyOf(every) });
		const node = { onError: 'continueRegularOutput' as const };
		const item = await used.read(vendor, { credential, node });
		expect(item.outputs[0]).toHaveLength(1);
		expectHidden(item.parked.data.resultData, names);
		if (!vendor.writes) return;
		const parameters = vendor.writes.parameters(used.sandbox);
		const written = await used.write(vendor, { parameters, credential });
		expectHidden(written.parked.data.resultData, names);
	});

	it('F12: no password field is in what a poll, a list in the editor or the Test button say', async () => {
		const names = await passwordsOf(vendor);
		const credential = await plantedCredential(vendor);
		used.fault(vendor, {
			path: /./,
			status,
			body: bodyOf(names.flatMap(quotesOf).join(' ')),
		});
		const { poll } = await engine.openPolling({
			type: vendor.trigger,
			credential,
			parameters: {},
		});
		engine.logged();
		// the first one says in the log what a passing failure was
		const first = await poll().catch((error: unknown) => error);
		const failures = [
			first ?? engine.logged(),
			await poll().catch((error: unknown) => error),
			await engine
				.searchList({ type: vendor.name, credential, parameters: {} }, undefined, vendor.picker)
				.catch((error: unknown) => error),
			await engine.testCredential(vendor.name, credential),
		];
		expect(failures).not.toContain(null);
		expectHidden(failures, names);
	});
});

describe.each(VENDORS.filter(({ exchange }) => exchange))('$name', (vendor) => {
	const { path, credential } = vendor.exchange!;
	const tokenOf = (name: string) => ({
		...{ path, times: 1, status: 200 },
		body: { token: planted(name), authToken: planted(name) },
	});

	it('F12: the token of the session is not in an error, nor is the one it was renewed to', async () => {
		const names = ['first', 'second'];
		for (const name of names) used.fault(vendor, tokenOf(name));
		used.fault(vendor, { path: vendor.reads.path, status: 401, times: 1, body: {} });
		const text = names.flatMap(quotesOf).join(' ').slice(0, 1900);
		used.fault(vendor, { path: vendor.reads.path, status: 400, body: bodyOf(text) });
		const run = await used.read(vendor, { credential: credential(used.sandbox) });
		expect(used.count(vendor, path)).toBe(2);
		expect(run.error?.description).toContain('***');
		expectHidden(run.parked.data.resultData, names);
	});

	it('F12: what a login answers is in no error, whatever it quotes', async () => {
		const names = await passwordsOf(vendor);
		const fields = names.map((name) => [name, planted(name)]);
		const given = { ...credential(used.sandbox), ...Object.fromEntries(fields), sessionToken: '' };
		for (const status of STATUSES) {
			const body = bodyOf(names.flatMap(quotesOf).join(' '));
			const fault = used.fault(vendor, { path, status, body });
			const run = await used.read(vendor, { credential: given });
			expect(run.status).toBe('error');
			expectHidden(run.parked.data.resultData, names);
			expectHidden(await engine.testCredential(vendor.name, given), names);
			fault.remove();
		}
	});
});

describe('Appmixer', () => {
	const vendor = VENDORS.find(({ name }) => name === 'appmixer')!;
	const task = { __rl: true, mode: 'id', value: '64b7f0a2c9e77b0012345678' };
	const quoted = bodyOf(quotesOf('typed').join(' '));

	it.each(['approve', 'count', 'get', 'getAll', 'reject', 'update'])(
		'F12: a secret typed into %s is not in an error',
		async (operation) => {
			used.fault(vendor, { path: /./, status: 500, body: quoted });
			const run = await used.read(vendor, {
				parameters: {
					...{ resource: 'task', operation, taskId: task, updateFields: { title: 'x' } },
					options: { secret: planted('typed') },
				},
			});
			expect(run.error?.description).toContain('***');
			expectHidden(run.error, ['typed']);
		},
	);

	it('F12: a secret typed into sendAndWait is not in an error', async () => {
		used.fault(vendor, { path: /./, status: 500, body: quoted });
		const run = await used.read(vendor, {
			parameters: {
				...{ resource: 'task', operation: 'sendAndWait', taskSource: 'existing' },
				...{ taskId: task, options: { secret: planted('typed') } },
			},
		});
		expect(run.error?.description).toContain('***');
		expectHidden(run.error, ['typed']);
	});

	it('F12: the token that a callback carries is not in an error', async () => {
		const url = 'https://n8n.example/webhook/7?token=Geheimurl4711/8';
		used.fault(vendor, {
			path: /webhooks$/,
			status: 400,
			body: { message: `not reachable: ${url}, "Geheimurl4711"` },
		});
		const parameters = { resource: 'webhook', operation: 'create', taskId: task, url };
		const { error } = await used.read(vendor, { parameters });
		expect(error?.description).toContain('not reachable: https://n8n.example/webhook/7?token=***');
		expectHidden(error, ['url']);
	});

	it('F12: the token that resumes a waiting run is not in an error', async () => {
		const token = 'engine-resume-token';
		used.fault(vendor, {
			path: new RegExp(`${PLUGIN}/webhooks$`),
			status: 400,
			body: { message: `not reachable: http://x/webhook-waiting/7?signature=${token}/n, ${token}` },
		});
		const run = await used.read(vendor, {
			parameters: { resource: 'task', operation: 'sendAndWait', ...NEW_TASK, decisionBy: '' },
		});
		expect(run.error?.description).toContain('not reachable');
		expect(all(run.error)).not.toContain(token);
	});
});

const hasPassword = (
	one: INodePropertyCollection | INodePropertyOptions | INodeProperties,
): boolean =>
	('typeOptions' in one && one.typeOptions?.password === true) ||
	('values' in one && one.values.some(hasPassword)) ||
	('options' in one && (one.options ?? []).some(hasPassword));

it('F12: no other node has a field that hides what is typed into it', async () => {
	await engine.packageLoaded();
	const nodes = VENDORS.flatMap(({ name, trigger }) => [
		...new Set([name, trigger, `${name}Trigger`]),
	]);
	const hiding = nodes.flatMap((node) =>
		engine
			.nodeTypeOf(node)
			.description.properties.filter(hasPassword)
			.map(({ displayOptions }) => `${node} ${String(displayOptions?.show?.operation?.[0])}`),
	);
	expect(hiding.sort()).toEqual(
		['approve', 'count', 'get', 'getAll', 'reject', 'sendAndWait', 'update', 'withdraw'].map(
			(operation) => `appmixer ${operation}`,
		),
	);
});

const typed = () => ({
	name: 'x',
	password: planted('typed'),
	account: { newPassword: planted('nested') },
});
const named = () => ({
	field: [
		{ name: 'password', value: planted('typed') },
		{ name: 'note_field_apiKey', value: planted('nested') },
	],
});
const byId = { __rl: true, mode: 'id', value: '1' };
/** Fields that take members or parameters of the user's own: what is called a secret in them is one. */
const TYPED: Array<[vendor: string, operation: string, () => INodeParameters]> = [
	['nutrient', 'user:create', () => ({ userData: typed() })],
	['nutrient', 'user:create', () => ({ userData: JSON.stringify(typed()) })],
	['nutrient', 'user:update', () => ({ userId: byId, userData: typed() })],
	['nutrient', 'user:update', () => ({ userId: byId, userData: JSON.stringify(typed()) })],
	['nutrient', 'process:start', () => ({ processId: byId, data: JSON.stringify(typed()) })],
	['opentaps', 'activity:getAll', () => ({ filters: { queryParameters: named() } })],
	[
		'opentaps',
		'activity:update',
		() => ({ activityId: byId, updateFields: { customFields: named() } }),
	],
	['nutrient', 'task:completeForm', () => ({ taskId: byId, data: JSON.stringify(typed()) })],
];

describe.each(TYPED)('%s, %s', (name, operation, given) => {
	const vendor = VENDORS.find((one) => one.name === name)!;
	const [resource, verb] = operation.split(':');
	const parameters = () => ({ resource, operation: verb, ...given() });
	const body = bodyOf([...quotesOf('typed'), ...quotesOf('nested')].join(' ').slice(0, 1900));

	it.each(STATUSES)(
		'F12: a password typed among its values is in no error, item or log (%i)',
		async (status) => {
			// logging in is answered as ever
			used.fault(vendor, { path: /^(?!\/api\/auth\/)/, status, body });
			for (const onError of [
				'stopWorkflow',
				'continueRegularOutput',
				'continueErrorOutput',
			] as const) {
				const run = await used.read(vendor, { parameters: parameters(), node: { onError } });
				const error = run.error ?? run.outputs.flat()[0].error;
				expect(error?.description).toContain('***');
				expectHidden([run.error, run.outputs, error], ['typed', 'nested']);
			}
		},
	);
});

describe.each(VENDORS)('$name', (vendor) => {
	it('F12: of five million characters no more than 500 are stored', async () => {
		const body = bodyOf('ab '.repeat(1_700_000));
		used.fault(vendor, { path: vendor.reads.path, status: 400, body });
		const run = await used.read(vendor);
		expect(run.error?.description).toMatch(/said: "(ab )+a?b?"/);
		expect(all(run.parked.data.resultData).length).toBeLessThan(20_000);
	});
});
