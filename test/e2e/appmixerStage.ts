import { randomUUID } from 'node:crypto';

import type { INodeParameters } from 'n8n-workflow';

import {
	ADA,
	start,
	type AppmixerOptions,
	type RecordedRequest,
	type Sandbox,
} from '../../sandbox';
import type { Json } from '../../scripts/n8n/session';
import { runNode, type Around, type Ran } from './oneNode';
import { sharedN8n } from './sharedN8n';

type SharedN8n = Awaited<ReturnType<typeof sharedN8n>>;

/** The shared n8n beside a sandbox of the test file's own. */
export interface Stage {
	n8n: SharedN8n;
	sandbox: Sandbox;
	/** Stores an Appmixer credential: by default Ada's access token for the sandbox. */
	credential(data?: Json): Promise<string>;
	/** Runs one node, with `credentialId` or else a default credential. Only its requests are in the journal afterwards. */
	run(parameters: INodeParameters, around?: Around & { credentialId?: string }): Promise<Ran>;
	close(): Promise<void>;
}

/** Starts a sandbox; `data` is what the default credential says besides the address and Ada's token. */
export async function openStage(
	appmixer: Partial<AppmixerOptions> = {},
	data: Json = {},
): Promise<Stage> {
	const n8n = await sharedN8n();
	const sandbox = await start({ appmixer });
	const credential = async (more: Json = {}) =>
		await n8n.rest.createCredential({
			name: `Appmixer ${randomUUID()}`,
			type: 'appmixerApi',
			data: {
				baseUrl: sandbox.url,
				authentication: 'accessToken',
				accessToken: ADA.accessToken,
				apiPath: 'auto',
				...data,
				...more,
			},
		});
	const byDefault = await credential();
	return {
		n8n,
		sandbox,
		credential,
		async run(parameters, { credentialId = byDefault, ...around } = {}) {
			sandbox.requests.clear();
			return await runNode(n8n.rest, credentialId, parameters, around);
		},
		close: async () => await sandbox.close(),
	};
}

/** A recorded request as the tests compare it: the token is replaced by whether there was one. */
export function sent({ method, path, query, body, headers }: RecordedRequest) {
	const auth = /^Bearer \S{20,}$/.test(String(headers.authorization)) ? 'Bearer' : 'none';
	return { method, path, query, body, auth };
}
