/** @jest-environment ./test/engine/environment.ts */
import { WebhookContext } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type INode,
	type IWebhookData,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { limitOf } from '../../../../nodes/shared/gate/limit';
import { nodeTypes, START } from '../../../engine/loadedPackage';

/** A call to a run that waits in a node of this name, as n8n hands it over. */
function callTo(name: string, context: object): WebhookContext {
	const node: INode = {
		...{ id: 'gate', name, type: START, typeVersion: 1, position: [0, 0], parameters: {} },
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: true, nodeTypes });
	const data = createRunExecutionData({
		executionData: { contextData: { [`node:${name}`]: context } },
	});
	data.executionData!.nodeExecutionStack.push({
		node,
		data: { main: [[{ json: {} }]] },
		source: null,
	});
	const urls = {
		webhookWaitingBaseUrl: 'http://localhost/wait',
		formWaitingBaseUrl: 'http://localhost/form',
	};
	const additional = { ...urls, executionId: '1' } as IWorkflowExecuteAdditionalData;
	const description = { webhookDescription: {} } as IWebhookData;
	return new WebhookContext(workflow, node, additional, 'trigger', description, [], data);
}

it.each([
	'Ask',
	'Ask }} {{ "Bob"',
	"It's \\ done",
	'={{ 1 }}',
	'constructor',
	'Ask. constructor',
	'\u2028',
])('is that of the node, whatever it is called: %s', (name) => {
	expect(limitOf(callTo(name, { limit: 1_900_000_000_000 }))).toBe(1_900_000_000_000);
});

it.each([{}, { limit: '1900000000000' }, { limit: null }])(
	'is none where none was kept: %j',
	(context) => {
		expect(limitOf(callTo('Ask', context))).toBe(Infinity);
	},
);
