/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { privateFolder } from '../../../scripts/faults/privateFolder';
import { until } from '../../e2e/triggerStage';

it('is there until it is removed', () => {
	const { path, remove } = privateFolder('test');
	writeFileSync(join(path, 'a file'), '');
	remove();
	expect(existsSync(path)).toBe(false);
});

it('is gone after its process was killed', async () => {
	const module = join(__dirname, '../../../scripts/faults/privateFolder.ts');
	const code = `const { path } = require(${JSON.stringify(module)}).privateFolder('test');
		require('node:fs').writeFileSync(path + '/a file', '');
		console.log(path);
		setInterval(() => {}, 1000);`;
	const owner = spawn(process.execPath, ['--import', 'tsx', '-e', code]);
	const [printed] = (await once(owner.stdout, 'data')) as [Buffer];
	const path = String(printed).trim();
	expect(existsSync(path)).toBe(true);
	owner.kill('SIGKILL');
	await until('it is gone', () => !existsSync(path), 30_000);
});
