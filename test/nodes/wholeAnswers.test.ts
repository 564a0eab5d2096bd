/** @jest-environment ./test/engine/environment.ts */
import type { BreakOff } from '../../sandbox/faults';
import { engine } from '../engine';
import { useVendors, VENDORS } from './eachVendor';
import { CASES as NUTRIENT } from './Nutrient/cases';

const used = useVendors();
const WAYS: BreakOff[] = ['length', 'chunks', 'gzip', 'text', 'empty'];
const UNSURE = /It may have been done all the same: check in .+ before repeating it\./;
const WRITING = VENDORS.filter(({ writes }) => writes);
const EXCHANGING = VENDORS.filter(({ exchange }) => exchange);
const inAllWays = VENDORS.flatMap((vendor) => WAYS.map((breakOff) => ({ vendor, breakOff })));

describe.each(inAllWays)('$vendor.name, $breakOff', ({ vendor, breakOff }) => {
	const { path } = vendor.reads;

	it('F5: the Test button does not take half an answer for a success', async () => {
		used.fault(vendor, { path: /./, breakOff });
		const said = await engine.testCredential(vendor.name, vendor.credential(used.sandbox));
		expect(said).toMatch(/^The connection to .+ broke: check the /);
	});

	it('F5: a list that was broken off is read again', async () => {
		const fault = used.fault(vendor, { path, breakOff, times: 1 });
		const whole = await used.read(vendor);
		fault.remove();
		// this vendor's lists may come as anything: what is no JSON is told at once
		if (vendor.name === 'affinitext' && ['text', 'empty'].includes(breakOff)) {
			expect(whole.error?.message).toContain('answered with something that cannot be used');
			return;
		}
		expect(whole.error).toBeNull();
		expect(whole.outputs).toEqual((await used.read(vendor)).outputs);
	});
});

// each of these waits between three tries
const inTwoWays = VENDORS.flatMap((vendor) =>
	(['gzip', 'text'] as const).map((breakOff) => ({ vendor, breakOff })),
);

describe.each(inTwoWays)('$vendor.name, always $breakOff', ({ vendor, breakOff }) => {
	const { path } = vendor.reads;

	it('F5: a list that is always broken off is a failure, and no empty list', async () => {
		used.fault(vendor, { path, breakOff });
		const { error, outputs } = await used.read(vendor);
		expect(outputs).toEqual([]);
		expect(error?.name).toBe('NodeApiError');
		if (breakOff !== 'text') {
			expect(error?.message).toMatch(/ broke off its answer: could not /);
			expect(error?.description).toContain('Its answer ended in the middle.');
		}
	});

	it('F5: a list in the editor that was broken off is a failure', async () => {
		used.fault(vendor, { path, breakOff });
		const searching = engine.searchList(
			{ type: vendor.name, credential: vendor.credential(used.sandbox), parameters: {} },
			undefined,
			vendor.picker,
		);
		await expect(searching).rejects.toThrow(/broke off|cannot be used/);
	});

	it('F5: a poll whose list was broken off fails and remembers nothing', async () => {
		const polling = await engine.openPolling({
			type: vendor.trigger,
			credential: vendor.credential(used.sandbox),
			parameters: {},
		});
		await polling.poll();
		const known = JSON.stringify(polling.staticData());
		used.fault(vendor, { path, breakOff });
		await expect(polling.poll()).rejects.toThrow(/broke off|cannot be used/);
		expect(JSON.stringify(polling.staticData())).toBe(known);
	});
});

const writingInAllWays = WRITING.flatMap((vendor) =>
	WAYS.map((breakOff) => ({ vendor, breakOff })),
);

describe.each(writingInAllWays)('$vendor.name, $breakOff', ({ vendor, breakOff }) => {
	const { path, method } = vendor.writes!;

	it('F5: a write whose answer was broken off is sent once, and told as what may have been done', async () => {
		// what these answer to a good write may be nothing at all, and is not read
		const mayBeNothing = ['nutrient', 'opentaps'].includes(vendor.name) && breakOff === 'empty';
		const parameters = vendor.writes!.parameters(used.sandbox);
		const credential = { ...vendor.credential(used.sandbox), ...vendor.writes!.credential };
		used.fault(vendor, { path, method, breakOff });
		const { error, outputs } = await used.write(vendor, { parameters, credential });
		expect(used.count(vendor, path, method)).toBe(1);
		if (mayBeNothing) return void expect(error).toBeNull();
		expect(outputs).toEqual([]);
		expect(error?.description).toMatch(UNSURE);
	});
});

const exchangingInAllWays = EXCHANGING.flatMap((vendor) =>
	WAYS.map((breakOff) => ({ vendor, breakOff })),
);

describe.each(exchangingInAllWays)('$vendor.name, $breakOff', ({ vendor, breakOff }) => {
	it('F5: a login whose answer was broken off is a failure that tells of the connection', async () => {
		used.fault(vendor, { path: vendor.exchange!.path, breakOff });
		const credential = vendor.exchange!.credential(used.sandbox);
		const { error, outputs } = await used.read(vendor, { credential });
		expect(outputs).toEqual([]);
		expect(error?.description).toMatch(/^The connection to .+ broke: check the /);
		expect(await engine.testCredential(vendor.name, credential)).toMatch(
			/^The connection to .+ broke: check the /,
		);
	});
});

describe('A Nutrient report with filters, which is read by POST', () => {
	const vendor = VENDORS.find(({ name }) => name === 'nutrient')!;
	const RUN = { method: 'POST', path: /\/reports\/[^/]+\/run$/ };
	const parameters = () => ({
		...{ resource: 'report', operation: 'run', returnAll: true },
		reportId: used.sandbox.nutrient.reports[0].sid,
		reportFilters: { filter: [{ label: 'Department', value: 'IT' }] },
	});
	const run = async (node = {}) => await used.read(vendor, { parameters: parameters(), node });
	const sent = () => used.count(vendor, RUN.path, RUN.method);
	const RETRY = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

	it.each(WAYS)('F5: is read again when it was broken off (%s)', async (breakOff) => {
		const fault = used.fault(vendor, { ...RUN, breakOff, times: 1 });
		const whole = await run();
		expect(whole.error).toBeNull();
		expect(sent()).toBe(2);
		fault.remove();
		expect(whole.outputs).toEqual((await run()).outputs);
	});

	it.each(['gzip', 'text', 'empty'] as const)(
		'F5: is a failure when it always is, and nothing that may have been done (%s)',
		async (breakOff) => {
			used.fault(vendor, { ...RUN, breakOff });
			const { error, outputs } = await run();
			expect(outputs).toEqual([]);
			expect(error?.message).toBe(
				`Nutrient broke off its answer: could not run report ${parameters().reportId}`,
			);
			expect(error?.description).toMatch(/^Its answer ended in the middle\./);
			expect(sent()).toBe(3);
		},
	);

	it.each([
		['a connection that is cut', { cut: true }],
		['503', { status: 503 }],
	])('E10: is asked for again after %s', async (_, failure) => {
		used.fault(vendor, { ...RUN, ...failure, times: 1 });
		const { error, outputs } = await run({ onError: 'continueErrorOutput' });
		expect(error).toBeNull();
		expect(outputs[0].length).toBeGreaterThan(0);
		expect(sent()).toBe(2);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'])(
		'E1: is tried again by n8n as any read is (%s)',
		async (onError) => {
			used.fault(vendor, { ...RUN, cut: true });
			const { outputs, tries } = await run({ ...RETRY, onError });
			expect([tries, sent()]).toEqual([2, 6]);
			const [{ error }] = outputs.flat();
			expect(error?.description).toMatch(/^Check the Base URL/);
		},
	);
});

describe('Nutrient files', () => {
	const vendor = VENDORS.find(({ name }) => name === 'nutrient')!;
	const FILES = ['file:download', 'report:export'] as const;

	it.each(
		FILES.flatMap((operation) => WAYS.slice(0, 3).map((breakOff) => ({ operation, breakOff }))),
	)('F5: $operation gives a whole file or none ($breakOff)', async ({ operation, breakOff }) => {
		const { prepare } = NUTRIENT.find((one) => one.operation === operation)!;
		const { nutrient } = used.sandbox;
		const { parameters } = prepare({ sandbox: used.sandbox, nutrient } as never);
		const [resource, name] = operation.split(':');
		const asked = { parameters: { resource, operation: name, ...parameters } };
		const fault = used.fault(vendor, { path: /download|export/, breakOff });
		const { error, outputs } = await used.read(vendor, asked);
		expect(outputs).toEqual([]);
		expect(error?.message).toMatch(/broke off its answer/);
		fault.remove();
		const whole = await used.read(vendor, asked);
		expect(whole.error).toBeNull();
		const sent = nutrient.requests.at(-1);
		expect(sent?.headers['accept-encoding']).toBe('identity');
	});
});
