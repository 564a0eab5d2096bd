import { pollingNode } from '../../../../nodes/shared/trigger/pollingNode';

it('is a trigger that n8n polls, with one credential that it cannot do without', () => {
	expect(pollingNode('vendorTrigger', 'Vendor Trigger', 'vendorApi')).toEqual({
		...{ name: 'vendorTrigger', displayName: 'Vendor Trigger', version: 1, polling: true },
		...{ defaults: { name: 'Vendor Trigger' }, group: ['trigger'] },
		...{ inputs: [], outputs: ['main'] },
		credentials: [{ name: 'vendorApi', required: true }],
	});
});
