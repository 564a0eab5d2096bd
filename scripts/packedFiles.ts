/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';

const ALLOWED_BESIDE_DIST = ['README.md', 'LICENSE.md', 'package.json'];
const SOURCE_FOLDERS = ['nodes', 'credentials', 'icons'];
const ICON_REFERENCE = /['"`]file:([^'"`]+)['"`]/g;

interface Manifest {
	n8n?: { nodes?: string[]; credentials?: string[] };
}

/** The files in a packed package, relative to its root, sorted. */
export function packedFiles(tarball: string): string[] {
	const listing = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' });
	const files = listing.split('\n').filter((line) => line !== '' && !line.endsWith('/'));
	return files.map((file) => file.replace(/^package\//, '')).sort();
}

/** The icons a built node or credential names, as paths from the package's root. */
function namedIcons(packageDir: string, built: string): string[] {
	const file = join(packageDir, built);
	if (!existsSync(file)) return [];
	const references = [...readFileSync(file, 'utf8').matchAll(ICON_REFERENCE)];
	return references.map(([, icon]) => posix.join(posix.dirname(built), icon));
}

/** Where the build puts the icons and codex files that lie beside the sources. */
function copiedFiles(packageDir: string): string[] {
	return SOURCE_FOLDERS.filter((folder) => existsSync(join(packageDir, folder))).flatMap((folder) =>
		readdirSync(join(packageDir, folder), { recursive: true, encoding: 'utf8' })
			.map((file) => posix.join('dist', folder, file.split('\\').join('/')))
			.filter((file) => /\.(svg|png|node\.json)$/.test(file)),
	);
}

/** What n8n will look for in the package, from its built state on disk: registered files, their icons, the nodes' codex files. */
export function requiredFiles(packageDir: string): string[] {
	const manifest = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as Manifest;
	const { nodes = [], credentials = [] } = manifest.n8n ?? {};
	const registered = [...nodes, ...credentials].map((file) => posix.normalize(file));
	const codex = nodes.map((file) => posix.normalize(file).replace(/\.js$/, '.json'));
	const icons = registered.flatMap((file) => namedIcons(packageDir, file));
	return [...new Set([...registered, ...codex, ...icons, ...copiedFiles(packageDir)])];
}

/**
 * Compares what is packed with what has to be.
 * @returns one sentence for each file that is missing or does not belong there; empty when all is well
 */
export function packingFaults(packed: string[], required: string[]): string[] {
	const missing = required.filter((file) => !packed.includes(file));
	const foreign = packed.filter(
		(file) => !file.startsWith('dist/') && !ALLOWED_BESIDE_DIST.includes(file),
	);
	return [
		...missing.map((file) => `${file} is missing`),
		...foreign.map((file) => `${file} does not belong there`),
	];
}
