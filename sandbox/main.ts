/* eslint-disable @n8n/community-nodes/no-restricted-globals -- dev-only, never shipped */
import { ADA, start } from './index';

// npx tsx sandbox/main.ts [--port N]: starts the sandbox by hand, with the jobs running by themselves.
async function main(): Promise<void> {
	const position = process.argv.indexOf('--port');
	const port = position === -1 ? 0 : Number(process.argv[position + 1]);
	const sandbox = await start({ port, clock: 'live' });
	process.stdout.write(
		`Appmixer People Task  ${sandbox.url}\nInbox                 ${sandbox.url}/inbox\n` +
			`Login                 ${ADA.email} / ${ADA.password}\n`,
	);
	for (const signal of ['SIGINT', 'SIGTERM'] as const)
		process.once(signal, () => void sandbox.close());
}

main().catch((error: unknown) => {
	process.stderr.write(`${String(error)}\n`);
	process.exitCode = 1;
});
