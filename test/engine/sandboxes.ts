import { start, type Sandbox, type SandboxOptions } from '../../sandbox';

const open = new Set<Sandbox>();

/** As `start`; closed at the end of the test file at the latest, for one that fails before it closes it. */
export async function startSandbox(options?: SandboxOptions): Promise<Sandbox> {
	const sandbox = await start(options);
	const { close } = sandbox;
	open.add(sandbox);
	return Object.assign(sandbox, {
		close: async () => {
			open.delete(sandbox);
			await close();
		},
	});
}

export async function closeSandboxes(): Promise<void> {
	await Promise.all([...open].map(async (sandbox) => await sandbox.close()));
}
