import { randomUUID } from 'node:crypto';

import type { INodeParameters } from 'n8n-workflow';

import { start, type Sandbox, type SandboxOptions } from '../../sandbox';
import type { N8nRest } from '../../scripts/n8n/rest';
import type { Json } from '../../scripts/n8n/session';
import { runNode, type Around, type Ran } from './oneNode';
import { sharedN8n } from './sharedN8n';

/** A system with a stand-in on an address of its own. Node type, and credential type without its `Api`. */
export type Vendor = 'affinitext' | 'mambu' | 'nutrient' | 'opentaps';

/** The shared n8n beside one vendor's stand-in. */
export interface VendorStage<V extends Vendor> {
	n8n: Awaited<ReturnType<typeof sharedN8n>>;
	sandbox: Sandbox;
	service: Sandbox[V];
	/** Stores a credential; `more` is added to what the stage's credentials say. */
	credential(more?: Json): Promise<string>;
	/** Runs the vendor's action node, with `credentialId` or else a default credential. Only its requests are in the journal afterwards. */
	run(
		parameters: INodeParameters,
		around?: Omit<Around, 'vendor'> & { credentialId?: string },
	): Promise<Ran>;
	close(): Promise<void>;
}

/** Starts a sandbox; `data` gives what the stage's credentials say. */
export async function openVendorStage<V extends Vendor>(
	vendor: V,
	data: (service: Sandbox[V]) => Json,
	options: SandboxOptions = {},
): Promise<VendorStage<V>> {
	const n8n = await sharedN8n();
	const sandbox = await start(options);
	const service = sandbox[vendor];
	const credential = async (more: Json = {}) =>
		await n8n.rest.createCredential({
			name: `${vendor} ${randomUUID()}`,
			type: `${vendor}Api`,
			data: { ...data(service), ...more },
		});
	let byDefault: string | undefined;
	return {
		...{ n8n, sandbox, service, credential },
		async run(parameters, { credentialId, ...around } = {}) {
			const id = credentialId ?? (byDefault ??= await credential());
			service.requests.clear();
			return await runNode(n8n.rest, id, parameters, { ...around, vendor });
		},
		close: async () => await sandbox.close(),
	};
}

/** `resource:operation` of everything this n8n offers on the vendor's action node, sorted. */
export async function offeredOperations(rest: N8nRest, vendor: string): Promise<string[]> {
	const types = await rest.nodeTypes();
	const type = types.find(({ name }) => name === `n8n-nodes-task-approvals.${vendor}`);
	const offered = (type?.properties ?? [])
		.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions, options = [] }) =>
			(displayOptions?.show?.resource ?? []).flatMap((resource) =>
				options.flatMap((option) =>
					'value' in option ? [`${String(resource)}:${String(option.value)}`] : [],
				),
			),
		);
	return offered.sort();
}
