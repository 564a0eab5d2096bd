/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { packChecked } from '../../scripts/pack';

const ROOT = resolve(__dirname, '../..');

/** The last commit whose gate knew version 1 of its node only. */
export const BEFORE_VERSION_1_1 = 'aafbcdb';

/** Whether this clone has the commit: a shallow one has not. */
function hasCommit(commit: string): boolean {
	try {
		execFileSync('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: ROOT, stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

/**
 * Packs the package as it was at a commit; in a clone that does not have it, as it is, and says so.
 * @throws Error in a CI whose clone does not have it: a test that passes there would have shown nothing
 */
export async function packedAt(commit: string): Promise<string> {
	if (!hasCommit(commit)) {
		if (process.env.CI) {
			throw new Error(`This clone does not have commit ${commit}: check out the whole history`);
		}
		process.stderr.write(
			`This clone does not have commit ${commit}: the update is from the package as it is, not from the earlier one\n`,
		);
		return await packChecked(ROOT);
	}
	const folder = mkdtempSync(join(tmpdir(), 'earlier-'));
	try {
		const archive = join(folder, 'tree.tar');
		execFileSync('git', ['archive', '--output', archive, commit], { cwd: ROOT });
		execFileSync('tar', ['-xf', archive, '-C', folder]);
		symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
		return await packChecked(folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
