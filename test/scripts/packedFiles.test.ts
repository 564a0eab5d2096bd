/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packChecked } from '../../scripts/pack';
import { packedFiles } from '../../scripts/packedFiles';

const NODE = 'dist/nodes/Probe/Probe.node.js';
const CREDENTIAL = 'dist/credentials/ProbeApi.credentials.js';

const WHOLE: Record<string, string> = {
	'README.md': '# Probe',
	'LICENSE.md': 'MIT',
	[NODE]: "exports.Probe = { icon: { light: 'file:probe.svg', dark: 'file:probe.dark.svg' } };",
	'dist/nodes/Probe/Probe.node.json': '{}',
	'dist/nodes/Probe/probe.svg': '<svg/>',
	'dist/nodes/Probe/probe.dark.svg': '<svg/>',
	[CREDENTIAL]: "exports.ProbeApi = { icon: 'file:probe.svg' };",
	'dist/credentials/probe.svg': '<svg/>',
};

let folder: string;
let made: string[];

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'pack-test-'));
	made = [];
});

afterEach(() => {
	for (const path of [folder, ...made]) rmSync(path, { recursive: true, force: true });
});

async function pack(files: Record<string, string>, listed = ['dist']): Promise<string[]> {
	const manifest = {
		name: 'n8n-nodes-probe',
		version: '1.0.0',
		files: listed,
		n8n: { nodes: [NODE], credentials: [CREDENTIAL] },
	};
	const all = { ...files, 'package.json': JSON.stringify(manifest) };
	for (const [file, content] of Object.entries(all)) {
		mkdirSync(dirname(join(folder, file)), { recursive: true });
		writeFileSync(join(folder, file), content);
	}
	const tarball = await packChecked(folder, { build: false });
	made.push(dirname(tarball));
	return packedFiles(tarball);
}

const without = (file: string) =>
	Object.fromEntries(Object.entries(WHOLE).filter(([name]) => name !== file));

it('packs what is registered, with README, LICENSE and manifest', async () => {
	expect(await pack(WHOLE)).toEqual([...Object.keys(WHOLE), 'package.json'].sort());
});

it.each([
	NODE,
	CREDENTIAL,
	'dist/nodes/Probe/Probe.node.json',
	'dist/nodes/Probe/probe.dark.svg',
	'dist/credentials/probe.svg',
])('fails and names %s when it is missing', async (file) => {
	await expect(pack(without(file))).rejects.toThrow(`${file} is missing`);
});

it('fails when an icon beside the sources has not been copied', async () => {
	const files = { ...WHOLE, 'nodes/Probe/other.svg': '<svg/>' };
	await expect(pack(files)).rejects.toThrow('dist/nodes/Probe/other.svg is missing');
});

it('fails and names a file that does not belong in the package', async () => {
	const files = { ...WHOLE, 'src/secret.txt': 'x' };
	await expect(pack(files, ['dist', 'src'])).rejects.toThrow(
		'src/secret.txt does not belong there',
	);
});
