/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { ROOT, textOf } from './packageSources';

/** What npm puts beside a package that has n8n-workflow as its only peer: it, and what it depends on itself. */
const PEERS = ['n8n-workflow', 'luxon'];

it('the built package loads with n8n-workflow alone', () => {
	const { dependencies } = JSON.parse(textOf('node_modules/n8n-workflow/package.json')) as {
		dependencies: Record<string, string>;
	};
	expect(Object.keys(dependencies)).toContain('luxon');

	const folder = mkdtempSync(join(tmpdir(), 'alone-'));
	try {
		cpSync(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true });
		cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
		mkdirSync(join(folder, 'node_modules'));
		for (const peer of PEERS) {
			symlinkSync(join(ROOT, 'node_modules', peer), join(folder, 'node_modules', peer));
		}
		const script = `
			const { n8n } = require('./package.json');
			for (const file of [...n8n.nodes, ...n8n.credentials]) {
				const [Type] = Object.values(require('./' + file));
				const type = new Type();
				console.log((type.description ?? type).name);
			}`;
		const loaded = execFileSync(process.execPath, ['-e', script], {
			cwd: folder,
			encoding: 'utf8',
		});
		// a node or credential is called as its file is
		const { n8n } = JSON.parse(textOf('package.json')) as {
			n8n: { nodes: string[]; credentials: string[] };
		};
		const names = [...n8n.nodes, ...n8n.credentials].map((file) => {
			const [name] = basename(file).split('.');
			return `${name[0].toLowerCase()}${name.slice(1)}`;
		});
		expect(names).toContain('appmixerPollingTrigger');
		expect(loaded.trim().split('\n')).toEqual(names);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
