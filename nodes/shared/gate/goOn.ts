/** Wakes a parked run up with what came of its request. */
import type {
	IBinaryKeyData,
	IDataObject,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { noteInExecution } from './customData';
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
	noteInExecution(context, { outcome });
	const json: IDataObject = requestJson(request, outcome);
	return { workflowData: outcomeOutput(json, outcome, outputsOf(chosen, node.type), binary) };
}
