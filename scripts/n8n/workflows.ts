import { sleep, type IConnections, type INode, type IWorkflowSettings } from 'n8n-workflow';
import type { StoredCredential } from './credentials';
import type { Json, Session } from './session';

/** A workflow as an export file holds it. */
export interface WorkflowJson {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: Json;
}

export interface StoredWorkflow extends WorkflowJson {
	id: string;
	versionId: string;
	active: boolean;
}

export interface PublicationStatus {
	status: 'in_progress' | 'published' | 'partial' | 'failed' | 'not_published';
	liveVersionId: string | null;
	pendingVersionId: string | null;
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

const path = (id: string, rest = '') => `/rest/workflows/${id}${rest}`;
const LOOK_AGAIN_MS = 250;

/** What can be done with workflows over REST, but running them. */
export const workflowCalls = (session: Session) => {
	const workflow = async (id: string) => await session.get<StoredWorkflow>(path(id));
	const publicationStatus = async (id: string) =>
		await session.get<PublicationStatus>(path(id, '/publication-status'));

	async function createWorkflow(json: WorkflowJson): Promise<StoredWorkflow> {
		const { name, nodes, connections, settings = {}, pinData } = json;
		return await session.post('/rest/workflows', { name, nodes, connections, settings, pinData });
	}

	return {
		workflow,
		publicationStatus,

		/** Stores a workflow, not active. Resolves with what n8n stored, `id` included. */
		createWorkflow,

		/** Changes the draft; what is active stays as it is until `activate` publishes the draft. */
		async updateWorkflow(id: string, change: Partial<WorkflowJson>): Promise<StoredWorkflow> {
			const { versionId } = await workflow(id);
			return await session.patch(path(id), { ...change, versionId });
		},

		/**
		 * Publishes the newest version and waits until its triggers have been registered.
		 * @param options.wait `false` returns as soon as n8n has accepted the request
		 * @param options.timeoutMs how long registering may take; n8n itself tries five times in about 15 s
		 * @throws Error with n8n's reason when a trigger could not be registered
		 */
		async activate(
			id: string,
			options: { wait?: boolean; timeoutMs?: number } = {},
		): Promise<void> {
			const { wait = true, timeoutMs = 120_000 } = options;
			const { versionId, name } = await workflow(id);
			await session.post(path(id, '/activate'), { versionId });
			const deadline = Date.now() + timeoutMs;
			while (wait) {
				const { status, triggers } = await publicationStatus(id);
				if (status === 'published') return;
				const reasons = triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
				const failed = status === 'failed' || status === 'partial';
				if (failed || Date.now() > deadline) {
					throw new Error(
						`Workflow "${name}" is "${status}": ${reasons.join('; ') || 'no reason given'}`,
					);
				}
				await sleep(LOOK_AGAIN_MS);
			}
		},

		async deactivate(id: string): Promise<void> {
			await session.post(path(id, '/deactivate'));
		},

		/** Deletes a workflow, active or not. */
		async deleteWorkflow(id: string): Promise<void> {
			if ((await workflow(id)).active) await session.post(path(id, '/deactivate'));
			await session.post(path(id, '/archive'));
			await session.delete(path(id));
		},

		/**
		 * Stores an exported workflow, pointing its nodes at the stored credentials of the same type and name.
		 * @throws Error that names a credential the workflow wants and n8n does not have
		 */
		async importWorkflow(exported: WorkflowJson): Promise<StoredWorkflow> {
			const stored = await session.get<StoredCredential[]>('/rest/credentials');
			const nodes = exported.nodes.map((node) => {
				const wanted = Object.entries(node.credentials ?? {}).map(([type, { name }]) => {
					const found = stored.find((one) => one.type === type && one.name === name);
					if (found !== undefined) return [type, { id: found.id, name }] as const;
					throw new Error(
						`Node "${node.name}" wants the ${type} credential "${name}": create it first`,
					);
				});
				return wanted.length > 0 ? { ...node, credentials: Object.fromEntries(wanted) } : node;
			});
			return await createWorkflow({ ...exported, nodes });
		},
	};
};
