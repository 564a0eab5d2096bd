/** Wakes a parked run up with what came of its request. */
import type {
	IBinaryKeyData,
	IDataObject,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { noteInExecution } from './customData';
import { endOnce } from './endOnce';
import { outcomeOutput, type Outcome } from './parking';
import { requestJson, type Request } from './request';
import { outputsFieldOf } from './waitFields';
import { outputsOf } from './waitPlan';

export function goOn(
	context: IWebhookFunctions,
	request: Request,
	outcome: Outcome,
): IWebhookResponseData {
	const node = context.getNode();
	const chosen = context.getNodeParameter('outputs', outputsFieldOf(node).default as string);
	const binary = context.evaluateExpression('{{ $input.item.binary }}', 0) as unknown as
		IBinaryKeyData | undefined;
	const ids = request.tasks.map(({ asked }) => asked.id);
	return endOnce(context, ids, () => {
		noteInExecution(context, { outcome });
		const json: IDataObject = requestJson(request, outcome);
		return outcomeOutput(json, outcome, outputsOf(chosen, node.type), binary);
	});
}
