/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error, no-console -- dev-only, never shipped */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { whenWeEnd } from './ownedProcesses';
import { packedFiles, packingFaults, requiredFiles } from './packedFiles';

const ROOT = resolve(__dirname, '..');

function run(command: string, args: string[], cwd: string): void {
	try {
		execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
	} catch (error) {
		const { stdout, stderr } = error as { stdout?: string; stderr?: string };
		throw new Error(
			`${[command, ...args].join(' ')} failed:\n${stdout ?? ''}${stderr ?? String(error)}`,
		);
	}
}

/**
 * Builds and packs the package and checks what is in the tarball. Built explicitly: with `ignore-scripts` npm skips
 * `prepack`, which gives an empty package without an error.
 * @param packageDir default: this repository
 * @param options.build `false` packs what is in `dist`
 * @param options.keep whether the tarball stays when this process has ended
 * @returns the tarball, in a new temporary folder
 * @throws Error that names each registered file, icon or codex file that is missing, and each file that does not belong
 */
export async function packChecked(
	packageDir = ROOT,
	options: { build?: boolean; keep?: boolean } = {},
): Promise<string> {
	if (options.build ?? true) {
		run('npm', ['run', 'build'], packageDir);
	}
	const folder = mkdtempSync(join(tmpdir(), 'packed-'));
	if (!options.keep) whenWeEnd(() => rmSync(folder, { recursive: true, force: true }));
	run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], packageDir);
	const tarball = join(folder, readdirSync(folder)[0]);
	const faults = packingFaults(packedFiles(tarball), requiredFiles(packageDir));
	if (faults.length === 0) return tarball;
	rmSync(folder, { recursive: true, force: true });
	throw new Error(`The packed package is not right:\n- ${faults.join('\n- ')}`);
}

if (require.main === module) {
	packChecked(ROOT, { keep: true }).then(
		(tarball) =>
			console.log([tarball, ...packedFiles(tarball).map((file) => `  ${file}`)].join('\n')),
		(error: Error) => {
			console.error(error.message);
			process.exitCode = 1;
		},
	);
}
