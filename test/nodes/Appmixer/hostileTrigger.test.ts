/** @jest-environment ./test/engine/environment.ts */
/** The requests of publishing, unpublishing, a call about a task that is due, and the gate, each answered by a hostile server. */
import axios from 'axios';

import type { Sandbox } from '../../../sandbox';
import { engine, type SeenError } from '../../engine';
import { CUT, ENDLESS, NONSENSE, REDIRECTS, RETRY_AFTER } from '../../hostile/answers';
import { ask, openHostile, type Answer } from '../../hostile/hostileServer';
import { inParallel, problemOf } from '../../hostile/problems';
import { NEW_TASK } from './sandboxed';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await engine.startSandbox();
});
afterEach(() => engine.deadlinesDividedBy(1));
afterAll(async () => await sandbox.close());

const named = (names: string[], from: Record<string, Answer>) =>
	Object.fromEntries(names.map((name) => [name, from[name]]));
const ANSWERS: Record<string, Answer> = {
	...named(['cut in the body'], CUT),
	...named(['drip', 'a 401 that drips'], ENDLESS),
	...named(['302 to another host', '303 to itself'], REDIRECTS),
	...named(['a page with 200', 'a page with 500', 'null'], NONSENSE),
	...named(['100,000 levels of objects', 'an error of odd shape'], NONSENSE),
	...named(['429, Retry-After: 1e9'], RETRY_AFTER),
};
/** What is asked for is done, and the answer says nothing of it. */
const doneAllTheSame =
	(answer: Answer): Answer =>
	async (socket, asked) => {
		await ask(sandbox.url, asked);
		await answer(socket, asked);
	};

/** To a DELETE it is an answer like any other. */
const toAll =
	({ name, answer }: Case): Answer =>
	async (socket, asked) => {
		const isAnswer = name === 'null' && asked.method === 'DELETE';
		await (isAnswer ? doneAllTheSame(answer) : answer)(socket, asked);
	};

const EVENTS = ['approved', 'due', 'rejected'];
const credentialAt = (baseUrl: string) => ({
	...{ baseUrl, authentication: 'accessToken', apiPath: 'plugin' },
	accessToken: String(engine.ADA.accessToken),
});
const pendingOf = (taskIds: string[]) =>
	sandbox.appmixer.webhooks.filter(
		({ taskId, status }) => taskIds.includes(taskId) && status === 'pending',
	);
const log: string[] = [];
function logged(): string {
	log.push(...engine.logged());
	return log.join('\n');
}

const opened: Array<{ close(): Promise<void> }> = [];
afterEach(async () => {
	await Promise.all(opened.splice(0).map(async (one) => await one.close()));
});

async function openTrigger() {
	const tasks = [1, 2].map(() => sandbox.appmixer.createTask().taskId);
	const parameters = { events: EVENTS, watch: 'selected', taskIds: tasks.join() };
	const trigger = await engine.openTrigger({ parameters, credential: credentialAt(sandbox.url) });
	opened.push(trigger);
	return { tasks, trigger };
}

async function publish() {
	const opening = await openTrigger();
	await opening.trigger.create();
	return opening;
}

const ASKING = {
	type: 'appmixer',
	parameters: { resource: 'task', operation: 'sendAndWait', ...NEW_TASK, decisionBy: '' },
};
async function park() {
	const wait = await engine.openWait({ ...ASKING, credential: credentialAt(sandbox.url) });
	opened.push(wait);
	return wait;
}

const seen = (error: unknown): SeenError => {
	const { name, message, description } = engine.seenError(error);
	return { name, message, description: description ?? message, httpCode: null, itemIndex: null };
};

interface Case {
	answer: Answer;
	name: string;
	skip: number;
}
/** These say that it was not done. */
const NOT_DONE = ['302 to another host', '429, Retry-After: 1e9', 'an error of odd shape'];
/** @param steps how many requests are served before */
const casesFor = (...steps: number[]): Case[] =>
	Object.entries(ANSWERS).flatMap(([name, answer]) =>
		steps.flatMap((skip) => [
			{ name, answer, skip },
			...(NOT_DONE.includes(name)
				? []
				: [{ name: `${name}, but done`, answer: doneAllTheSame(answer), skip }]),
		]),
	);

/** What is wrong in any of the cases, each of which is prepared at a good server first. */
async function problemsIn<P>(
	cases: Case[],
	prepare: () => Promise<P>,
	act: (prepared: P, url: string, one: Case) => Promise<string | null>,
) {
	const prepared = await inParallel(cases, 8, prepare);
	engine.deadlinesDividedBy(30);
	const found = await inParallel(cases, 48, async (one) => {
		const server = await openHostile(toAll(one), { behind: sandbox.url, skip: one.skip });
		const began = performance.now();
		try {
			const problem = await act(prepared[cases.indexOf(one)], server.url, one);
			const ms = performance.now() - began;
			if (ms > 20_000) return `${one.name}, ${one.skip}: took ${ms} ms`;
			return problem && `${one.name}, ${one.skip}: ${problem}`;
		} finally {
			await server.close();
		}
	});
	return found.filter((problem) => problem !== null);
}

it('publishing ends with a sentence, and leaves nothing pending that nobody knows of', async () => {
	const problems = await problemsIn(
		casesFor(0, 2, 3, 4),
		openTrigger,
		async ({ tasks, trigger }, url) => {
			trigger.credential.baseUrl = url;
			let told: SeenError | null = null;
			try {
				await trigger.create();
			} catch (error) {
				told = seen(error);
			}
			const known = `${JSON.stringify(trigger.staticData())} ${logged()} ${told?.message} ${told?.description}`;
			const unknown = pendingOf(tasks).filter(
				({ webhookId, taskId }) =>
					!known.includes(webhookId) &&
					!known.includes(`may have registered a webhook for task ${taskId}`),
			);
			if (unknown.length > 0) return `unknown: ${JSON.stringify(unknown)} ${told?.message}`;
			if (told === null) {
				return pendingOf(tasks).length >= 2 ? null : 'it succeeded, and does not watch';
			}
			return problemOf({ error: told });
		},
	);
	expect(problems).toEqual([]);
});

it('unpublishing ends with a sentence that names what is left', async () => {
	const problems = await problemsIn(casesFor(0, 2, 3), publish, async ({ tasks, trigger }, url) => {
		trigger.credential.baseUrl = url;
		let told: SeenError | null = null;
		try {
			await trigger.delete();
		} catch (error) {
			told = seen(error);
		}
		const left = pendingOf(tasks).filter(({ webhookId }) => !told?.message.includes(webhookId));
		if (left.length > 0) return `left: ${JSON.stringify(left)} ${told?.message}`;
		return told && !/could not be removed/.test(told.message) ? told.message : null;
	});
	expect(problems).toEqual([]);
});

const due = async ({ url, taskId }: { url: string; taskId: string }) =>
	(await axios.post(url, { taskId, status: 'due' }, { validateStatus: () => true, proxy: false }))
		.status;

it('a call about a task that is due is refused in time, to be sent again', async () => {
	const problems = await problemsIn(casesFor(0), publish, async ({ tasks, trigger }, url) => {
		trigger.credential.baseUrl = url;
		const status = await due(pendingOf(tasks)[0]);
		const { emitted, server } = trigger;
		if (server.thrown.length > 0) return `threw ${String(server.thrown[0])}`;
		return status === 503 && emitted.length === 0 ? null : `${status} ${JSON.stringify(emitted)}`;
	});
	expect(problems).toEqual([]);
});

it('a gate names the task that it has asked about, or waits', async () => {
	const nothing = async () => await Promise.resolve();
	const problems = await problemsIn(casesFor(0, 1, 2), nothing, async (_, url, { skip }) => {
		const { error, waitTill } = await engine.runNode({ ...ASKING, credential: credentialAt(url) });
		// F13: the second look only saves time
		if (skip === 2) return error?.message ?? (waitTill ? null : 'it does not wait');
		if (error === null) return 'it waits';
		const text = `${error.message} ${error.description}`;
		if (skip === 1 && !/^Task \S+ was created, .*enter \S+\.$/.test(text)) return text;
		return problemOf({ error });
	});
	expect(problems).toEqual([]);
});

it('a gate that is called about a task that is due refuses in time, and waits on', async () => {
	const problems = await problemsIn(casesFor(0), park, async ({ run, resumed, server }, url) => {
		run.parked.credentials.stored.data.baseUrl = url;
		const status = await due(pendingOf([String(run.outputs[0][0].json.id)])[0]);
		if (server.thrown.length > 0) return `threw ${String(server.thrown[0])}`;
		return status === 503 && resumed.length === 0 ? null : `${status} ${JSON.stringify(resumed)}`;
	});
	expect(problems).toEqual([]);
});
