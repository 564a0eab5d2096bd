/** @jest-environment ./test/engine/environment.ts */
import Joi from 'joi';

import { BOB } from '../../../sandbox';
import { byId, NEW_TASK, useSandbox } from './sandboxed';

const used = useSandbox();

const update = async (approver: string) => {
	const { taskId, approverSecret } = used.sandbox.appmixer.createTask();
	return await used.run('task:update', {
		taskId: byId(taskId),
		updateFields: { approver },
		options: { secret: approverSecret },
	});
};
const OPERATIONS: Array<[string, (approver: string) => ReturnType<typeof update>]> = [
	['Create', async (approver) => await used.run('task:create', { ...NEW_TASK, approver })],
	['Update', update],
	[
		'Request Approval and Wait',
		async (approver) =>
			await used.run('task:sendAndWait', { ...NEW_TASK, decisionBy: '', approver }),
	],
];

describe.each(OPERATIONS)("%s with an approver's address", (_name, run) => {
	it('that has capital letters says that Appmixer compares them, and asks all the same', async () => {
		const { hints, error } = await run('Bob@example.com');
		expect(error).toBeNull();
		expect(hints).toEqual([
			'The approver "Bob@example.com" has capital letters, and Appmixer compares addresses letter by letter. If the approver logs in as "bob@example.com", they will not see this task and cannot decide it; write the address exactly as in their login.',
		]);
		const { tasks, secretOf } = used.sandbox.appmixer;
		expect(tasks[0].approver).toBe('Bob@example.com');
		await expect(used.sandbox.appmixer.approve(tasks[0].taskId, BOB.email)).rejects.toThrow();
		expect(secretOf('Bob@example.com')).not.toBe(secretOf(BOB.email));
	});

	it('without any says nothing', async () => {
		expect((await run('bob@example.com')).hints).toEqual([]);
	});

	// as Appmixer's Joi takes them
	it.each(['a@пример.рф', 'a@example.中国', 'a@xn--e1afmkfd.xn--p1ai'])(
		'takes %s',
		async (address) => {
			expect(Joi.string().email().validate(address).error).toBeUndefined();
			expect((await run(address)).error).toBeNull();
			expect(used.sandbox.appmixer.tasks[0].approver).toBe(address);
		},
	);
});

it('says so once, however many items there are', async () => {
	const parameters = { ...NEW_TASK, approver: '={{ $json.who }}' };
	const items = ['Ann@example.com', 'bob@example.com', 'Carl@example.com'].map((who) => ({ who }));
	const { hints, outputs } = await used.run('task:create', parameters, { items });
	expect(outputs[0]).toHaveLength(3);
	expect(hints).toEqual([expect.stringContaining('"Ann@example.com"')]);
});
