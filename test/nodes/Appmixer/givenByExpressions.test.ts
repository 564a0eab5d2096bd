/** @jest-environment ./test/engine/environment.ts */
import type { INodeParameters } from 'n8n-workflow';

import { byId, NEW_TASK, useSandbox } from './sandboxed';

const used = useSandbox();

const UNKNOWN = '0b54ae17-88c7-4d0e-8f1d-6c2c6a7b1f3e';
const BAD: Array<[string, string, INodeParameters]> = [
	['Title (an object) is not a text', 'create', { title: '={{ {} }}' }],
	['Title is empty', 'create', { title: '={{ null }}' }],
	['Description (an object) is not a text', 'create', { description: '={{ {} }}' }],
	['Approver E-Mail (a list) is not an e-mail address', 'create', { approver: '={{ [] }}' }],
	['Message (an object) is not a text', 'sendAndWait', { message: '={{ {} }}', decisionBy: '' }],
	['Limit "abc" is not a whole number above 0', 'getAll', { limit: '={{ "abc" }}' }],
	['Limit "2.5" is not a whole number above 0', 'getAll', { limit: '={{ 2.5 }}' }],
	['Limit "true" is not a whole number above 0', 'getAll', { limit: '={{ true }}' }],
	['Simplify "maybe" is not true or false', 'getAll', { simple: '={{ "maybe" }}' }],
	['Task "a/b" is not an ID', 'approve', { taskId: byId('a/b') }],
	['Title (an object) is not a text', 'update', { updateFields: { title: '={{ {} }}' } }],
	[
		'Description (an object) is not a text',
		'update',
		{ updateFields: { description: '={{ {} }}' } },
	],
	[
		'Approver E-Mail (an object) is not an e-mail address',
		'update',
		{ updateFields: { approver: '={{ {} }}' } },
	],
	[
		'There is nothing to update',
		'update',
		{ updateFields: { title: '={{ null }}', description: '={{ undefined }}', approver: '' } },
	],
];

it.each(BAD)('%s: %s asks nothing', async (message, operation, parameters) => {
	const good = operation === 'update' ? { taskId: byId(UNKNOWN) } : NEW_TASK;
	const run = await used.run(`task:${operation}`, { ...good, ...parameters });
	expect(run.error).toMatchObject({ message, itemIndex: 0 });
	expect(used.writes()).toEqual([]);
});

it('what an expression leaves empty is not sent', async () => {
	await used.run('task:create', { ...NEW_TASK, description: '={{ null }}' });
	await used.run('task:sendAndWait', { ...NEW_TASK, decisionBy: '', message: '={{ null }}' });
	expect(used.sandbox.appmixer.tasks).toHaveLength(2);
	for (const { method, body } of used.sandbox.requests) {
		if (method === 'POST') expect(body).not.toHaveProperty('description');
	}
});

it('update leaves out what an expression leaves empty', async () => {
	const { taskId, approverSecret } = used.sandbox.appmixer.createTask();
	const run = await used.run('task:update', {
		taskId: byId(taskId),
		updateFields: { title: 'New', description: '={{ null }}', approver: '={{ undefined }}' },
		options: { secret: approverSecret },
	});
	expect(run.error).toBeNull();
	expect(used.sandbox.requests.at(-1)?.body).toEqual({ title: 'New' });
});

it('switches may be given as text', async () => {
	for (let made = 0; made < 3; made++) used.sandbox.appmixer.createTask();
	const parameters = { returnAll: '={{ "true" }}', limit: 1, simple: '={{ "false" }}' };
	const [items] = (await used.run('task:getAll', parameters)).outputs;
	expect(items).toHaveLength(3);
	expect(items[0].json).toHaveProperty('taskId');
});
