/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingTools } from '../../scripts/n8n/missingTools';

let bin: string;

beforeEach(() => {
	bin = mkdtempSync(join(tmpdir(), 'tools-test-'));
});

afterEach(() => rmSync(bin, { recursive: true, force: true }));

function program(name: string, script: string): void {
	writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
	chmodSync(join(bin, name), 0o755);
}

it('names every tool that is missing and how to get it', () => {
	program('make', 'exit 0');
	const [report, ...others] = missingTools(bin, bin);
	expect(report).toContain('a C++ compiler, Python 3');
	expect(report).not.toContain('make,');
	expect(report).toMatch(/install/);
	expect(others).toEqual([]);
});

it('reports a Python that is there but does not run', () => {
	for (const name of ['g++', 'make']) program(name, 'exit 0');
	program('python3', 'exit 127');
	expect(missingTools(bin, bin)).toEqual([expect.stringContaining('does not run')]);
});

it('is content when all is there', () => {
	for (const name of ['g++', 'make', 'python3']) program(name, 'exit 0');
	expect(missingTools(bin, bin)).toEqual([]);
});
