/** @jest-environment ./test/engine/environment.ts */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { SeenError } from '../../engine/runNode';
import { DECISIONS, useLoops, type Loop } from '../looped';
import { useLoops as useNutrientLoops } from '../Nutrient/looped';
import { useSandbox as useNutrient } from '../Nutrient/sandboxed';
import { byId, NEW_TASK, useSandbox } from './sandboxed';

const used = useSandbox();
const other = useNutrient();
const open = {
	task: useLoops(() => ({ type: 'appmixer', credential: used.ada, outputs: DECISIONS })),
	nutrientTask: useNutrientLoops(other, 'task'),
	nutrientRequest: useNutrientLoops(other, 'request'),
};
const REFUSED = /requester may not approve their own request$/;

interface People {
	requester: string;
	approver: string;
}

/** How a run ended, or that it waits. */
interface Ended {
	error: SeenError | null;
	status: string;
	outputs: Array<Array<{ json: IDataObject }>>;
}

type Ways = Record<string, (people: People, options: INodeParameters) => Promise<Ended>>;

const leftBy = (loop: Loop): Ended => ({
	...{ error: loop.error, status: loop.status },
	outputs: DECISIONS.slice(1).map((output) => loop.arrived(output)),
});

/** An approval of Nutrient, which tells who asks by name only unless it is told otherwise, that was approved already. */
function approvedAtNutrient({ requester, approver }: People) {
	const { options, workflow } = other.nutrient;
	Object.assign(options, { requesterEmails: true });
	options.users[0].email = requester;
	options.users[1].email = approver;
	const approval = other.nutrient.createApproval();
	workflow.decide(approval, 'Approve', 'fine');
	return { id: approval.recipientTaskSid, request: approval.instanceSid };
}

const task = (people: object) => used.sandbox.appmixer.createTask(people);
const node = { typeVersion: 1.1 };

/** Every way in which an approval may come about by a workflow, in a node of version 1.1 unless `more` says otherwise. */
const ways = (more: { node?: object } = { node }): Ways => ({
	'a new task that is waited for': (people, options) =>
		used.run('task:sendAndWait', { ...NEW_TASK, ...people, decisionBy: '', options }, more),
	'an existing task that is waited for': (people, options) =>
		used.run(
			'task:sendAndWait',
			{
				taskSource: 'existing',
				taskId: byId(task(people).taskId),
				options: { ...options, secret: used.sandbox.appmixer.secretOf(people.approver) },
			},
			more,
		),
	'a task made with its approval links': (people, options) =>
		used.run(
			'task:create',
			{ ...NEW_TASK, ...people, options: { ...options, includeLinks: true } },
			more,
		),
	'an approval with the secret': (people, options) => {
		const { taskId, approverSecret } = task(people);
		return used.run(
			'task:approve',
			{ taskId: byId(taskId), options: { ...options, secret: approverSecret } },
			more,
		);
	},
	'an approval by the login, whatever the secret': async (people, options) => {
		const { taskId } = task(people);
		const credential = {
			...used.ada,
			accessToken: used.sandbox.appmixer.issueToken('ada@example.com'),
		};
		const parameters = { taskId: byId(taskId), options: { ...options, secret: 'wrong' } };
		return await used.run('task:approve', parameters, { ...more, credential });
	},
	// the login has to be the requester: here the approver is the one in other letters
	'a new task of several that are waited for': (people, options) =>
		used.run(
			'task:sendAndWait',
			{
				...{ ...NEW_TASK, decisionBy: '', requester: people.approver },
				...{ approver: `carol@example.com, ${people.requester}`, options },
			},
			more,
		),
	'Wait for Decisions': async (people, options) => {
		const asked = task(people);
		Object.assign(asked, { status: 'approved', decisionMade: new Date() });
		return leftBy(await open.task([asked.taskId], { options }, more));
	},
	'Wait for Decisions of Nutrient, by its task': async (people, options) =>
		leftBy(await open.nutrientTask([approvedAtNutrient(people)], { options })),
	'Wait for Decisions of Nutrient, by its request': async (people, options) => {
		const { request: id } = approvedAtNutrient(people);
		const named = { ...options, taskName: 'Manager Approval' };
		return leftBy(await open.nutrientRequest([{ id }], { options: named }));
	},
});
const WAYS = Object.keys(ways());

/** One mailbox, or one person, in other letters. */
const SAME = [
	['letter by letter', 'ada@example.com', 'ada@example.com'],
	['in capitals', 'ADA@Example.com', 'ada@example.com'],
	['with blanks around', ' ada@example.com ', 'ada@example.com'],
	['with a +tag', 'ada+boss@example.com', 'ada@example.com'],
	['with dots', 'a.da@example.com', 'ada@example.com'],
	['in all of these', ' A.Da+Boss@Example.COM ', 'ada@example.com'],
] as const;

const writes = () =>
	used.writes().filter((call) => !call.includes('/webhooks') && !call.endsWith('/user/auth'));

describe.each(WAYS)('W23: of %s', (way) => {
	// only Ada's own login approves without a good secret, and Appmixer compares letters
	const isOwnLogin = way.includes('login');
	const same = SAME.filter(([, , approver]) => !isOwnLogin || approver === 'ada@example.com');
	/** It finds an approval that is there already, and is as new as the rule. */
	const isWait = way.startsWith('Wait');

	it.each(same)('the requester is no approver: %s', async (_, requester, approver) => {
		const isAsGiven = isWait || way.includes('new') || way.includes('made');
		const trimmed = isAsGiven ? requester : requester.trim();
		const run = await ways()[way]({ requester: trimmed, approver }, {});
		expect(run.error?.message).toMatch(REFUSED);
		expect(run.error?.description).toContain('turn on Requester May Approve in Options');
		expect(writes()).toEqual([]);
		expect(run.outputs.flat().map(({ json }) => json.approved ?? json.decision)).toEqual([]);
		const before = isWait ? 'approved' : 'pending';
		expect(used.sandbox.appmixer.tasks.filter(({ status }) => status !== before)).toEqual([]);
		const isGate = way.includes('waited for');
		expect(run.error?.message.startsWith('Nobody was asked: ')).toBe(isGate);
	});

	it('the requester is one where the switch is on', async () => {
		const people = { requester: 'ada@example.com', approver: 'ada@example.com' };
		const run = await ways()[way](people, { requesterMayApprove: true });
		expect([run.error, run.status]).toEqual([null, expect.stringMatching(/success|waiting/)]);
	});

	it('two people are two', async () => {
		const people =
			isOwnLogin || way.includes('several')
				? { requester: 'bob@example.com', approver: 'ada@example.com' }
				: { requester: 'ada@example.com', approver: 'ada@other.example.com' };
		const run = await ways()[way](people, {});
		expect(run.error).toBeNull();
	});

	it(`a node of version 1 refuses ${isWait ? 'the same' : 'nothing'}`, async () => {
		const people = { requester: 'ada@example.com', approver: 'ada@example.com' };
		const run = await ways({})[way](people, {});
		expect(run.error?.message ?? null).toEqual(isWait ? expect.stringMatching(REFUSED) : null);
	});
});

it('W23: a task that cannot be read is not approved: the login may be its approver', async () => {
	const { taskId } = used.sandbox.appmixer.createTask();
	const parameters = { taskId: byId(taskId), options: { secret: 'wrong' } };
	const credential = {
		...used.ada,
		accessToken: used.sandbox.appmixer.issueToken('carol@example.com'),
	};
	const run = await used.run('task:approve', parameters, { node, credential });
	expect(run.error?.message).toBe(
		`Task ${taskId} cannot be read, so it is not known whether its requester is its approver`,
	);
	expect(used.writes()).toEqual([]);
});

it('W23: a task that only the secret shows is looked at with it', async () => {
	const accessToken = used.sandbox.appmixer.issueToken('carol@example.com');
	const credential = { ...used.ada, accessToken };
	const { taskId, approverSecret: secret } = used.sandbox.appmixer.createTask();
	const parameters = { taskId: byId(taskId), options: { secret } };
	const run = await used.run('task:approve', parameters, { node, credential });
	expect(run.outputs[0][0].json).toMatchObject({ status: 'approved' });
});

it('W23: says whether they are one person, or one mailbox', async () => {
	const why = async (requester: string) =>
		(await used.run('task:sendAndWait', { ...NEW_TASK, decisionBy: '', requester }, { node })).error
			?.description;
	expect(await why('BOB@example.com')).toMatch(/^Requester and approver are the same person\./);
	expect(await why('b.ob@example.com')).toMatch(/ are one mailbox: /);
});

it('W23: a rejection, and a task without its links, concern nobody', async () => {
	const people = { requester: 'ada@example.com', approver: 'ada@example.com' };
	const { taskId } = used.sandbox.appmixer.createTask(people);
	expect((await used.run('task:reject', { taskId: byId(taskId) }, { node })).error).toBeNull();
	expect((await used.run('task:create', { ...NEW_TASK, ...people }, { node })).error).toBeNull();
});

it('W23: several items are refused before anybody is asked, naming the operation for them', async () => {
	const run = await used.run(
		'task:sendAndWait',
		{ ...NEW_TASK, decisionBy: '' },
		{ items: [{}, {}], node },
	);
	expect(run.error?.message).toBe(
		'Nobody was asked: this operation asks one question, but 2 items came in',
	);
	expect(run.error?.description).toContain('Wait for Decisions');
	expect(used.writes()).toEqual([]);
});
