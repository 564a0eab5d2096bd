import type { INodeParameters } from 'n8n-workflow';

import type { Sandbox, SandboxOptions } from '../../../sandbox';
import { engine } from '../../engine';
import { useOpened } from '../useOpened';

export const PLUGIN = '/plugins/appmixer/utils/tasks';
export const LEGACY = '/people-task';

/** A sandbox that lives as long as the test, and the ways to run nodes against it. */
export interface Sandboxed {
	sandbox: Sandbox;
	/** The credential of Ada, who asks for approvals. */
	ada: Record<string, string>;
	/** Runs one operation of the action node as Ada. */
	run(
		operation: string,
		parameters?: INodeParameters,
		more?: Partial<Parameters<typeof engine.runNode>[0]>,
	): ReturnType<typeof engine.runNode>;
	/** `METHOD path` of the requests received, without the version call. */
	calls(): string[];
	/** As `calls`, only those that create, change or decide something. */
	writes(): string[];
}

/** Opens a sandbox before each test of the file and closes it after. */
export function useSandbox(options?: SandboxOptions['appmixer']): Sandboxed {
	return useOpened(async () => await openSandbox(options));
}

export async function openSandbox(options?: SandboxOptions['appmixer']): Promise<Sandboxed> {
	const sandbox = await engine.startSandbox({ appmixer: options });
	const ada = { baseUrl: sandbox.url, accessToken: String(engine.ADA.accessToken) };
	const calls = () =>
		sandbox.requests
			.filter(({ path }) => path !== `${PLUGIN}/`)
			.map(({ method, path }) => `${method} ${path}`);
	return {
		sandbox,
		ada,
		calls,
		writes: () => calls().filter((call) => !call.startsWith('GET')),
		async run(operation, parameters = {}, more = {}) {
			const [resource, name] = operation.split(':');
			return await engine.runNode({
				type: 'appmixer',
				credential: ada,
				parameters: { resource, operation: name, ...parameters },
				...more,
			});
		},
	};
}

/** What Create needs, all of it good. */
export const NEW_TASK = {
	title: 'Three laptops',
	requester: 'ada@example.com',
	approver: 'bob@example.com',
	decisionBy: '2099-01-01T10:00:00',
};

/** A task by its ID, as a user picks it in the panel. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
