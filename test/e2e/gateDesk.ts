/** What every test of a wait needs: a sandbox, its credential in an n8n, and workflows that ask there. */
import { randomUUID } from 'node:crypto';
import axios from 'axios';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { ADA, start, type Task } from '../../sandbox';
import type { Execution } from '../../scripts/n8n/executions';
import type { N8nRest } from '../../scripts/n8n/rest';
import type { WorkflowJson } from '../../scripts/n8n/workflows';
import { sharedN8n } from './sharedN8n';
import { ours, workflowOf, type NodeSketch } from './workflowOf';

type Edges = Array<[string, string, number?]>;

/** A published workflow that a POST starts. */
export interface Published {
	id: string;
	/** Posts a text file to the node Form; `n` is the query parameter it gets. */
	begin(n?: string): Promise<void>;
	/** The one execution that waits, once n8n has saved it. */
	parked(timeoutMs?: number): Promise<Execution>;
	/** The execution, once it has ended. */
	ended(timeoutMs?: number): Promise<Execution>;
}

/** The trigger of these workflows: its item has a file, `data`, and what was asked for under `query`. */
const form = (path: string): NodeSketch => ({
	name: 'Form',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	webhookId: path,
	parameters: { httpMethod: 'POST', path, options: { rawBody: true, binaryPropertyName: 'data' } },
});

const published = (rest: N8nRest, url: string, id: string, path: string): Published => ({
	id,
	async begin(n = '1') {
		const headers = { 'content-type': 'text/plain', connection: 'close' };
		await axios.post(`${url}/webhook/${path}?n=${n}`, 'the quote', { headers, proxy: false });
	},
	parked: async (timeoutMs) =>
		await rest.waitForExecution(id, ({ status }) => status === 'waiting', timeoutMs),
	ended: async (timeoutMs) => await rest.waitForExecution(id, undefined, timeoutMs),
});

/**
 * Starts a sandbox and stores a credential for it.
 * @param n8n default: the one all test files share
 */
export async function openDesk(n8n?: { url: string; rest: N8nRest }, data: IDataObject = {}) {
	const { url, rest } = n8n ?? (await sharedN8n());
	const sandbox = await start();
	const id = await rest.createCredential({
		name: `sandbox ${randomUUID()}`,
		type: 'appmixerApi',
		data: { baseUrl: sandbox.url, accessToken: ADA.accessToken, apiPath: 'plugin', ...data },
	});

	return {
		...{ url, rest, sandbox },

		/** The node that asks; a new task, unless the parameters say otherwise. */
		ask: (title: string, parameters: INodeParameters = {}, node: Partial<INode> = {}) =>
			ours(
				'appmixer',
				'Ask',
				{ id },
				{
					...{ resource: 'task', operation: 'sendAndWait', title },
					...{ requester: 'ada@example.com', approver: 'bob@example.com' },
					...parameters,
				},
				node,
			),

		/** Publishes a workflow that begins with the node Form. `more`: connections of other types than main. */
		async publish(
			nodes: NodeSketch[],
			edges: Edges,
			settings?: WorkflowJson['settings'],
			more: WorkflowJson['connections'] = {},
		) {
			const path = randomUUID();
			const all = [form(path), ...nodes];
			const workflow = workflowOf(`wait ${path}`, all, edges, settings);
			const connections = { ...workflow.connections, ...more };
			const stored = await rest.createWorkflow({ ...workflow, connections });
			await rest.activate(stored.id);
			return published(rest, url, stored.id, path);
		},

		/** The only task with this title. */
		taskOf(title: string): Task {
			const found = sandbox.appmixer.tasks.filter((task) => task.title === title);
			if (found.length === 1) return found[0];
			throw new Error(`There are ${found.length} tasks called "${title}"`);
		},
	};
}

/** A sandbox, its credential and how to ask there. Close it with `sandbox.close()`. */
export type Desk = Awaited<ReturnType<typeof openDesk>>;
