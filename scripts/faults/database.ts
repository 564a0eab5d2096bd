/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
/** n8n's own database, past n8n: its list gives a hundred runs at a time, and is away when n8n is. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import type { Postgres } from './postgres';

export interface Database {
	/** The rows, as objects by column. */
	query<T>(sql: string): T[];
	execute(sql: string): void;
}

export const postgresDatabase = ({ sql }: Pick<Postgres, 'sql'>): Database => ({
	query: <T>(text: string) =>
		JSON.parse(sql(`select coalesce(json_agg(t), '[]') from (${text}) t`)) as T[],
	execute: (text) => void sql(text),
});

/** Run by n8n's Node.js, which has SQLite built in. */
const SQLITE = `
const { DatabaseSync } = require('node:sqlite');
const [file, sql, reads] = process.argv.slice(1);
const database = new DatabaseSync(file, { timeout: 30000 });
if (reads) process.stdout.write(JSON.stringify(database.prepare(sql).all()));
else database.exec(sql);`;
const BIG = 1024 ** 3;

/** @param nodeBin the Node.js of the installed n8n */
export function sqliteDatabase(nodeBin: string, userFolder: string): Database {
	const file = join(userFolder, '.n8n/database.sqlite');
	const run = (...args: string[]) =>
		execFileSync(nodeBin, ['--no-warnings', '-e', SQLITE, file, ...args], {
			...{ encoding: 'utf8', maxBuffer: BIG },
		});
	return {
		query: <T>(sql: string) => JSON.parse(run(sql, 'reads')) as T[],
		execute: (sql) => void run(sql),
	};
}
