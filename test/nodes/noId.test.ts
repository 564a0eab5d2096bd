/** @jest-environment ./test/engine/environment.ts */
import type { IBinaryKeyData, IDataObject, INodeParameters } from 'n8n-workflow';

import { useVendors, VENDORS } from './eachVendor';
import { CASES as NUTRIENT } from './Nutrient/cases';
import { CASES as OPENTAPS } from './Opentaps/cases';

const used = useVendors();

interface Case {
	operation: string;
	prepare(given: object): { parameters: INodeParameters; files?: IBinaryKeyData };
}

/** What makes something and reads nothing: its answer may be empty. */
const MADE = [
	...['file:upload', 'process:start', 'user:create'].map((operation) => ['nutrient', operation]),
	...['activity:create', 'tag:create', 'task:create'].map((operation) => ['opentaps', operation]),
].flatMap(([name, operation]) => [true, false].map((simple) => ({ name, operation, simple })));

describe.each(MADE)('$name $operation, simple: $simple', ({ name, operation, simple }) => {
	const vendor = VENDORS.find((one) => one.name === name)!;
	/** All but the login. */
	const path = /^(?!.*(auth|access\/))/;

	/** As many times as there are items. */
	async function make(items: IDataObject[], node = {}) {
		const { nutrient, opentaps } = used.sandbox;
		const cases = (name === 'nutrient' ? NUTRIENT : OPENTAPS) as Case[];
		const { prepare } = cases.find((one) => one.operation === operation)!;
		const { parameters, files } = prepare({ sandbox: used.sandbox, nutrient, opentaps });
		const [resource, verb] = operation.split(':');
		return await used.read(vendor, {
			parameters: { resource, operation: verb, ...parameters, simple },
			credential: { ...vendor.credential(used.sandbox), userName: 'ada' },
			files,
			items,
			node,
		});
	}

	it('F5: is a success when its answer says nothing, and the node says that no ID came', async () => {
		used.fault(vendor, { method: 'POST', path, status: 200, body: '' });
		const run = await make([{}, {}]);
		expect(run.error).toBeNull();
		expect(run.outputs[0]).toHaveLength(2);
		expect(run.hints).toEqual([
			'The service gave no ID of what was made for 2 of these items. Look for it there before you make it again.',
		]);
	});

	it('F5: says nothing of an ID that came, nor of an item that failed', async () => {
		const run = await make([{}]);
		expect(run.error).toBeNull();
		expect(run.hints).toEqual([]);
		used.fault(vendor, { method: 'POST', path, status: 500 });
		const failed = await make([{}], { onError: 'continueRegularOutput' });
		expect(failed.outputs[0][0].error).toBeDefined();
		expect(failed.hints).toEqual([]);
	});
});
