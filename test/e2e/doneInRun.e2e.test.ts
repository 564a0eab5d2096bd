import type { INodeParameters } from 'n8n-workflow';

import type { Execution } from '../../scripts/n8n/executions';
import { given } from './branches';
import { findSecrets } from './findSecrets';
import { openDesk, type Desk, type Published } from './gateDesk';
import { n8nFiles } from './n8nFiles';
import { sharedN8n } from './sharedN8n';
import { setFields, type NodeSketch } from './workflowOf';

jest.setTimeout(180_000);

let desk: Desk;
beforeAll(async () => void (desk = await openDesk()));
afterAll(async () => await desk.sandbox.close());

const CREATE = { method: 'POST', path: /\/tasks$/ };
const RETRY = { retryOnFail: true, maxTries: 2, waitBetweenTries: 100 };

/** How often Appmixer was asked to create a task of this title. */
const asked = (title: string) =>
	desk.sandbox.requests.filter(
		({ method, path, body }) =>
			method === 'POST' &&
			path.endsWith('/tasks') &&
			(body as { title?: string } | undefined)?.title === title,
	).length;

/** The node Ask as a Create that takes its title from the item. */
const creating = (parameters: INodeParameters = {}, node = {}): NodeSketch =>
	desk.ask(
		'={{ $json.title }}',
		{ operation: 'create', decisionBy: '={{ $now.plus(7, "days").toISO() }}', ...parameters },
		node,
	);

/** Publishes Form → as many items as there are titles → Ask. */
const publish = async (titles: string[], ask: NodeSketch) =>
	await desk.publish(
		[
			setFields('Titles', { list: titles.map((title) => ({ title })) }),
			{
				name: 'Items',
				type: 'n8n-nodes-base.splitOut',
				parameters: { fieldToSplitOut: 'list', options: {} },
			},
			ask,
		],
		[
			['Form', 'Titles'],
			['Titles', 'Items'],
			['Items', 'Ask'],
		],
	);

/** n8n's own Retry, from its list of executions. */
async function retried(workflow: Published, failed: Execution, loadWorkflow = false) {
	await desk.rest.post(`/rest/executions/${failed.id}/retry`, { loadWorkflow });
	return await desk.rest.waitForExecution(
		workflow.id,
		({ id, status }) =>
			Number(id) > Number(failed.id) && ['success', 'error', 'waiting'].includes(status),
	);
}

it('F10: of three items of which the third fails, no try and no retry creates one twice', async () => {
	const titles = ['one', 'two', 'three'];
	const ask = creating({ options: { includeLinks: true } }, RETRY);
	const workflow = await publish(titles, ask);
	const fault = desk.sandbox.fault({ ...CREATE, skip: 2, status: 429 });
	await workflow.begin();
	const failed = await workflow.ended();
	fault.remove();
	expect(failed.status).toBe('error');
	expect(titles.map(asked)).toEqual([1, 1, 2]);

	const { approverSecret, requesterSecret } = desk.taskOf('one');
	const stored = await desk.rest.get(`/rest/executions/${failed.id}`, { includeData: true });
	const { userFolder } = await sharedN8n();
	const places = [
		{ name: 'the execution', content: JSON.stringify(stored) },
		...n8nFiles(userFolder),
	];
	expect(JSON.stringify(stored)).toContain(desk.taskOf('one').taskId);
	expect(findSecrets(places, { approverSecret, requesterSecret })).toEqual([]);

	const run = await retried(workflow, failed);
	expect(run.status).toBe('success');
	expect(titles.map(asked)).toEqual([1, 1, 3]);
	const [items] = given(run);
	expect(items.map(({ json }) => json.title)).toEqual(titles);
	expect(items.map(({ json }) => 'links' in json)).toEqual([false, false, true]);
	expect(run.runData.Ask[0].hints?.map(({ message }) => message)).toEqual([
		expect.stringContaining('2 of these items were made by an earlier try.'),
	]);
});

it('W17: a gate whose registration failed waits, when it is retried, for the task it had made', async () => {
	const moving = { decisionBy: '={{ $now.plus(6, "days").toISO() }}' };
	const ask = desk.ask('={{ "asked in " + $execution.id }}', moving, RETRY);
	const workflow = await desk.publish([ask], [['Form', 'Ask']]);
	const fault = desk.sandbox.fault({ method: 'POST', path: /\/webhooks$/, status: 500 });
	await workflow.begin();
	const failed = await workflow.ended();
	fault.remove();
	expect(failed.status).toBe('error');
	const run = await retried(workflow, failed);
	expect(run.status).toBe('waiting');
	const made = desk.sandbox.appmixer.tasks.filter(({ title }) => title.startsWith('asked in '));
	expect(made).toHaveLength(1);
	await desk.rest.stopExecution(run.id);
});

describe.each([
	[
		'Create',
		(more: INodeParameters = {}) => creating(more, RETRY),
		'If it was done, do not retry: go on by hand behind this node. ',
	],
	[
		'the gate',
		(more: INodeParameters = {}) => desk.ask('={{ $json.title }}', more, RETRY),
		'If the task is there, set Task to Use Existing and enter its ID. ',
	],
])('F10: a lost answer to %s', (name, ask, ifDone) => {
	it('is not sent again before somebody has looked', async () => {
		const title = `lost by ${name}`;
		const workflow = await publish([title], ask());
		const fault = desk.sandbox.fault({ ...CREATE, cut: true, after: true });
		await workflow.begin();
		const failed = await workflow.ended();
		fault.remove();
		expect(asked(title)).toBe(1);
		const told = {
			message:
				'Not sent again, it may have been done: Appmixer could not be reached: could not create the task',
			description: `It may have been done all the same: check in Appmixer before repeating it. ${ifDone}If it was not done, enter ${failed.id} under "I Looked, It Was Not Done" in Options, save, and retry with the currently saved workflow.`,
		};
		expect(failed.error).toMatchObject(told);

		const again = await retried(workflow, failed);
		expect(again.error).toMatchObject(told);
		expect(asked(title)).toBe(1);

		const { nodes } = await desk.rest.workflow(workflow.id);
		const looked = ask({ options: { repeatUnknown: failed.id } });
		await desk.rest.updateWorkflow(workflow.id, {
			nodes: nodes.map((node) =>
				node.name === 'Ask' ? { ...node, parameters: looked.parameters! } : node,
			),
		});
		const run = await retried(workflow, again, true);
		expect(run.error).toBeUndefined();
		expect(asked(title)).toBe(2);
		if (run.status === 'waiting') await desk.rest.stopExecution(run.id);
	});
});
