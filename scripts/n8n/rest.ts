import type { INodeTypeDescription } from 'n8n-workflow';
import { credentialCalls } from './credentials';
import { executionCalls } from './executions';
import { openSession, type Login } from './session';
import { workflowCalls } from './workflows';

/**
 * Connects to a running n8n as its owner, setting the owner up if there is none yet.
 * @returns every call the tests and the demo need, with `get`, `post`, `patch` and `delete` for the rest
 */
export async function connect(url: string, login?: Login) {
	const session = openSession(url);
	await session.login(login);
	return {
		...session,
		...credentialCalls(session),
		...workflowCalls(session),
		...executionCalls(session),

		/** The version the running server reports. */
		async version(): Promise<string> {
			return (await session.get<{ versionCli: string }>('/rest/settings')).versionCli;
		},

		/** Every node type the editor offers, generated tool types included. */
		nodeTypes: async (): Promise<INodeTypeDescription[]> => await session.get('/types/nodes.json'),
	};
}

/** A logged-in client of a running n8n. */
export type N8nRest = Awaited<ReturnType<typeof connect>>;
