/** @jest-environment ./test/engine/environment.ts */
import { sleep } from 'n8n-workflow';

import { engine } from '../engine';
import { useVendors, VENDORS, type Vendor } from './eachVendor';

const used = useVendors();
/** 60 s become 0.6 s; a byte comes every 50 ms, so the client's own limit of 30 s of silence never ends it. */
const IMPATIENCE = 100;
const dripMs = 50;
/** Longer than any answer takes that is not held up. */
const SOON = 20_000;

beforeEach(() => engine.deadlinesDividedBy(IMPATIENCE));
afterEach(() => engine.deadlinesDividedBy(1));

async function inTime<T>(act: () => Promise<T>): Promise<T> {
	const start = performance.now();
	const result = await act();
	expect(performance.now() - start).toBeLessThan(SOON);
	return result;
}

/** The sandbox goes on dripping until its client hangs up, which it notices with the next byte. */
async function untilHungUp(vendor: Vendor): Promise<void> {
	const { requests } = vendor.service(used.sandbox);
	const isHungUp = () => requests.some(({ hungUp }) => hungUp);
	const start = performance.now();
	while (!isHungUp() && performance.now() - start < SOON) await sleep(dripMs);
	expect(isHungUp()).toBe(true);
}

describe.each(VENDORS)('$name', (vendor) => {
	it('F6: a list that drips in ends at the deadline, and is not asked for again', async () => {
		used.fault(vendor, { path: vendor.reads.path, dripMs, status: 200, body: 'x'.repeat(5000) });
		const { error } = await inTime(async () => await used.read(vendor));
		expect(error?.name).toBe('NodeApiError');
		expect(error?.description).toMatch(/^It did not answer in time\./);
		expect(used.count(vendor, vendor.reads.path)).toBe(1);
		await untilHungUp(vendor);
	});

	it('F6: a list in the editor that drips in ends at the deadline', async () => {
		used.fault(vendor, { path: vendor.reads.path, dripMs, status: 200, body: 'x'.repeat(5000) });
		const searching = inTime(
			async () =>
				await engine.searchList(
					{ type: vendor.name, credential: vendor.credential(used.sandbox), parameters: {} },
					undefined,
					vendor.picker,
				),
		);
		await expect(searching).rejects.toThrow(/could not be reached/);
	});

	it('F6: a poll whose list drips in ends at the deadline', async () => {
		used.fault(vendor, { path: vendor.reads.path, dripMs, status: 200, body: 'x'.repeat(5000) });
		const { poll } = await engine.openPolling({
			type: vendor.trigger,
			credential: vendor.credential(used.sandbox),
			parameters: {},
		});
		await expect(inTime(async () => await poll('manual'))).rejects.toThrow(/could not be reached/);
	});

	it('F6: the Test button answers at the deadline', async () => {
		used.fault(vendor, { path: /./, dripMs, status: 200, body: 'x'.repeat(5000) });
		const credential = vendor.credential(used.sandbox);
		const said = await inTime(async () => await engine.testCredential(vendor.name, credential));
		expect(said).toMatch(/ did not answer in time: check the /);
		await untilHungUp(vendor);
	});
});

describe.each(VENDORS.filter(({ writes }) => writes))('$name', (vendor) => {
	const { path, method } = vendor.writes!;

	it('F6: a write whose answer drips in may have been done, and is sent once', async () => {
		const parameters = vendor.writes!.parameters(used.sandbox);
		used.fault(vendor, { path, method, dripMs, after: true, status: 200, body: 'x'.repeat(5000) });
		const { error } = await inTime(
			async () =>
				await used.write(vendor, { parameters, node: { retryOnFail: true, maxTries: 2 } }),
		);
		expect(error?.description).toMatch(/^It did not answer in time\. .* If it was not done, /);
		expect(error?.message).toMatch(/^Not sent again, it may have been done: /);
		expect(used.count(vendor, path, method)).toBe(1);
	});
});

describe.each(VENDORS.filter(({ exchange }) => exchange))('$name', (vendor) => {
	const { path, credential } = vendor.exchange!;

	it('F6: a login that drips in ends at the deadline, and renewing one too', async () => {
		const drip = { path, dripMs, status: 200, body: 'x'.repeat(5000) };
		const fault = used.fault(vendor, drip);
		const given = credential(used.sandbox);
		const { error } = await inTime(async () => await used.read(vendor, { credential: given }));
		expect(error?.description).toMatch(/did not answer in time/);
		const said = await inTime(async () => await engine.testCredential(vendor.name, given));
		expect(said).toMatch(/ did not answer in time: check the /);
		fault.remove();

		used.fault(vendor, { ...drip, skip: 1 });
		used.fault(vendor, { path: vendor.reads.path, status: 401, times: 1 });
		const renewing = await inTime(async () => await used.read(vendor, { credential: given }));
		expect(renewing.error?.description).toMatch(/did not answer in time/);
		await untilHungUp(vendor);
	});
});

describe('Nutrient files', () => {
	const vendor = VENDORS.find(({ name }) => name === 'nutrient')!;

	it('F6: may take longer to come down than JSON does, but not for ever', async () => {
		const asked = {
			parameters: { resource: 'file', operation: 'download', downloadBy: 'id', fileId: 'x' },
		};
		// 480 s become 2.4 s; of other requests with so long a silence 240 s become 1.2 s
		engine.deadlinesDividedBy(200);
		const slow = { path: /download/, dripMs, status: 200 };
		const fault = used.fault(vendor, { ...slow, body: 'x'.repeat(30) });
		const { error, outputs } = await inTime(async () => await used.read(vendor, asked));
		expect(error).toBeNull();
		expect(outputs[0][0].binary).toBeDefined();
		fault.remove();
		used.fault(vendor, { ...slow, body: 'x'.repeat(5000) });
		const late = await inTime(async () => await used.read(vendor, asked));
		expect(late.error?.description).toMatch(/did not answer in time/);
	});
});
