/** @jest-environment ./test/engine/environment.ts */
import { MAX } from '../../sandbox';
import { engine } from '../engine';
import { useVendors, VENDORS } from './eachVendor';

const used = useVendors();
const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const byId = { __rl: true, mode: 'id', value: UNKNOWN };
const vendorOf = (name: string) => VENDORS.find((one) => one.name === name)!;

/** How many requests it takes to tell that something is not there. */
async function asked(name: string, operation: string, login = {}): Promise<number> {
	const vendor = vendorOf(name);
	const [resource, verb] = operation.split(':');
	const { error } = await engine.runNode({
		type: name,
		credential: { ...vendor.credential(used.sandbox), ...login },
		parameters: { resource, operation: verb, taskId: byId, requestId: byId },
	});
	expect(error?.message).toMatch(/not found|lists no task|does not know/);
	return used.count(vendor, /^(?!\/api\/(auth|access))/);
}

describe('what is not there', () => {
	it.each([
		['affinitext', 'task:get', 1],
		['mambu', 'task:get', 1],
		['nutrient', 'request:get', 1],
	])('is asked for once: %s %s', async (name, operation, count) => {
		expect(await asked(name, operation)).toBe(count);
	});

	it('is asked for in each of three lists by Mambu API V1, which has no call for one task', async () => {
		expect(await asked('mambu', 'task:get', { apiVersion: 'v1' })).toBeLessThanOrEqual(6);
	});
});

describe('a list of users to pick from, of 2,500', () => {
	const more = Array.from({ length: 2500 }, (_, at) => ({
		...{ ...MAX, apiKey: undefined, id: `1${at}`, username: `user${at}` },
		...{ encodedKey: `key${at}`, firstName: '', lastName: '' },
	}));
	const picked = async (filter?: string) => {
		const mambu = vendorOf('mambu');
		used.sandbox.mambu.options.users.push(...more);
		const credential = mambu.credential(used.sandbox);
		const found = await engine.searchList(
			{ type: 'mambu', credential, parameters: {} },
			filter,
			'searchUsers',
		);
		return [found.length, used.count(mambu, /users/)];
	};

	it('is read up to the hundred that are shown', async () => {
		expect(await picked()).toEqual([100, 1]);
	});

	it('is read up to the end when fewer match', async () => {
		const [found, pages] = await picked('user2499');
		expect(found).toBe(1);
		expect(pages).toBeGreaterThan(2);
	});
});
