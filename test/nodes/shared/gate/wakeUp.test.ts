import * as fc from 'fast-check';
import { sleep, type IWebhookFunctions } from 'n8n-workflow';

import { receiveWakeUp } from '../../../../nodes/shared/gate/wakeUp';
import { FUZZ } from '../../../fuzz';

let executions = 0;

/** A call to a parked run; what it was answered is kept. */
function call(parked: Record<string, unknown> | Error, sent: unknown = {}, more: object = {}) {
	const answered: number[] = [];
	const executionId = String((executions += 1));
	const response = { status: (code: number) => (answered.push(code), { json: () => undefined }) };
	const context = {
		evaluateExpression(text: string) {
			if (parked instanceof Error) throw parked;
			return parked[/\$json\.(\w+)/.exec(text)![1]];
		},
		...{ getExecutionId: () => executionId, getNode: () => ({ id: '1', name: 'Gate' }) },
		...{ getWorkflow: () => ({ id: '1' }), getResponseObject: () => response },
		...{ getBodyData: () => sent, getQueryData: () => sent, getHeaderData: () => sent },
		logger: { error: () => undefined },
		...more,
	} as unknown as IWebhookFunctions;
	return { context, answered };
}

it('L1: whatever is sent, the run goes on with what it was parked with and nothing else', async () => {
	const words = fc.constantFrom('approved', 'rejected', 'wait', 'round', 'isWoken', 'outcome');
	const sent = fc.oneof(fc.jsonValue(), fc.dictionary(words, fc.jsonValue()), fc.string());
	const property = fc.asyncProperty(sent, async (body) => {
		const { context } = call({ wait: 'w', round: 3 }, body);
		expect(await receiveWakeUp(context)).toEqual({
			workflowData: [[{ json: { wait: 'w', round: 3, isWoken: true } }]],
		});
	});
	await fc.assert(property, { ...FUZZ, numRuns: 500 });
});

it.each<[string, Record<string, unknown> | Error]>([
	['nothing is parked', {}],
	['n8n cannot say what is parked', new Error('Broken expression')],
])('where %s, it is answered 503, or 200 to who does not call again', async (_, parked) => {
	for (const status of [503, 200] as const) {
		const { context, answered } = call(parked);
		expect(await receiveWakeUp(context, status)).toEqual({ noWebhookResponse: true });
		expect(answered).toEqual([status]);
	}
	const { context, answered } = call(parked);
	await receiveWakeUp(context);
	expect(answered).toEqual([503]);
});

interface Beside {
	nodeExecutionStack?: object[];
	waitingExecution?: object;
}

describe('L14: where a node behind it can wait', () => {
	/** A run that the clock wakes in so many seconds, in front of a node of this type. */
	const woken = (seconds: number, type: string, parameters: object = {}, disabled = false) => {
		const contextData = { 'node:Gate': { wakesAt: Date.now() + seconds * 1000 } };
		const gate = { name: 'Gate', type: 'appmixer', parameters: { operation: 'wait' } };
		return call({ wait: 'w', round: 3 }, undefined, {
			runExecutionData: { executionData: { contextData } },
			getChildNodes: () => [gate, { name: 'Next', type, parameters, disabled }],
		});
	};

	it.each([
		['n8n-nodes-base.wait', {}],
		['n8n-nodes-base.form', {}],
		['n8n-nodes-base.executeWorkflow', {}],
		['@n8n/n8n-nodes-langchain.agent', {}],
		['n8n-nodes-base.slack', { operation: 'sendAndWait' }],
		['n8n-nodes-task-approvals.mambu', { operation: 'wait' }],
	])('a call shortly before the next look is left to it: %s', async (type, parameters) => {
		const { context, answered } = woken(70, type, parameters);
		expect(await receiveWakeUp(context)).toEqual({ noWebhookResponse: true });
		expect(answered).toEqual([200]);
		const earlier = await receiveWakeUp(woken(80, type, parameters).context);
		expect(earlier.workflowData).toHaveLength(1);
	});

	it.each([
		['n8n-nodes-base.slack', { operation: 'send' }, false],
		['n8n-nodes-base.noOp', {}, false],
		['n8n-nodes-base.wait', {}, true],
	])('elsewhere it wakes the run at once: %s %j, turned off: %s', async (type, parameters, off) => {
		const { workflowData } = await receiveWakeUp(woken(70, type, parameters, off).context);
		expect(workflowData).toHaveLength(1);
	});

	it.each([
		[
			'a node',
			{ nodeExecutionStack: [{}, { node: { name: 'Next', type: 'n8n-nodes-base.wait' } }] },
		],
		[
			'one before such a node',
			{ nodeExecutionStack: [{}, { node: { name: 'No', type: 'noOp' } }] },
		],
		['one behind a Merge', { waitingExecution: { No: {} } }],
	])('that n8n goes through later, in a branch beside it: %s', async (_, executionData) => {
		const contextData = { 'node:Gate': { wakesAt: Date.now() + 70_000 } };
		const beside = (type: string) => {
			const { nodeExecutionStack = [{}], ...others } = executionData as Beside;
			const [, ...later] = nodeExecutionStack;
			const stack = [{ node: { name: 'Gate', type: 'appmixer' } }, ...later];
			return call({ wait: 'w', round: 3 }, undefined, {
				runExecutionData: {
					executionData: { contextData, ...others, nodeExecutionStack: stack },
				},
				getChildNodes: (name: string) => (name === 'No' ? [{ name: 'Next', type }] : []),
			});
		};
		const { context, answered } = beside('n8n-nodes-base.wait');
		expect([await receiveWakeUp(context), answered]).toEqual([{ noWebhookResponse: true }, [200]]);
	});

	it('a call that n8n has held back until then cannot be stored', async () => {
		const { workflowData } = await receiveWakeUp(woken(75.2, 'n8n-nodes-base.wait').context);
		await sleep(400);
		expect(() => JSON.stringify(workflowData)).toThrow('The next look wakes the run up');
		const { workflowData: other } = await receiveWakeUp(woken(75.2, 'n8n-nodes-base.noOp').context);
		await sleep(400);
		expect(JSON.stringify(other)).toContain('isWoken');
	});
});
