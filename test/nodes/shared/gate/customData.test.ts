import type { IExecuteFunctions } from 'n8n-workflow';

import { noteInExecution } from '../../../../nodes/shared/gate/customData';

const host = (set: (name: string, value: string) => void) =>
	({ customData: { set } }) as unknown as IExecuteFunctions;

it('W26: where the host refuses custom data, nothing happens', () => {
	const refused = host(() => {
		throw new Error('too many');
	});
	expect(() => noteInExecution(refused, { outcome: 'approved' })).not.toThrow();
});

it('W26: notes what there is, no longer than n8n takes it', () => {
	const noted: string[][] = [];
	noteInExecution(
		host((...pair) => noted.push(pair)),
		{ taskId: 'x'.repeat(300), approver: '', outcome: 'due' },
	);
	expect(noted).toEqual([
		['taskId', 'x'.repeat(255)],
		['outcome', 'due'],
	]);
});
