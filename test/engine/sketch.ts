import { randomUUID } from 'node:crypto';

import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INode,
	type INodeParameters,
	type IWorkflowSettings,
} from 'n8n-workflow';

import { credentialNameOf, nodeTypes, PACKAGE, START } from './loadedPackage';
import type { Stored } from './processes';

/** A node under test as a test writes it. */
export interface Sketch {
	/** A node type's name, such as `appmixerPollingTrigger`. */
	type: string;
	parameters: INodeParameters;
	/** The credential's fields; the rest has its defaults. */
	credential: ICredentialDataDecryptedObject;
	/** Other keys of the node, such as `onError`. */
	node?: Partial<INode>;
	/** Other nodes of the workflow, of the same type and without wires. */
	beside?: Array<Partial<INode>>;
	settings?: IWorkflowSettings;
	staticData?: IDataObject;
	/** A trigger with it runs in a process of its own, and shares what n8n stores with others. */
	stored?: Stored;
	workflowId?: string;
	/** Every request's time limit is divided by it before it is sent. */
	impatience?: number;
}

export const NODE = 'Node';

/** A workflow of Start and the node under test. */
export function workflowOf(sketch: Sketch) {
	const { type, parameters, node, beside = [], settings, staticData, workflowId } = sketch;
	const nodes: INode[] = [
		{ id: 'start', name: 'Start', type: START, typeVersion: 1, position: [0, 0], parameters: {} },
		{
			id: '3d5f5f0e-6d0b-4a07-9d8a-0c5a7f1e2b3c',
			name: NODE,
			type: `${PACKAGE}.${type}`,
			typeVersion: 1,
			position: [200, 0],
			parameters,
			credentials: { [credentialNameOf(type)]: { id: '1', name: 'Sandbox' } },
			webhookId: randomUUID(),
			...node,
		},
		...beside.map((one): INode => ({
			...{ id: randomUUID(), name: 'Beside', type: `${PACKAGE}.${type}`, typeVersion: 1 },
			...{ position: [400, 0], parameters: {}, ...one },
		})),
	];
	return new Workflow({
		id: workflowId ?? randomUUID(),
		name: 'Engine',
		nodes,
		connections: {
			Start: { main: [[{ node: NODE, type: 'main', index: 0 }]] },
			// the wire by which a wait comes back
			...(parameters.operation === 'wait' && {
				[NODE]: { main: [[{ node: NODE, type: 'main', index: 0 }]] },
			}),
		},
		active: true,
		nodeTypes,
		settings: { executionOrder: 'v1', timezone: 'Europe/Prague', ...settings },
		staticData: staticData && { [`node:${NODE}`]: staticData },
	});
}
