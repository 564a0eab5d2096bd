import type { INodeParameters } from 'n8n-workflow';

import type { AffinitextOptions, Sandbox } from '../../../sandbox';
import { engine } from '../../engine';
import { useOpened } from '../useOpened';

type More = Partial<Parameters<typeof engine.runNode>[0]>;

/** A library that lives as long as the test, and the ways to run nodes against it. */
export interface Sandboxed {
	sandbox: Sandbox;
	library: Sandbox['affinitext'];
	/** The credential of the Task API User. */
	credential: Record<string, string>;
	run(
		operation: string,
		parameters?: INodeParameters,
		more?: More,
	): ReturnType<typeof engine.runNode>;
	/** The JSON of the items that come out. */
	output(operation: string, parameters?: INodeParameters): Promise<unknown[]>;
	calls(): string[];
}

/** Opens a library before each test of the file and closes it after. */
export function useLibrary(options?: Partial<AffinitextOptions>): Sandboxed {
	return useOpened(async () => await openLibrary(options));
}

export async function openLibrary(options?: Partial<AffinitextOptions>): Promise<Sandboxed> {
	const sandbox = await engine.startSandbox({ affinitext: options });
	const library = sandbox.affinitext;
	const credential = { baseUrl: library.url, accessToken: library.token };
	const run: Sandboxed['run'] = async (operation, parameters = {}, more = {}) =>
		await engine.runNode({
			type: 'affinitext',
			credential,
			parameters: { resource: 'task', operation, ...parameters },
			...more,
		});
	return {
		sandbox,
		library,
		credential,
		run,
		async output(operation, parameters) {
			const { outputs, error } = await run(operation, parameters);
			expect(error).toBeNull();
			return outputs[0].map(({ json }) => json);
		},
		calls: () => library.requests.map(({ method, path }) => `${method} ${path}`),
	};
}

/** A task by its ID, as a user enters it in the panel. */
export const byId = (value: string | number) => ({ __rl: true, mode: 'id', value: String(value) });
