import type { INodeParameters } from 'n8n-workflow';

import type { Sandbox, SandboxOptions } from '../../../sandbox';
import { engine } from '../../engine';
import { useOpened } from '../useOpened';

/** A sandbox, and the ways to run nodes against its Nutrient part. */
export interface Sandboxed {
	sandbox: Sandbox;
	nutrient: Sandbox['nutrient'];
	/** A credential with the system key, acting as this user. */
	as(userName: string): Record<string, string>;
	/** Runs one operation of the action node as Bob, who approves. */
	run(
		operation: string,
		parameters?: INodeParameters,
		more?: Partial<Parameters<typeof engine.runNode>[0]>,
	): ReturnType<typeof engine.runNode>;
	/** The requests received, without the key exchanges. */
	received(): Sandbox['requests'][number][];
	/** `METHOD path` of the same. */
	calls(): string[];
	exchanges(): number;
}

const isExchange = ({ path }: { path: string }) =>
	path.startsWith('/api/auth/') || path.startsWith('/access/');

export async function openSandbox(options?: SandboxOptions['nutrient']): Promise<Sandboxed> {
	const sandbox = await engine.startSandbox({ nutrient: options });
	const { nutrient } = sandbox;
	const as = (userName: string) => ({
		baseUrl: nutrient.url,
		tenantId: nutrient.options.tenant,
		apiKey: nutrient.options.systemKey,
		userName,
	});
	const received = () => nutrient.requests.filter((request) => !isExchange(request));
	return {
		sandbox,
		nutrient,
		as,
		received,
		calls: () => received().map(({ method, path }) => `${method} ${path}`),
		exchanges: () => nutrient.requests.filter(isExchange).length,
		async run(operation, parameters = {}, more = {}) {
			const [resource, name] = operation.split(':');
			return await engine.runNode({
				type: 'nutrient',
				credential: as('bob'),
				parameters: { resource, operation: name, ...parameters },
				...more,
			});
		},
	};
}

/** Opens a sandbox before each test of the file and closes it after. */
export function useSandbox(options?: SandboxOptions['nutrient']): Sandboxed {
	return useOpened(async () => await openSandbox(options));
}

/** An entry by its ID, as a user picks it in the panel. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
