import type { INodeParameters } from 'n8n-workflow';

import { MAX, type MambuOptions, type Sandbox } from '../../../sandbox';
import { engine } from '../../engine';
import { useOpened } from '../useOpened';

export type Version = 'v1' | 'v2';
export const VERSIONS = ['v1', 'v2'] as const;

type More = Partial<Parameters<typeof engine.runNode>[0]>;

/** A Mambu tenant that lives as long as the test, and the ways to run nodes against it. */
export interface Sandboxed {
	sandbox: Sandbox;
	mambu: Sandbox['mambu'];
	/** The credential of Max. */
	credential(version: Version): Record<string, string>;
	/** Runs one operation of the action node as Max. */
	run(
		version: Version,
		operation: string,
		parameters?: INodeParameters,
		more?: More,
	): ReturnType<typeof engine.runNode>;
	/** `METHOD path?query` of the requests received. */
	calls(): string[];
	/** As `calls`, only those that create, change or delete something. */
	writes(): string[];
	/** The encoded key of the client with this ID. */
	clientKey(id: string): string;
}

/** Opens a tenant before each test of the file and closes it after. */
export function useMambu(options?: Partial<MambuOptions>): Sandboxed {
	return useOpened(async () => await openMambu(options));
}

export async function openMambu(options?: Partial<MambuOptions>): Promise<Sandboxed> {
	const sandbox = await engine.startSandbox({ mambu: options });
	const { mambu } = sandbox;
	const credential = (version: Version) => ({
		tenant: mambu.url,
		authentication: 'apiKey',
		apiKey: String(MAX.apiKey),
		apiVersion: version,
	});
	const calls = () =>
		mambu.requests.map(({ method, path, query }) => {
			const text = decodeURIComponent(
				new URLSearchParams(query as Record<string, string>).toString(),
			);
			return `${method} ${path}${text ? '?' : ''}${text}`;
		});
	return {
		sandbox,
		mambu,
		credential,
		calls,
		writes: () => calls().filter((call) => !call.startsWith('GET')),
		clientKey: (id) => String(mambu.store.clients.find((one) => one.id === id)?.encodedKey),
		run: async (version, operation, parameters = {}, more = {}) =>
			await engine.runNode({
				type: 'mambu',
				credential: credential(version),
				parameters: { resource: 'task', operation, ...parameters },
				...more,
			}),
	};
}

/** A task by its number or key, as a user enters it in the panel. */
export const byId = (value: string | number) => ({ __rl: true, mode: 'id', value: String(value) });

/** A user as picked from the list: its encoded key. */
export const picked = (value: string) => ({ __rl: true, mode: 'list', value });
export const byName = (value: string) => ({ __rl: true, mode: 'username', value });

/** What Create needs, all of it good. */
export const newTask = (): INodeParameters => ({
	title: 'Review the loan',
	dueDate: '2099-06-16T10:00:00',
	assignee: picked(MAX.encodedKey),
});
