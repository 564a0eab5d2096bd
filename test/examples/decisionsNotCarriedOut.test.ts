/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { runInNewContext } from 'node:vm';

import { readExamples } from '../../scripts/demo/examples';

type Json = Record<string, unknown>;

const PACKAGE = 'n8n-nodes-task-approvals';
const TASK = 'b5f9d8a2-0000-4000-8000-000000000001';
const OTHER = 'b5f9d8a2-0000-4000-8000-000000000002';
const RESUME_URL = 'https://n8n.example.com/sub/webhook-waiting/77?signature=a/b';

const { nodes } = readExamples().notCarriedOut;
const code = String(nodes.find(({ name }) => name === 'Not Carried Out')?.parameters.jsCode);

const task = (id = TASK, more: Json = {}) => ({
	...{ id, title: 'Laptops', decision: 'approved', decidedAt: '2026-03-01T10:00:00.000Z' },
	assignee: { email: 'bob@example.com' },
	...more,
});

/** What a node of the run gave, and what n8n had in hand for one when it wrote the run down. */
interface Given {
	type: string;
	parameters?: Json;
	items?: Json[];
	inHand?: Json[];
	error?: Json;
	/** What the node keeps with the run. */
	context?: Json;
}

const gate = (outcome: string, id = TASK, more: Partial<Given> = {}): Given => ({
	type: `${PACKAGE}.appmixer`,
	parameters: { operation: 'sendAndWait' },
	items: [{ id, outcome }],
	...more,
});
/** A wait that looks again: what it knows is in its context, and only an ID goes round. */
const wait = (more: Partial<Given> = {}): Given => ({
	type: `${PACKAGE}.appmixer`,
	parameters: { operation: 'wait' },
	inHand: [{ wait: 'w' }],
	context: { waits: { w: { tasks: [TASK, OTHER].map((id) => ({ asked: { id } })) } } },
	...more,
});
const trigger = (type: string, name = 'appmixerPollingTrigger'): Given => ({
	type: `${PACKAGE}.${name}`,
	items: [{ id: TASK, event: { type } }],
});

/** An execution as n8n's public API gives it; each node is named after its place. */
function run(id: number, status: string, given: Given[], more: Json = {}) {
	const asItems = (list: Json[] = []) => ({ main: [[], list.map((json) => ({ json }))] });
	const named = given.map((one, index) => ({ ...one, name: `Node ${index}` }));
	const runData = named
		.filter(({ items, error }) => items ?? error)
		.map(({ name, items, error }) => [name, [{ data: asItems(items), error }]] as const);
	const stack = named.filter(({ inHand }) => inHand);
	return {
		...{ id: String(id), status, workflowId: 'w1', retrySuccessId: null },
		workflowData: {
			name: 'Purchases',
			nodes: named.map(({ name, type, parameters = {} }) => ({ name, type, parameters })),
		},
		data: {
			resultData: { runData: Object.fromEntries(runData) },
			executionData: {
				nodeExecutionStack: stack.map((node) => ({ node, data: asItems(node.inHand) })),
				contextData: Object.fromEntries(
					named.map(({ name, context = {} }) => [`node:${name}`, context]),
				),
			},
		},
		...more,
	};
}

/** Runs the code of the example over these runs; `goingOn` are those that n8n listed as running before. */
function rows(runs: Json[], { tasks = [task()] as Json[], goingOn = [{}] as Json[] } = {}): Json[] {
	const lists: Record<string, Json[]> = {
		'Decided Lately': tasks,
		'Runs Going On': goingOn,
		'Their Runs': runs,
	};
	const $ = (name: string) => ({ all: () => lists[name].map((json) => ({ json })) });
	const context = { $, $execution: { resumeUrl: RESUME_URL } };
	const items: unknown = runInNewContext(`(function () {${code}\n})()`, context);
	return (JSON.parse(JSON.stringify(items)) as Array<{ json: Json }>).map(({ json }) => json);
}

const became = (...runs: Json[]) => rows(runs).map(({ becameOfIt }) => becameOfIt);

it('reports a decided task of which no run knows, with empty columns for the run', () => {
	expect(rows([{}])).toEqual([
		{
			...{ id: TASK, title: 'Laptops', decision: 'approved', assignee: 'bob@example.com' },
			...{ decidedAt: '2026-03-01T10:00:00.000Z', becameOfIt: 'no run' },
			...{ workflow: '', executionId: '', executionUrl: '' },
			toDo: expect.stringContaining('Use Existing') as unknown,
		},
	]);
});

it.each([
	['the gate', gate('approved')],
	[
		'the gate as the editor stores it, without its default operation',
		gate('approved', TASK, { parameters: {} }),
	],
	['the gate for human review', gate('approved', TASK, { type: `${PACKAGE}.appmixerHitlTool` })],
	['the trigger', trigger('approved', 'appmixerTrigger')],
	['the polling trigger', trigger('approved')],
	[
		"a trigger that gives Appmixer's own JSON",
		{ ...trigger('approved'), items: [{ taskId: TASK, event: { type: 'approved' } }] },
	],
])('reports nothing when a run with %s has succeeded', (_, node) => {
	expect(became(run(1, 'success', [node]))).toEqual([]);
});

it.each([
	['of another task', gate('approved', OTHER)],
	['that lists tasks', gate('approved', TASK, { parameters: { operation: 'getAll' } })],
	[
		'of another kind that passes the record on',
		gate('approved', TASK, { type: 'n8n-nodes-base.set' }),
	],
	['that started on a new task', trigger('new')],
	['that started on a due task', trigger('due')],
	['with no data, as it takes too much', { type: `${PACKAGE}.appmixer` }],
])('takes no run for one about the decision because of a node %s', (_, node) => {
	expect(became(run(1, 'success', [node]))).toEqual(['no run']);
});

it.each([
	['crashed', 'crashed'],
	['error', 'error'],
	['canceled', 'canceled'],
	['running', 'still running'],
	['new', 'still running'],
	['unknown', 'still running'],
])('calls a run that is %s "%s", with its link and what to do', (status, word) => {
	const [row] = rows([run(12, status, [gate('approved')])]);
	expect(row).toMatchObject({
		...{ becameOfIt: word, executionId: '12', workflow: 'Purchases' },
		executionUrl: 'https://n8n.example.com/sub/workflow/w1/executions/12',
	});
	expect(row.toDo).toMatch(/^[A-Zn].{40,}\.$/);
});

describe('a run that waits', () => {
	it('is reported when it waits for this very task, whose parked item says "timed out"', () => {
		expect(became(run(1, 'waiting', [gate('timedOut')]))).toEqual(['still waiting']);
	});

	it('is not reported when it has taken the decision and waits for the next one', () => {
		const nodes = [gate('approved'), gate('timedOut', OTHER)];
		expect(became(run(1, 'waiting', nodes))).toEqual([]);
	});
});

describe('a run that succeeded', () => {
	it.each(['timedOut', 'due', 'rejected'])('without the decision, %s, is reported', (outcome) => {
		expect(became(run(1, 'success', [gate(outcome)]))).toEqual(['went on without it']);
	});

	it('is reported when its gate asked, failed and let it go on', () => {
		const failed = {
			items: [{ error: `Task ${TASK} was created, but nothing waits for its answer` }],
		};
		expect(became(run(1, 'success', [gate('', TASK, failed)]))).toEqual(['went on without it']);
	});
});

it('knows a failed gate by the task its error names', () => {
	const error = { message: 'It was created', description: `enter ${TASK}.` };
	const failed = gate('', TASK, { items: undefined, error });
	expect(became(run(1, 'error', [failed]))).toEqual(['error']);
	const [row] = rows([run(1, 'error', [failed])], { tasks: [task(OTHER)] });
	expect(row.becameOfIt).toBe('no run');
});

it.each([
	[
		'its trigger',
		{
			...trigger('approved'),
			items: undefined,
			inHand: [{ id: TASK, event: { type: 'approved' } }],
		},
	],
	[
		'the decision it waited for',
		gate('', TASK, { items: undefined, inHand: [{ id: TASK, outcome: 'approved' }] }),
	],
])('knows a run that was killed by what %s handed over', (_, node) => {
	expect(became(run(1, 'crashed', [node]))).toEqual(['crashed']);
});

describe('of several runs', () => {
	it.each([
		[['error', 'success'], []],
		[['success', 'crashed'], ['crashed']],
	])('in one workflow the newest counts: %j', (tries, expected) => {
		const runs = tries.map((status, id) => run(id, status, [gate('approved')]));
		expect(became(...runs)).toEqual(expected);
	});

	it('a failed one counts as done when n8n says that its retry succeeded', () => {
		const failed = run(1, 'error', [gate('approved')], { retrySuccessId: '2' });
		expect(became(failed)).toEqual([]);
	});

	it('but not when that run had gone on without the decision', () => {
		const failed = run(1, 'error', [gate('timedOut')], { retrySuccessId: '2' });
		const retried = run(2, 'success', [gate('due')]);
		expect(became(failed, retried)).toEqual(['went on without it']);
	});

	it('the newest is named', () => {
		const [row] = rows([9, 10, 2].map((id) => run(id, 'error', [gate('approved')])));
		expect(row.executionId).toBe('10');
	});

	it('one that was listed as running and has ended meanwhile counts with its end', () => {
		const goingOn = [run(1, 'running', [gate('approved')])];
		expect(rows([run(1, 'success', [gate('approved')])], { goingOn })).toEqual([]);
		expect(rows([{}], { goingOn })).toMatchObject([{ becameOfIt: 'still running' }]);
	});
});

describe('of several workflows about one task', () => {
	const [w1, w2] = ['w1', 'w2'].map((workflowId) => ({ workflowId }));
	const asked = [gate('approved')];
	const started = [trigger('approved')];

	it.each([
		[
			'a crashed gate, before a trigger elsewhere succeeded',
			[run(1, 'crashed', asked, w1), run(2, 'success', started, w2)],
			['1'],
		],
		[
			'a crashed trigger, after a gate elsewhere succeeded',
			[run(1, 'success', asked, w1), run(2, 'crashed', started, w2)],
			['2'],
		],
		[
			'a crashed trigger, before another trigger succeeded',
			[run(1, 'crashed', started, w1), run(2, 'success', started, w2)],
			['1'],
		],
		[
			'each of two that crashed, by its newest run',
			[
				run(1, 'error', asked, w1),
				run(2, 'crashed', started, w2),
				run(3, 'crashed', started, w2),
				run(4, 'crashed', asked, w1),
			],
			['4', '3'],
		],
		[
			'nothing, when a gate elsewhere went on later',
			[run(1, 'crashed', asked, w1), run(2, 'success', asked, w2)],
			[],
		],
		[
			'nothing, when the crashed run was tried again and a trigger elsewhere succeeded',
			[run(1, 'crashed', asked, w1), run(2, 'success', started, w2), run(3, 'success', asked, w1)],
			[],
		],
		[
			'what was tried again after a gate elsewhere had gone on',
			[run(1, 'crashed', asked, w1), run(2, 'success', asked, w2), run(3, 'crashed', asked, w1)],
			['3'],
		],
		[
			'one that went on without it, also when another gate times out later',
			[run(1, 'success', [gate('timedOut')], w1), run(2, 'success', [gate('timedOut')], w2)],
			['2', '1'],
		],
	])('reports %s', (_, runs, expected) => {
		expect(rows(runs).map(({ executionId }) => executionId)).toEqual(expected);
	});
});

describe('a run of which n8n kept nothing', () => {
	const DAY = 24 * 60 * 60_000;
	const ago = (days: number) => ({
		startedAt: new Date(Date.now() - (days + 30) * DAY).toISOString(),
		stoppedAt: new Date(Date.now() - days * DAY).toISOString(),
	});
	const lost = (more: Json = {}, status = 'error') =>
		run(5, status, [{ type: `${PACKAGE}.appmixer` }], { ...ago(1), ...more });

	it('has a row that names it and no task, below those of the tasks', () => {
		expect(rows([lost()])).toEqual([
			expect.objectContaining({ id: TASK, becameOfIt: 'no run' }),
			{
				...{ id: null, title: null, decision: null, assignee: null, decidedAt: null },
				...{ becameOfIt: 'data lost', workflow: 'Purchases', executionId: '5' },
				executionUrl: 'https://n8n.example.com/sub/workflow/w1/executions/5',
				toDo: expect.stringMatching(/worker.*no run.*not press Retry/) as unknown,
			},
		]);
	});

	it('has one beside what succeeded', () => {
		const runs = [lost({}, 'crashed'), run(6, 'success', [gate('approved')])];
		expect(became(...runs)).toEqual(['data lost']);
	});

	it.each([
		['ended more than 7 days ago', lost(ago(8))],
		['succeeded', lost({}, 'success')],
		['was stopped', lost({}, 'canceled')],
		['goes on', lost({ stoppedAt: null }, 'running')],
		['was retried with success', lost({ retrySuccessId: '6' })],
		['comes without its data', lost({ data: undefined })],
		['takes too much to be shown', lost({ dataTooLargeToDisplay: true })],
		[
			'has the output of a node',
			run(5, 'error', [{ type: 'n8n-nodes-base.set', items: [{}] }], ago(1)),
		],
		[
			'has the input of a node in hand',
			run(5, 'crashed', [{ type: 'n8n-nodes-base.set', inHand: [{}] }], ago(1)),
		],
	])('has none when it %s', (_, one) => {
		expect(became(one)).toEqual(['no run']);
	});
});

describe('a wait that looks again', () => {
	const left: Partial<Given> = { inHand: undefined, context: { waits: {} } };

	it('carries out what left it, also as one group', () => {
		const one = wait({ ...left, items: [{ id: TASK, outcome: 'approved' }] });
		expect(became(run(1, 'success', [one]))).toEqual([]);
		const votes = [{ task: TASK }, { task: OTHER }];
		const group = { outcome: 'approved', votes, rule: { needed: 'all', veto: true } };
		expect(became(run(1, 'success', [wait({ ...left, items: [group] })]))).toEqual([]);
	});

	it('may wait for others of its tasks: everything leaves together', () => {
		expect(became(run(1, 'waiting', [wait()]))).toEqual([]);
	});

	it.each(['timedOut', 'changed', 'failed'])('that ended as %s went on without it', (outcome) => {
		const gone = wait({ ...left, items: [{ id: TASK, outcome }] });
		expect(became(run(1, 'success', [gone]))).toEqual(['went on without it']);
	});

	it.each(['crashed', 'error'])('of a run that is %s: Retry, which asks nobody', (status) => {
		const [row] = rows([run(1, status, [wait()])]);
		expect(row.becameOfIt).toBe(status);
		expect(row.toDo).toMatch(/Retry/);
		expect(row.toDo).not.toMatch(/asks again|Use Existing/);
	});

	it.each(['canceled', 'success'])('of a run that is %s: wait for the task anew', (status) => {
		const node =
			status === 'canceled'
				? wait()
				: wait({ ...left, items: [{ id: TASK, outcome: 'timedOut' }] });
		const [row] = rows([run(1, status, [node])]);
		expect(row.toDo).toMatch(/a new run that waits for this ID/);
		expect(row.toDo).not.toMatch(/Use Existing/);
	});
});

describe('what to do', () => {
	const toDo = (status: string, node: Given) => String(rows([run(1, status, [node])])[0].toDo);

	it.each(['crashed', 'error'])(
		'with the gate of a run that is %s: Retry only behind an answer',
		(status) => {
			expect(toDo(status, gate('approved'))).toMatch(
				/unless the gate is the node that is shown as failed, press Retry.*asks again/,
			);
		},
	);

	it.each(['crashed', 'error', 'canceled', 'running'])(
		'with the trigger of a run that is %s: nothing that needs a gate',
		(status) => {
			expect(toDo(status, trigger('approved'))).toMatch(/press Retry|pin the trigger/i);
			expect(toDo(status, trigger('approved'))).not.toMatch(/Use Existing|outcome/);
		},
	);

	it('with the trigger of a run that was stopped: run it by hand with its output pinned', () => {
		expect(toDo('canceled', trigger('approved'))).toMatch(/\(id, decision, event\.type\)/);
	});

	it('without a run: both ways', () => {
		const [row] = rows([{}]);
		expect(row.toDo).toMatch(/gate: .*Use Existing.*trigger: pin/);
	});

	it('with a gate that waits on: delete its registration before it is stopped', () => {
		expect(toDo('waiting', gate('timedOut'))).toMatch(/webhookId.*stop the run.*Use Existing/);
	});
});

it('tells the tasks apart, the one that was decided first on top', () => {
	const tasks = [
		task(TASK),
		task(OTHER, { decidedAt: '2026-02-01T10:00:00.000Z', assignee: null }),
	];
	const both = run(1, 'error', [gate('approved'), gate('timedOut', OTHER)]);
	const done = run(2, 'success', [gate('approved')]);
	expect(rows([both, done], { tasks })).toMatchObject([{ id: OTHER, assignee: '' }]);
	expect(rows([both], { tasks }).map(({ id }) => id)).toEqual([OTHER, TASK]);
});

describe('of several approvers', () => {
	const several = (outcome: string, needed: number | 'all', more: Json = {}): Json => ({
		...{ id: TASK, outcome, rule: { needed, veto: true } },
		votes: [{ task: TASK }, { task: OTHER }],
		...more,
	});
	const both = [task(), task(OTHER)];
	const ended = (runs: Json[], tasks: Json[]) =>
		rows(runs, { tasks }).map(({ id, becameOfIt }) => [id, becameOfIt]);
	const askedAll = (outcome: string, needed: number | 'all') =>
		gate(outcome, TASK, { items: [several(outcome, needed)] });

	it.each(['approved', 'rejected', 'changed'])(
		'reports nothing when the run went on with "%s", also for who answered later',
		(outcome) => {
			expect(ended([run(1, 'success', [askedAll(outcome, 1)])], both)).toEqual([]);
		},
	);

	it('reports nothing while the answers do not suffice', () => {
		const waiting = [run(1, 'waiting', [askedAll('timedOut', 'all')])];
		expect(ended(waiting, [task()])).toEqual([]);
	});

	it.each([
		['they suffice', 'all', both],
		['one is enough', 1, [task()]],
		['one rejection rejects', 'all', [task(TASK, { decision: 'rejected' })]],
	] as const)('reports a run that waits though %s', (_, needed, tasks) => {
		const waiting = [run(1, 'waiting', [askedAll('timedOut', needed)])];
		const ids = tasks.map(({ id }) => [id, 'still waiting']);
		expect(ended(waiting, [...tasks])).toEqual(ids);
	});

	it('reports each answer that came after a time-out', () => {
		expect(ended([run(1, 'success', [askedAll('timedOut', 1)])], both)).toEqual([
			[TASK, 'went on without it'],
			[OTHER, 'went on without it'],
		]);
	});
});
