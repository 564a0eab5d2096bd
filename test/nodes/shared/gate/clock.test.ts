/** @jest-environment ./test/engine/environment.ts */
import { WebhookContext } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type INode,
	type IWebhookData,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { isClockNear } from '../../../../nodes/shared/gate/clock';
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

const SECOND = 1000;

it.each([
	'Ask',
	'Ask }} {{ "Bob"',
	"It's \\ done",
	'={{ 1 }}',
	'constructor',
	'Ask. constructor',
	'\u2028',
])('W27: is near 75 seconds before its time, whatever the node is called: %s', (name) => {
	const near = (seconds: number) =>
		isClockNear(callTo(name, { wakesAt: Date.now() + seconds * SECOND }));
	expect([80, 74, 0, -3600].map(near)).toEqual([false, true, true, true]);
});

it.each([{}, { wakesAt: '1700000000000' }, { wakesAt: null }])(
	'is never near of a run whose time was not kept: %j',
	(context) => {
		expect(isClockNear(callTo('Ask', context))).toBe(false);
	},
);
