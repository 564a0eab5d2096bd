/* eslint-disable @n8n/community-nodes/no-restricted-globals -- dev-only, never shipped */
import { startN8n, type N8nInstance } from '../../scripts/n8n/start';
import { packChecked } from '../../scripts/pack';

/** What test files need of the n8n they share. It travels as text: jest runs them in processes of their own. */
export type SharedN8n = Pick<
	N8nInstance,
	'url' | 'login' | 'logFile' | 'userFolder' | 'version'
> & {
	tarball: string;
};

declare global {
	var sharedInstance: N8nInstance | undefined;
}

/** Packs the package and starts one n8n with it for all e2e test files. */
export default async function globalSetup(): Promise<void> {
	const tarball = await packChecked();
	const instance = await startN8n({ tarball });
	globalThis.sharedInstance = instance;
	const { url, login, logFile, userFolder, version } = instance;
	const shared: SharedN8n = { url, login, logFile, userFolder, version, tarball };
	process.env.SHARED_N8N = JSON.stringify(shared);
}
