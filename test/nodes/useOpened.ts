import { engine } from '../engine';

/** Opens a sandbox and what belongs to it before each test of the file, and closes it after. */
export function useOpened<Opened extends { sandbox: { close(): Promise<void> } }>(
	open: () => Promise<Opened>,
): Opened {
	const used = {} as Opened;
	beforeEach(async () => void Object.assign(used, await open()));
	afterEach(async () => {
		engine.clockAhead(0);
		await used.sandbox.close();
	});
	return used;
}
