import {
	type IExecuteFunctions,
	type INode,
	type INodeType,
	type IWebhookFunctions,
	WAIT_INDEFINITELY,
	Workflow,
} from 'n8n-workflow';

import { gateOutputs, gateSubtitle, waitingTooltip } from '../../../../nodes/shared/gate/outputs';
import {
	outcomeJson,
	outcomeOutput,
	park,
	refuseUnreachable,
	waitUrl,
} from '../../../../nodes/shared/gate/parking';
import { waitFields } from '../../../../nodes/shared/gate/waitFields';
import { outputsOf, readWaitPlan } from '../../../../nodes/shared/gate/waitPlan';
import type { Task } from '../../../../nodes/shared/task';

const node: INode = {
	...{ id: 'node-1', name: 'Ask', type: 'approvals.appmixer', typeVersion: 1 },
	...{ position: [0, 0], parameters: {} },
};
const BOB = { id: null, name: null, email: 'bob@example.com' };
const TASK = { id: '7', title: 'Laptops', assignee: BOB, decision: null } as Task;
const binary = { file: { data: '', mimeType: 'text/plain' } };

describe('an outcome', () => {
	it.each([
		['approved', true, { ...BOB, provenance: 'configured' }, [0, 1, 0]],
		['rejected', false, { ...BOB, provenance: 'configured' }, [0, 0, 1]],
		['due', false, null, [1, 0, 0]],
		['timedOut', false, null, [1, 0, 0]],
	] as const)('%s: approved is %s', (outcome, approved, decidedBy, counts) => {
		const json = outcomeJson(TASK, outcome);
		expect(json).toEqual({ ...TASK, approved, outcome, decidedBy, data: { approved } });
		const branches = outcomeOutput(json, outcome, 'perDecision', binary);
		expect(branches.map((items) => items.length)).toEqual(counts);
		const item = { json, binary, pairedItem: { item: 0 } };
		expect(branches.flat()).toEqual([item]);
		expect(outcomeOutput(json, outcome, 'single', binary)).toEqual([[item]]);
	});

	it('F15: names the registration where there may be one', () => {
		expect(outcomeJson(TASK, 'timedOut', 'hook-1')).toHaveProperty('webhookId', 'hook-1');
		expect(outcomeJson(TASK, 'timedOut')).not.toHaveProperty('webhookId');
	});

	it('names nobody when the task had no approver, and has no files when none came in', () => {
		const json = outcomeJson({ ...TASK, assignee: null }, 'approved');
		expect(json.decidedBy).toBeNull();
		expect(outcomeOutput(json, 'approved', 'single', undefined)[0][0]).not.toHaveProperty('binary');
	});
});

it('W5: parks one item that is not approved, in place of all that came in', async () => {
	const input = [{ json: { approved: true }, binary }, { json: { approved: true } }];
	const source = { previousNode: 'Start' };
	const node = { name: 'Node' };
	const data = { data: { main: [input] }, source: { main: [source] }, node };
	const waits: Date[] = [];
	const memory = {};
	const context = {
		getInputData: () => input,
		getExecuteData: () => data,
		getContext: () => memory,
		putExecutionToWait: async (until: Date) => void waits.push(until),
	} as unknown as IExecuteFunctions;
	const deadline = new Date('2030-01-01');
	const json = { ...outcomeJson(TASK, 'timedOut'), webhookId: 'hook-1' };
	const parked = { json, binary, pairedItem: { item: 0 } };
	expect(await park(context, json, { deadline })).toEqual([[parked]]);
	const handedOn = { data: { main: [[parked]] }, source: { main: [source, source, source] } };
	expect(data).toEqual({ ...handedOn, node });
	// n8n deactivates it, and other entries of the run have the other one (W29)
	expect(data.node).not.toBe(node);
	expect(waits).toEqual([deadline]);
	// n8n hides it from who calls
	expect(memory).toEqual({ wakesAt: deadline.getTime() });
});

describe('where the service calls back', () => {
	const SIGNED = 'https://n8n.example.com/webhook-waiting/1?signature=abc';
	const PLAIN = 'https://n8n.example.com/webhook-waiting/1';
	const more = { getNode: () => node, getSignedResumeUrl: () => 'signed' };

	it('W13: is the URL of the run with its token, read in either context', () => {
		const execution = (resumeUrl: string) => ({ $execution: { resumeUrl } });
		const running = (url: string) =>
			({ ...more, getWorkflowDataProxy: () => execution(url) }) as unknown as IExecuteFunctions;
		const called = { ...more, evaluateExpression: () => SIGNED } as unknown as IWebhookFunctions;
		expect(waitUrl(running(SIGNED))).toBe(`${SIGNED}/node-1`);
		expect(waitUrl(called)).toBe(`${SIGNED}/node-1`);
		expect(waitUrl(running(PLAIN))).toBe('signed');
	});

	it.each([
		['http://localhost:5678/x', 'https://acme.example.com', true],
		['http://localhost:5678/x', 'http://127.0.0.1:2200', false],
		['https://n8n.example.com/x', 'https://acme.example.com', false],
	])('W14: %s is refused for %s: %s', (callbackUrl, serviceUrl, refused) => {
		const context = { getNode: () => node } as unknown as IExecuteFunctions;
		const refuse = () => refuseUnreachable(context, callbackUrl, serviceUrl);
		if (refused) expect(refuse).toThrow('The service cannot call back to http://localhost:5678');
		else expect(refuse).not.toThrow();
	});
});

describe('a plan', () => {
	const DAY = 86_400_000;
	const NOW = Date.UTC(2030, 0, 1);
	beforeEach(() => void jest.spyOn(Date, 'now').mockReturnValue(NOW));
	afterEach(() => jest.restoreAllMocks());

	function plan(parameters: Record<string, unknown>, more: Partial<INode> = {}, settings = {}) {
		const hints: string[] = [];
		const context = {
			getNode: () => ({ ...node, ...more }),
			getNodeParameter: (name: string, _item: number, fallback: unknown) =>
				parameters[name] ?? fallback,
			getWorkflowSettings: () => settings,
			getTimezone: () => 'Europe/Prague',
			addExecutionHints: ({ message }: { message: string }) => hints.push(message),
		} as unknown as IExecuteFunctions;
		return { ...readWaitPlan(context), hints };
	}

	it('W16: ends after 7 days by default, and n8n gives up 2 minutes later', () => {
		expect(plan({})).toEqual({
			end: new Date(NOW + 7 * DAY),
			deadline: new Date(NOW + 7 * DAY + 120_000),
			outputs: 'single',
			whenDue: 'keepWaiting',
			hints: [],
		});
	});

	it.each([
		[{ resumeAmount: 2, resumeUnit: 'hours' }, NOW + 7_200_000],
		[{ resumeAmount: 20, resumeUnit: 'minutes' }, NOW + 1_200_000],
		[
			{ limitType: 'atSpecifiedTime', maxDateAndTime: '2030-02-01T12:00:00' },
			Date.UTC(2030, 1, 1, 11),
		],
	])('with %j ends then', (parameters, end) => {
		expect(plan(parameters).end?.getTime()).toBe(end);
	});

	it('without a limit has no end', () => {
		const { end, deadline } = plan({ limitWaitTime: false });
		expect([end, deadline]).toEqual([null, WAIT_INDEFINITELY]);
	});

	it.each([
		{ resumeAmount: 0 },
		{ resumeAmount: -1 },
		{ resumeAmount: 'seven' },
		{ resumeUnit: 'years' },
		{ resumeAmount: 10_000_000 },
		{ limitType: 'atSpecifiedTime', maxDateAndTime: '2029-12-31' },
		{ limitType: 'atSpecifiedTime', maxDateAndTime: 'soon' },
	])('with %j is refused', (parameters) => {
		expect(() => plan(parameters)).toThrow(
			/^Limit Wait Time (lies in the past|has no valid)|is not (a number|a date|one of its choices)$/,
		);
	});

	it('W12: says what a limit under 15 minutes means', () => {
		const hintsOf = (resumeAmount: number) => plan({ resumeAmount, resumeUnit: 'minutes' }).hints;
		expect(hintsOf(14)).toEqual([expect.stringContaining('under 15 minutes')]);
		expect(hintsOf(15)).toEqual([]);
	});

	it('is refused when the workflow times out before it ends', () => {
		const within = (executionTimeout: number) => () => plan({}, {}, { executionTimeout });
		const seconds = (7 * DAY) / 1000 + 120;
		expect(within(seconds - 1)).toThrow(/^The workflow times out after \d+ seconds, before/);
		for (const enough of [seconds, -1, 0]) expect(within(enough)).not.toThrow();
	});

	it('is refused with one output per decision and Always Output Data', () => {
		const outputs = 'perDecision';
		expect(() => plan({ outputs }, { alwaysOutputData: true })).toThrow('Always Output Data');
		expect(plan({ outputs }).outputs).toBe(outputs);
		expect(plan({}, { alwaysOutputData: true }).outputs).toBe('single');
		expect(outputsOf('banana', node.type)).toBe('single');
	});

	it('W22: has the outputs of its version when none was chosen', () => {
		expect(plan({}, { typeVersion: 1 }).outputs).toBe('single');
		expect(plan({}, { typeVersion: 1.1 }).outputs).toBe('perDecision');
	});
});

describe('in the editor', () => {
	const operation = { displayName: '', name: 'operation', type: 'string', default: '' };
	const resource = { ...operation, name: 'resource', default: 'task' };
	const properties = [resource, operation, ...waitFields.filter(({ name }) => name === 'outputs')];
	const nodeType = { description: { properties } } as unknown as INodeType;
	const nodeTypes = { getByNameAndVersion: () => nodeType, getByName: () => nodeType };

	function shown(text: string, operation: string, outputs?: string, typeVersion = 1): unknown {
		const parameters = { resource: 'task', operation, ...(outputs !== undefined && { outputs }) };
		const asking = { ...node, typeVersion, parameters };
		const workflow = new Workflow({
			...{ nodes: [asking], connections: {}, active: false },
			nodeTypes: { ...nodeTypes, getKnownTypes: () => ({}) },
		});
		return workflow.expression.getSimpleParameterValue(asking, text, 'internal', {});
	}

	it('a wait has one output, or one per decision', () => {
		const one = [{ type: 'main' }];
		expect(shown(gateOutputs('decisions'), 'sendAndWait', 'single')).toEqual(one);
		expect(shown(gateOutputs('decisions'), 'get', 'perDecision')).toEqual(one);
		expect(shown(gateOutputs('decisions'), 'sendAndWait', 'perDecision')).toEqual(
			['No Decision', 'Approved', 'Rejected'].map((displayName) => ({ type: 'main', displayName })),
		);
	});

	it('a wait for decisions leads back by its first output, and has one for each outcome', () => {
		const names = (kind: 'decisions' | 'done') =>
			(shown(gateOutputs(kind), 'wait', 'single') as Array<{ displayName: string }>).map(
				({ displayName }) => displayName,
			);
		expect(names('decisions')).toEqual(['Check Again', 'Approved', 'Rejected', 'No Decision']);
		expect(names('done')).toEqual(['Check Again', 'Done', 'No Decision']);
	});

	it('W22: without a choice it has the outputs of its version: what was stored before stays', () => {
		expect(shown(gateOutputs('decisions'), 'sendAndWait', undefined, 1)).toHaveLength(1);
		expect(shown(gateOutputs('decisions'), 'sendAndWait', undefined, 1.1)).toHaveLength(3);
		expect(shown(gateOutputs('decisions'), 'sendAndWait', 'single', 1.1)).toHaveLength(1);
		expect(shown(gateOutputs('decisions'), 'get', undefined, 1.1)).toHaveLength(1);
	});

	it('the line under its name says that it asks, or what it waits for', () => {
		const [asking, done] = [gateSubtitle('decisions'), gateSubtitle('done')];
		expect(shown(asking, 'sendAndWait')).toBe('request approval and wait');
		expect(shown(asking, 'wait')).toBe('wait for decisions');
		expect(shown(done, 'wait')).toBe('wait until done');
		expect(shown(done, 'get')).toBe('get: task');
	});

	it('only a wait says that it waits', () => {
		expect(shown(waitingTooltip, 'wait', 'single')).toMatch(/^Waiting\. The run looks again/);
		expect(shown(waitingTooltip, 'sendAndWait', 'single')).toMatch(/^Waiting for the approver\./);
		expect(shown(waitingTooltip, 'get', 'single')).toBe('');
	});
});
