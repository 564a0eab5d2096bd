/** @jest-environment ./test/engine/environment.ts */
/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { gzipSync } from 'node:zlib';

import type { Sandbox } from '../../sandbox';
import { engine } from '../engine';
import { BOMBS, CUT, ENDLESS, LARGE, NONSENSE, REDIRECTS, RETRY_AFTER } from '../hostile/answers';
import { ask, head, whole, type Answer } from '../hostile/hostileServer';
import { actAt, inParallel, problemOf } from '../hostile/problems';
import { addressOf, VENDORS, waysInOf, type WayIn } from '../hostile/waysIn';

let sandbox: Sandbox;
/** 63 operations, five polls, every list in the editor, login and Test button. */
let ways: WayIn[];
beforeAll(async () => {
	sandbox = await engine.startSandbox();
	ways = (await Promise.all(VENDORS.map(async (one) => await waysInOf(sandbox, one)))).flat();
});
afterEach(() => engine.deadlinesDividedBy(1));
afterAll(async () => await sandbox.close());

/** A read, a write, a login and a Test button, none of which may take anything for its answer. */
const SOME = [
	'affinitext searchTasks',
	'appmixer task:create',
	'appmixer login, password',
	'mambu task:getAll',
	'mambu Test button',
	'nutrient poll',
	'nutrient user:getAll',
	'opentaps task:getAll',
	'opentaps Test button, temporary token, logging in',
];
const nameOf = ({ vendor, name }: WayIn) => `${vendor} ${name}`;
const some = (names = SOME) => ways.filter((way) => names.includes(nameOf(way)));

type Answers = Record<string, Answer>;
const MINUTE = 60_000;

/** In Affinitext any record may be a task; this one has no ID to pick it by. */
const ONE_TASK = /^affinitext searchTasks, a success of odd shape/;

/** What is wrong with how each way in ends at a server that answers like that. */
async function problemsOf(
	all: WayIn[],
	answers: Answers,
	{ atATime = 48, isFine = [] as RegExp[], skip = 0, longest = MINUTE / 2 } = {},
): Promise<string[]> {
	const pairs = Object.keys(answers).flatMap((answer) => all.map((way) => ({ way, answer })));
	const found = await inParallel(pairs, atATime, async ({ way, answer }) => {
		const outcome = await actAt(way, answers[answer], {
			behind: addressOf(sandbox, way.vendor),
			skip: way.logsIn + skip,
		});
		const what = `${nameOf(way)}, ${answer}`;
		if (outcome.ms > longest) return `${what}: took ${outcome.ms} ms`;
		// fewer requests are needed than are served
		if (outcome.answered === 0 || isFine.some((one) => one.test(what))) return null;
		const problem = problemOf(outcome);
		return problem && `${what}: ${problem} ${JSON.stringify(outcome.output ?? null).slice(0, 200)}`;
	});
	return found.filter((problem) => problem !== null);
}

describe('some ways in to a hostile server end with a sentence', () => {
	it('F5: whose answer is cut, wherever that is', async () => {
		expect(await problemsOf(some(), CUT)).toEqual([]);
	});

	it('F6: whose answer does not end', async () => {
		engine.deadlinesDividedBy(60);
		expect(await problemsOf(some(), ENDLESS)).toEqual([]);
	});

	it('that redirects, wherever that leads', async () => {
		expect(await problemsOf(some(), REDIRECTS)).toEqual([]);
	});

	it('that answers in no words of the service', async () => {
		expect(await problemsOf(some(), NONSENSE, { isFine: [ONE_TASK] })).toEqual([]);
	});

	it('E10: that asks to wait for any time, but they do not wait long', async () => {
		expect(await problemsOf(some(), RETRY_AFTER)).toEqual([]);
	});

	it('F12: that says no in 50 MB, or in a header of 100 KB', async () => {
		const few = some(['nutrient user:getAll']);
		expect(await problemsOf(few, LARGE, { atATime: 2 })).toEqual([]);
	});
});

describe('a few packed MB that unpack to GBs', () => {
	it.each(['mambu task:create', 'nutrient user:getAll', 'opentaps Test button'])(
		'are not taken in by %s',
		async (name) => {
			const before = process.memoryUsage().rss;
			const answers = name === 'nutrient user:getAll' ? BOMBS : { bomb: BOMBS['gzip bomb'] };
			expect(await problemsOf(some([name]), answers, { atATime: 1 })).toEqual([]);
			expect(process.memoryUsage().rss - before).toBeLessThan(1_500_000_000);
		},
	);

	it('are told as what is too large', async () => {
		const [way] = some(['nutrient user:getAll']);
		const behind = addressOf(sandbox, way.vendor);
		const { error } = await actAt(way, BOMBS['gzip bomb'], { behind });
		expect([error?.message, error?.description]).toEqual([
			'Nutrient sent what cannot be read (HTTP 200): could not list users',
			'Its answer is larger than 128 MB. Ask for less of it.',
		]);
	});
});

/** Odd, but an answer all the same. */
const ODD: Record<string, (body: Buffer) => Buffer | string> = {
	'without a length, by HTTP/1.0': (body) => `${head(200, JSON_TYPE, '1.0')}${body.toString()}`,
	'in chunks, with a trailer': (body) =>
		`${head(200, { ...JSON_TYPE, 'transfer-encoding': 'chunked', trailer: 'x' })}${body.length.toString(16)}\r\n${body.toString()}\r\n0\r\nx: y\r\n\r\n`,
	'after 100, 102 and 103': (body) =>
		`HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${whole(200, JSON_TYPE, body).toString()}`,
	'as a page': (body) => whole(200, { 'content-type': 'text/html' }, body),
	'as an image': (body) => whole(200, { 'content-type': 'image/png' }, body),
	'after a byte order mark': (body) => whole(200, JSON_TYPE, `\uFEFF${body.toString()}`),
	'in gzip': (body) => whole(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }, gzipSync(body)),
	'in what an old server calls gzip': (body) =>
		whole(200, { ...JSON_TYPE, 'content-encoding': 'x-gzip' }, gzipSync(body)),
	'with a charset for an encoding': (body) =>
		whole(200, { ...JSON_TYPE, 'content-encoding': 'utf-8' }, body),
	'with status 299': (body) => whole(299, JSON_TYPE, body),
	'with keys of objects': (body) =>
		whole(
			200,
			JSON_TYPE,
			body.toString().replaceAll(/\{(?=")/g, '{"__proto__":{"polluted":1},"constructor":[1],'),
		),
};
const JSON_TYPE = { 'content-type': 'application/json' };

it('a list that comes in an odd way is read as ever', async () => {
	// each look makes a task, and one page shows no more than this
	for (let task = 0; task < 50; task++) sandbox.mambu.createTask();
	const lists = some(['mambu task:getAll', 'nutrient user:getAll', 'affinitext task:getAll']);
	const failed = await inParallel(
		lists.flatMap((way) => Object.keys(ODD).map((odd) => ({ way, odd }))),
		16,
		async ({ way, odd }) => {
			const behind = addressOf(sandbox, way.vendor);
			const { output: expected } = await way.act(behind);
			const answer: Answer = async (socket, asked) =>
				void socket.end(ODD[odd]((await ask(behind, asked)).data));
			const { error, output } = await actAt(way, answer, { behind });
			const isSame = JSON.stringify(output) === JSON.stringify(expected);
			return error || (!isSame && odd !== 'with keys of objects')
				? [nameOf(way), odd, error, output]
				: [];
		},
	);
	expect(failed.flat()).toEqual([]);
	expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

/** What the services document of these is any answer, or none. */
const ANY_ANSWER = [
	/^opentaps (activity|tag|task):(?!get)/,
	/^nutrient (file:|report:export|task:(approve|comp|dec|rea|rej)|user:(cre|upd)|request:cancel|process:start)/,
	/^appmixer webhook:delete/,
	/^mambu task:delete/,
	// shows the types that every domain has where it cannot read this one's
	/^opentaps searchActivityTypes/,
];

describe('every way in ends with a sentence', () => {
	const first = (names: string[], from: Answers): Answers =>
		Object.fromEntries(names.map((name) => [name, from[name]]));

	it('F5: when its answer is cut, redirected, or a page', async () => {
		const answers = {
			...first(['cut in the body'], CUT),
			...first(['302 to another host'], REDIRECTS),
			...first(['a page with 200', 'a page with 500'], NONSENSE),
		};
		const isFine = [/^opentaps searchActivityTypes/];
		expect(await problemsOf(ways, answers, { isFine })).toEqual([]);
	});

	it('when nothing came, null, or 100,000 levels', async () => {
		const answers = first(['nothing with 200', 'null', '100,000 levels of objects'], NONSENSE);
		expect(await problemsOf(ways, answers, { isFine: ANY_ANSWER })).toEqual([]);
	});

	it('F6: when its answer drips in', async () => {
		engine.deadlinesDividedBy(120);
		expect(await problemsOf(ways, first(['drip'], ENDLESS), { atATime: 100 })).toEqual([]);
	});

	// of the gate a person is asked by then, and of a Test button n8n itself asks once more
	it('when the second request is the first that is answered like that', async () => {
		const answers = first(['a page with 200', '100,000 levels of objects'], NONSENSE);
		const isFine = [...ANY_ANSWER, /^appmixer task:sendAndWait/, /Test button/];
		expect(await problemsOf(ways, answers, { isFine, skip: 1 })).toEqual([]);
	});
});
