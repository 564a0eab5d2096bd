import { start as startSandbox } from '../../sandbox';
import { startChatModel } from '../../sandbox/chatModel';
import { startMail } from '../../sandbox/mail';
import { startN8n, type N8nInstance } from '../n8n/start';
import { packChecked } from '../pack';
import { logToConsole, showProgress } from '../showProgress';
import type { Examples } from './examples';
import { prepare, type ReadyStage } from './prepare';

export interface Demo extends ReadyStage {
	n8n: N8nInstance;
	/** Ends everything and removes what was written. */
	stop(): Promise<void>;
}

async function pack(): Promise<string> {
	return await showProgress(logToConsole, 'Build and pack', async () => await packChecked());
}

/**
 * Starts the stand-in for Appmixer, a mail server and a real n8n with the packed build, and publishes the examples.
 * @param packed a tarball to use instead of building one
 */
export async function startDemo(examples: Examples, packed?: string): Promise<Demo> {
	const n8n = await startN8n({ tarball: packed ?? (await pack()) });
	const sandbox = await startSandbox({ clock: 'live' });
	const mail = await startMail();
	const model = await startChatModel();
	const stage = { rest: n8n.rest, sandbox, mail, model };
	const ready = await showProgress(
		logToConsole,
		'Import and publish the examples',
		async () => await prepare(stage, examples),
	);
	return {
		...ready,
		n8n,
		async stop() {
			await n8n.stop();
			await Promise.all([sandbox.close(), mail.close(), model.close()]);
		},
	};
}
