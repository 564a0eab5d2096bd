/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { packChecked } from '../../scripts/pack';

const ROOT = resolve(__dirname, '../..');

/** The last commit whose gate knew version 1 of its node only. */
export const BEFORE_VERSION_1_1 = 'aafbcdb';

/**
 * Packs the package as it was at a commit.
 * @throws Error of git when this clone does not have the commit, as a shallow one has not
 */
export async function packedAt(commit: string): Promise<string> {
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
