/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
/** A PostgreSQL of our own: no service of the machine's, on loopback and a free port. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { freePort } from '../ports';
import { partOf, type Part } from './part';
import type { Programs } from './programs';
import { openServant } from './servantUser';

const USER = 'n8n';
const DATABASE = 'postgres';
const BIG = 1024 ** 3;

export interface Postgres extends Part {
	/** For n8n's environment. */
	env: Record<string, string>;
	/** Runs SQL; a line for each row, its columns as text with `|` between them. */
	sql(text: string): string;
	/** All of it, as SQL. */
	dump(): string;
	/** Ends it and removes what it stored. */
	remove(): Promise<void>;
}

export async function startPostgres(programs: Programs, logFile: string): Promise<Postgres> {
	const servant = openServant('postgres', 'postgres', logFile);
	const data = join(servant.folder, 'data');
	const port = await freePort();
	const address = ['-h', '127.0.0.1', '-p', String(port), '-U', USER, '-d', DATABASE];
	const ask = (program: string, args: string[]) =>
		execFileSync(program, [...address, ...args], {
			...{ encoding: 'utf8', maxBuffer: BIG, stdio: ['ignore', 'pipe', 'pipe'] },
		});
	const sql = (text: string) => ask(programs.psql, ['-AtqX', '-c', text]);
	servant.run(programs.initdb, ['-D', data, '-U', USER, '-A', 'trust', '-E', 'UTF8', '--no-sync']);
	const settings = ['max_connections=200', 'listen_addresses=127.0.0.1'];
	const flags = ['-D', data, '-p', String(port), '-k', servant.folder];
	const part = partOf({
		...{ name: 'postgres', logFile },
		async launch() {
			// a killed one leaves it behind, and its pid may be taken by now
			rmSync(join(data, 'postmaster.pid'), { force: true });
			return servant.start(programs.postgres, [...flags, ...settings.flatMap((s) => ['-c', s])]);
		},
		isReady: async () => sql('select 1').trim() === '1',
	});
	await part.start();
	const connection = { HOST: '127.0.0.1', PORT: String(port), DATABASE, USER, PASSWORD: 'none' };
	const variables = Object.entries(connection).map(([key, value]) => [
		`DB_POSTGRESDB_${key}`,
		value,
	]);
	return Object.assign(part, {
		env: { DB_TYPE: 'postgresdb', ...(Object.fromEntries(variables) as Record<string, string>) },
		sql,
		dump: () => ask(programs.pg_dump, []),
		async remove() {
			await part.kill();
			servant.remove();
		},
	});
}
