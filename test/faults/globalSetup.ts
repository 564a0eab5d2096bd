/* eslint-disable @n8n/community-nodes/no-restricted-globals -- dev-only, never shipped */
import { ensurePrograms } from '../../scripts/faults/programs';
import { installN8n } from '../../scripts/n8n/install';
import { packChecked } from '../../scripts/pack';
import { logToConsole } from '../../scripts/showProgress';

/** Packs the package, unless another is given, and installs what is not there yet. */
export default async function globalSetup(): Promise<void> {
	ensurePrograms(logToConsole);
	await installN8n();
	process.env.FAULTS_TARBALL ??= await packChecked();
}
