/** @jest-environment ./test/engine/environment.ts */
import { sleep } from 'n8n-workflow';

import type { FaultRule } from '../../sandbox';
import { isCollected } from '../collectGarbage';
import type { RunResult } from '../engine';
import { useVendors, VENDORS, type Vendor } from './eachVendor';

const used = useVendors();
const ITEMS = Array.from({ length: 20 }, () => ({}));
const MORE = { items: ITEMS, node: { onError: 'continueRegularOutput' as const } };

/** A read that is broken off is sent again for seconds. */
const FAULTS: Array<[access: 'read' | 'write', what: string, fault: Omit<FaultRule, 'path'>]> = [
	['read', 'is refused', { status: 403, body: { message: 'no' } }],
	['write', 'is refused', { status: 403, body: { message: 'no' } }],
	['write', 'is broken off', { cut: true }],
];

const cases = VENDORS.flatMap((vendor) =>
	FAULTS.filter(([access]) => access === 'read' || vendor.writes).map(
		([access, what, fault]) => [vendor.name, access, what, { vendor, fault, access }] as const,
	),
);

/** Only what the run is made of: what is returned holds nothing of it. */
async function failed(vendor: Vendor, access: 'read' | 'write'): Promise<Array<WeakRef<object>>> {
	const { outputs, parked }: RunResult = await used[access](vendor, MORE);
	expect(outputs[0].filter(({ error }) => error)).toHaveLength(ITEMS.length);
	return [parked.data, parked.workflow].map((held) => new WeakRef<object>(held));
}

// n8n runs for months
describe('nothing of a run stays in memory that', () => {
	it.each(cases)('failed as each item of %s (%s) %s', async (_name, _access, _what, given) => {
		const { vendor, fault, access } = given;
		used.fault(vendor, { path: /./, ...fault });
		const held = await failed(vendor, access);
		// what is left of its connections
		await sleep(0);
		for (const one of held) expect(await isCollected(one)).toBe(true);
	});
});
