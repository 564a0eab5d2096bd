import type { IWorkflowExecuteAdditionalData } from 'n8n-workflow';

import type { Credentials } from './storedCredentials';

/** Each run has an id of its own, as in n8n. */
let executions = 0;

/** What n8n's server gives every context. */
export const additionalData = (
	credentialsHelper: Credentials,
	baseUrl: string,
	more: Partial<IWorkflowExecuteAdditionalData> = {},
): IWorkflowExecuteAdditionalData =>
	({
		credentialsHelper,
		executionId: String(++executions),
		currentNodeExecutionIndex: 0,
		restApiUrl: `${baseUrl}/rest`,
		instanceBaseUrl: `${baseUrl}/`,
		formBaseUrl: `${baseUrl}/form`,
		formWaitingBaseUrl: `${baseUrl}/form-waiting`,
		formTestBaseUrl: `${baseUrl}/form-test`,
		webhookBaseUrl: `${baseUrl}/webhook`,
		webhookWaitingBaseUrl: `${baseUrl}/webhook-waiting`,
		webhookTestBaseUrl: `${baseUrl}/webhook-test`,
		mcpBaseUrl: `${baseUrl}/mcp`,
		mcpTestBaseUrl: `${baseUrl}/mcp-test`,
		variables: {},
		logAiEvent: () => {},
		setExecutionStatus: () => {},
		...more,
	}) as unknown as IWorkflowExecuteAdditionalData;
