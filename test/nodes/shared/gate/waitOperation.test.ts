import type { INodeProperties } from 'n8n-workflow';

import type { WaitDesk } from '../../../../nodes/shared/gate/desk';
import { waitOperation } from '../../../../nodes/shared/gate/waitOperation';

const desk = (decides: boolean): WaitDesk => ({
	decides,
	fields: [{ displayName: 'Task', name: 'taskId', type: 'string', default: '' }],
	asked: () => ({ id: '1' }),
	look: async () => await Promise.reject(new Error('looked')),
});
const names = (fields: INodeProperties[] = []) => fields.map(({ name }) => name);
const notices = (fields: INodeProperties[]) =>
	fields.filter(({ type }) => type === 'notice').map(({ displayName }) => displayName);

it('L5 and L13: the panel says how to wire it, that it must not be pinned, and what the service cannot say', () => {
	const { fields } = waitOperation(desk(false), { unknown: ['Nobody approves here.'] });
	expect(notices(fields)).toEqual([
		expect.stringMatching(
			/wire from the output Check Again to the input of this same node.*Neither pin nor deactivate this node.*Execute Step does not wait to the end/,
		),
		'Nobody approves here.',
	]);
	expect(notices(waitOperation(desk(true)).fields)).toHaveLength(1);
});

it('only where decisions are known there are votes to count, and people who may not approve', () => {
	const deciding = waitOperation(desk(true));
	expect(deciding.name).toBe('Wait for Decisions');
	expect(names(deciding.fields)).toEqual(
		expect.arrayContaining([
			'taskId',
			'grouping',
			'rule',
			'approvalsNeeded',
			'oneRejectionRejects',
		]),
	);
	expect(names(deciding.options)).toEqual(['whenEdited', 'requesterMayApprove']);
	const doing = waitOperation(desk(false));
	expect(doing.name).toBe('Wait Until Done');
	expect(names(doing.fields)).not.toContain('rule');
	expect(names(doing.options)).toEqual(['whenEdited']);
});

it('it owns the run of its node', async () => {
	const { run } = waitOperation(desk(true));
	const node = { name: 'Gate', type: 'some.tool', parameters: {} };
	const context = {
		getNode: () => ({ ...node, type: 'x.appmixerTool' }),
		continueOnFail: () => false,
	};
	await expect(run.call(context as never)).rejects.toThrow('An AI agent cannot wait');
});
