import type { IDataObject } from 'n8n-workflow';

import { IDA, MAX, type Sandbox } from '../../sandbox';
import type { Execution } from '../../scripts/n8n/executions';
import { startEffects } from './effects';
import { openDesk, type Desk } from './gateDesk';
import { itemsOf } from './itemsOf';
import { ours } from './workflowOf';

jest.setTimeout(8 * 60_000);

/** A task at its service, by the ID that is entered, and what somebody does to it there. */
interface Waited {
	id: string;
	complete(): void;
	edit(): void;
}

interface World {
	type: string;
	credential(sandbox: Sandbox): IDataObject;
	add(sandbox: Sandbox): Waited;
}

const WORLDS: World[] = [
	{
		type: 'affinitext',
		credential: ({ affinitext }) => ({ baseUrl: affinitext.url, accessToken: affinitext.token }),
		add({ affinitext }) {
			const task = affinitext.add();
			return {
				id: String(task.number),
				complete: () => affinitext.complete(task),
				edit: () => affinitext.change(task, { subject: 'Something else' }),
			};
		},
	},
	{
		type: 'opentaps',
		credential: ({ opentaps }) => ({
			...{ baseUrl: opentaps.url, clientDomain: 'acme.example', authToken: IDA.authToken },
		}),
		add({ opentaps }) {
			const task = opentaps.createTask();
			return {
				id: task.id,
				complete: () => void (task.fields.status = 'COMPLETED'),
				edit: () => void (task.noteText = 'Something else'),
			};
		},
	},
	{
		type: 'mambu',
		credential: ({ mambu }) => ({
			...{ tenant: mambu.url, authentication: 'apiKey', apiKey: MAX.apiKey, apiVersion: 'v2' },
		}),
		add({ mambu }) {
			const task = mambu.createTask();
			return {
				id: task.encodedKey,
				complete: () => mambu.complete(task),
				edit: () => mambu.change(task, { title: 'Something else' }),
			};
		},
	},
];

const OUTPUTS = ['Done', 'No Decision'];
/** The line of the item that it is paired with, and the task. */
const PAIRED = "$('Items').item.json.line + '-' + $json.id";

let desk: Desk;
let effects: Awaited<ReturnType<typeof startEffects>>;
beforeAll(async () => {
	desk = await openDesk();
	effects = await startEffects();
});
afterAll(async () => {
	await effects.close();
	await desk.sandbox.close();
});

/** Form → three tasks as items → Gate ⟲ → an effect for each output, parked. Nobody calls it: it looks by the clock. */
async function parked({ type, credential, add }: World, executionOrder: 'v0' | 'v1') {
	const stored = await desk.rest.createCredential({
		...{ name: type, type: `${type}Api`, data: credential(desk.sandbox) },
	});
	const tasks = [1, 2, 3].map(() => add(desk.sandbox));
	const items = itemsOf(tasks.map(({ id }, place) => ({ id, line: place + 1 })));
	const gate = ours(
		type,
		'Gate',
		{ id: stored, type: `${type}Api` },
		{
			...{ resource: 'task', operation: 'wait', lookAgain: 'fixed', lookMinutes: 1 },
			taskId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
		},
	);
	const workflow = await desk.publish(
		[...items, gate, ...OUTPUTS.map((name) => effects.node(name, PAIRED))],
		[
			['Form', 'List'],
			['List', 'Items'],
			['Items', 'Gate'],
			['Gate', 'Gate', 0],
			['Gate', 'Done', 1],
			['Gate', 'No Decision', 2],
		],
		{ executionOrder },
	);
	await workflow.begin();
	await workflow.parked();
	return { workflow, tasks };
}

const ORDERS = ['v0', 'v1'] as const;
const CASES = WORLDS.flatMap((world) => ORDERS.map((order) => ({ ...world, order })));

/** All side by side: each takes minutes. `early`: at its second look, with the first task still open. */
let waits: Array<Awaited<ReturnType<typeof parked>> & { early: Execution }>;
beforeAll(async () => {
	const begun = await Promise.all(CASES.map(async (one) => await parked(one, one.order)));
	for (const { tasks } of begun) {
		tasks[1].complete();
		tasks[2].edit();
	}
	waits = await Promise.all(
		begun.map(async (one) => {
			const early = await desk.rest.waitForExecution(
				one.workflow.id,
				({ status, runData }) => status === 'waiting' && runData.Gate.length > 1,
				200_000,
			);
			one.tasks[0].complete();
			return { ...one, early };
		}),
	);
});

it.each(CASES.map(({ type, order }, place) => [type, order, place] as const))(
	'L3: a wait for tasks of %s leaves once, when the last is done, and paired (execution order %s)',
	async (_type, _order, place) => {
		const { workflow, tasks, early } = waits[place];
		const [one, two, three] = tasks.map(({ id }, index) => `${index + 1}-${id}`);
		expect(early.runData.Gate.flatMap(({ main }) => main.slice(1).flat())).toEqual([]);
		const run = await workflow.ended(200_000);
		expect([run.status, run.error]).toEqual(['success', undefined]);
		const did = OUTPUTS.map((output) =>
			run.runData[output].flatMap(({ main }) => main.flat()).map(({ json }) => json.key),
		);
		expect(did).toEqual([[`Done ${one}`, `Done ${two}`], [`No Decision ${three}`]]);
		const counts = [one, two, three].map((key) => [
			...[effects.count('Done', key), effects.count('No Decision', key), effects.total(key)],
		]);
		expect(counts).toEqual([
			[1, 0, 1],
			[1, 0, 1],
			[0, 1, 1],
		]);
	},
);
