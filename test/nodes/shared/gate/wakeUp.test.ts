import * as fc from 'fast-check';
import type { IWebhookFunctions } from 'n8n-workflow';

import { receiveWakeUp } from '../../../../nodes/shared/gate/wakeUp';
import { FUZZ } from '../../../fuzz';

let executions = 0;

/** A call to a parked run; what it was answered is kept. */
function call(parked: Record<string, unknown> | Error, sent: unknown = {}) {
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
