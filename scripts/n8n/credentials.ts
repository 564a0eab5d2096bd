import { randomUUID } from 'node:crypto';

import type { Json, Session } from './session';

export interface Credential {
	name: string;
	/** The credential type, e.g. `appmixerApi`. */
	type: string;
	data: Json;
}

export interface StoredCredential {
	id: string;
	name: string;
	type: string;
}

/** What n8n's own nodes need to read workflows and executions over its public API. */
const READING = ['workflow:list', 'workflow:read', 'execution:list', 'execution:read'];

async function createCredential(session: Session, credential: Credential): Promise<string> {
	return (await session.post<StoredCredential>('/rest/credentials', credential)).id;
}

/** What can be done with credentials over REST. */
export const credentialCalls = (session: Session) => ({
	/** Stores a credential; resolves with its id. */
	createCredential: async ({ name, type, data }: Credential): Promise<string> =>
		await createCredential(session, { name, type, data }),

	/** Stores a credential for this n8n's public API, with a new key of the owner that only reads; resolves with its id. */
	async createOwnCredential(name: string): Promise<string> {
		const asked = { label: `${name} ${randomUUID()}`, scopes: READING, expiresAt: null };
		const { rawApiKey } = await session.post<{ rawApiKey: string }>('/rest/api-keys', asked);
		const data = { apiKey: rawApiKey, baseUrl: `${session.url}/api/v1` };
		return await createCredential(session, { name, type: 'n8nApi', data });
	},

	/** Replaces name and fields of a stored credential; what is left out of `change` stays. */
	async updateCredential(id: string, change: Partial<Credential>): Promise<void> {
		const stored = await session.get<Credential>(`/rest/credentials/${id}`, { includeData: true });
		const data = { ...stored.data, ...change.data };
		const { name = stored.name, type = stored.type } = change;
		await session.patch(`/rest/credentials/${id}`, { name, type, data });
	},

	/**
	 * Presses the credential's Test button: for a stored one by id, or with other `data` than what is stored. n8n's
	 * tester keeps one node for all tests and loses it when two run at once, so a lost one is asked for again.
	 */
	async testCredential(
		id: string,
		data?: Json,
	): Promise<{ status: 'OK' | 'Error'; message: string }> {
		const stored = await session.get<Credential>(`/rest/credentials/${id}`, { includeData: true });
		const { name, type } = stored;
		const credentials = { id, name, type, data: { ...stored.data, ...data } };
		for (let attempt = 1; ; attempt++) {
			const result = await session.post<{ status: 'OK' | 'Error'; message: string }>(
				'/rest/credentials/test',
				{ credentials },
			);
			if (result.message !== 'Node not found' || attempt === 5) return result;
		}
	},

	/** All stored credentials, without their fields. */
	credentials: async (): Promise<StoredCredential[]> => await session.get('/rest/credentials'),

	async deleteCredential(id: string): Promise<void> {
		await session.delete(`/rest/credentials/${id}`);
	},
});
