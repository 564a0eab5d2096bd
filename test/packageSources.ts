/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';

/** The repository's root. */
export const ROOT = resolve(__dirname, '..');

/** The text of a file, by its path from the root. */
export const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** Whether a file exists, by its path from the root. */
export const exists = (file: string) => existsSync(join(ROOT, file));

/** All files in a folder and below whose names match, as paths from the root, sorted. */
export const filesIn = (folder: string, name: RegExp): string[] =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.map((file) => posix.join(folder, file))
		.filter((file) => name.test(file))
		.sort();

/** What a source file imports: package names, and paths from the root for files. */
export function importsOf(file: string): string[] {
	const specifiers = [
		...textOf(file).matchAll(
			/(?:^(?:import|export|\}) .*\bfrom |^import |\brequire\()['"]([^'"]+)['"]/gm,
		),
	];
	return specifiers.map(([, name]) =>
		name.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(file), name)) : name,
	);
}
