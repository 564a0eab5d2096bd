import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type ICredentialDataDecryptedObject,
	type INode,
	type INodeType,
} from 'n8n-workflow';

import { additionalData } from './additionalData';
import { credentialNameOf, credentialTypeOf, packageLoaded } from './loadedPackage';
import { storedCredential, TESTED_NODE } from './storedCredentials';

/** What n8n's Test button says of a credential; `null` when it is content. After n8n's `credentials-tester.service`. */
export async function testCredential(
	vendor: string,
	given: ICredentialDataDecryptedObject,
): Promise<string | null> {
	await packageLoaded();
	const name = credentialNameOf(vendor);
	const { test } = credentialTypeOf(name);
	const helper = storedCredential(vendor, given);
	const node: INode = {
		...{ id: 'temp', name: 'Temp-Node', type: TESTED_NODE, typeVersion: 1 },
		position: [0, 0],
		parameters: {},
		credentials: { [name]: { id: '1', name } },
	};
	const tested = {
		description: {
			...{ displayName: 'Temp', name: TESTED_NODE, group: [], version: 1, description: '' },
			...{ defaults: {}, inputs: ['main'], outputs: ['main'] },
			credentials: [{ name, required: true }],
			properties: [
				{
					...{ displayName: 'Temp', name: 'temp', type: 'string', default: '' },
					routing: { request: test?.request },
				},
			],
		},
	} as unknown as INodeType;
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => tested,
			getByNameAndVersion: () => tested,
			getKnownTypes: () => ({}),
		},
	});
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData(helper, 'http://127.0.0.1:9'),
		'internal',
		createRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	const decrypted = { id: '1', name, type: name, data: helper.stored.data };
	try {
		await workflow.expression.acquireIsolate();
		await new RoutingNode(context, tested, decrypted).runNode();
		return null;
	} catch (error) {
		const { cause, message } = error as Error & {
			cause?: { code?: string; response?: { status: number } };
		};
		if (cause?.response) return `Received HTTP status code: ${cause.response.status}`;
		return cause?.code ?? message;
	} finally {
		await workflow.expression.releaseIsolate();
	}
}
