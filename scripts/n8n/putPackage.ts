/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Manifest extends Record<string, unknown> {
	name: string;
	version: string;
	dependencies?: Record<string, string>;
}

/**
 * Puts a packed package where n8n puts a community package it installs, in the same shape: unpacked under `.n8n/nodes/node_modules`,
 * without its dev, peer and optional dependencies, and listed in `.n8n/nodes/package.json`. n8n loads what it finds there at its start.
 * n8n itself takes packages only from a registry, and another registry than npm's only with a licence.
 * @throws Error when the package has runtime dependencies: n8n would install them from the registry
 */
export function putPackage(tarball: string, userFolder: string): { name: string; version: string } {
	const nodes = join(userFolder, '.n8n/nodes');
	mkdirSync(join(nodes, 'node_modules'), { recursive: true });
	const unpacked = mkdtempSync(join(nodes, 'unpack-'));
	execFileSync('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1']);

	const manifestFile = join(unpacked, 'package.json');
	const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest;
	const { name, version, dependencies = {} } = manifest;
	if (Object.keys(dependencies).length > 0) {
		throw new Error(`${name} has runtime dependencies (${Object.keys(dependencies).join(', ')})`);
	}
	for (const kind of ['devDependencies', 'peerDependencies', 'optionalDependencies'])
		delete manifest[kind];
	writeFileSync(manifestFile, JSON.stringify(manifest, null, 2));

	const target = join(nodes, 'node_modules', name);
	rmSync(target, { recursive: true, force: true });
	mkdirSync(dirname(target), { recursive: true });
	renameSync(unpacked, target);
	const ledger = { name: 'installed-nodes', private: true, dependencies: { [name]: version } };
	writeFileSync(join(nodes, 'package.json'), JSON.stringify(ledger, null, 2));
	return { name, version };
}
