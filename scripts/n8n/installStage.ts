/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { identify, isRunning, type ProcessIdentity } from '../isRunning';
import { spawnOwned } from '../ownedProcesses';
import type { Log } from '../showProgress';

const RUNNING = 'running.json';
const OUTPUT = 'last-output.log';
const TAIL_LINES = 30;

/**
 * Our environment without what npm has set in it when it runs our scripts: node-gyp lets an `npm_config_nodedir` from
 * there win over its own arguments and would compile against another Node.js. Registry and proxy settings stay.
 */
function toolEnvironment(extra: Record<string, string>): NodeJS.ProcessEnv {
	const kept = Object.entries(process.env).filter(
		([name]) =>
			!/^npm_config_(nodedir|prefix|ignore_scripts|omit|devdir|target|runtime|global)/i.test(name),
	);
	return { ...Object.fromEntries(kept), CI: '1', NODE_OPTIONS: '', ...extra };
}

/**
 * Runs one tool of the install in its own process group and writes down which, for `endLeftOver`.
 * @returns what it printed, both streams
 * @throws Error with the last 30 lines of its output when it does not end with 0
 */
export async function runTool(
	dir: string,
	command: string,
	args: string[],
	cwd: string,
	env: Record<string, string> = {},
): Promise<string> {
	const outputFile = join(dir, OUTPUT);
	const output = openSync(outputFile, 'w');
	const child = spawnOwned(command, args, {
		cwd,
		env: toolEnvironment(env),
		stdio: ['ignore', output, output],
	});
	closeSync(output);
	if (child.pid !== undefined)
		writeFileSync(join(dir, RUNNING), JSON.stringify(identify(child.pid)));
	const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
	rmSync(join(dir, RUNNING), { force: true });
	const printed = readFileSync(outputFile, 'utf8');
	if (code === 0) return printed;
	const tail = printed.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
	throw new Error(`${[command, ...args].join(' ')}\nended with ${code ?? signal}:\n${tail}`);
}

/** Ends the tool that a killed install left running in this folder, so that two do not write at once. */
export async function endLeftOver(dir: string, log: Log): Promise<void> {
	let tool: ProcessIdentity;
	try {
		tool = JSON.parse(readFileSync(join(dir, RUNNING), 'utf8')) as ProcessIdentity;
	} catch {
		return;
	}
	if (isRunning(tool)) {
		log(`Ending process ${tool.pid}, which a killed install left running`);
		process.kill(-tool.pid, 'SIGKILL');
		while (isRunning(tool)) await wait(100);
	}
	rmSync(join(dir, RUNNING), { force: true });
}
