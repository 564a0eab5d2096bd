import { sleep } from 'n8n-workflow';

import { ADA, start, type Sandbox } from '../../sandbox';
import { startChatModel, type ChatModel } from '../../sandbox/chatModel';
import { startMail, type MailSink } from '../../sandbox/mail';
import { readExamples } from '../../scripts/demo/examples';
import { line, playAll, playStory, type Played } from '../../scripts/demo/play';
import { prepare, publish, type ReadyStage } from '../../scripts/demo/prepare';
import { stories } from '../../scripts/demo/stories';
import { identify, isRunning } from '../../scripts/isRunning';
import { listenersOn } from '../../scripts/ports';
import { runDemo } from './runDemo';
import { sharedN8n } from './sharedN8n';

const MINUTE = 60_000;
jest.setTimeout(12 * MINUTE);

const examples = readExamples();
let sandbox: Sandbox;
let mail: MailSink;
let model: ChatModel;
let stage: ReadyStage;
let tarball: string;
let demo: ReturnType<typeof runDemo> | undefined;

beforeAll(async () => {
	const shared = await sharedN8n();
	({ tarball } = shared);
	sandbox = await start();
	mail = await startMail();
	model = await startChatModel();
	stage = await prepare({ rest: shared.rest, sandbox, mail, model }, examples);
});

afterEach(() => demo?.abandon());
afterAll(async () => {
	await sandbox.close();
	await mail.close();
	await model.close();
});

/** Tokens, task secrets, keys of callbacks and resume URLs, by their shape; and what is typed into the credential. */
const SECRET = new RegExp(
	`[0-9a-f]{64}|eyJ[\\w-]{10}|signature=|${ADA.accessToken}|${ADA.password}`,
);

/** Waits for something to be over; the assertion that follows says whether it was. */
async function settled(over: () => boolean | Promise<boolean>): Promise<void> {
	for (let attempt = 0; attempt < 50 && !(await over()); attempt++) await sleep(200);
}

it('notices two swapped branches', async () => {
	const swapped = readExamples().purchase;
	const outputs = swapped.connections['Ask the Approver'].main;
	[outputs[1], outputs[2]] = [outputs[2], outputs[1]];
	const purchase = await publish(stage.rest, swapped);
	const [approved] = stories({ ...stage, purchase }, examples);
	const played = await playStory(stage, approved);
	expect(played.differs).toEqual([
		'it ended in "Decline the Request" instead of "Place the Order"',
		'result is "Declined" instead of "Ordered"',
	]);
	expect(line(played)).toContain('FAILED approved in the inbox');
});

describe('npm run demo', () => {
	let all: Promise<Played[]>;
	// one of the stories waits for minutes: the other tests run meanwhile
	beforeAll(() => {
		all = playAll(stage, examples);
		all.catch(() => undefined);
	});

	it('--auto fails when n8n stops meanwhile', async () => {
		demo = runDemo(['--auto', '--tarball', tarball]);
		await demo.prints('Playing the stories in n8n 2.40.7');
		demo.killN8n();
		expect(await demo.end()).toBe(1);
		expect(demo.printed()).toContain('FAILED approved in the inbox');
		expect(demo.printed()).toMatch(/[01] stories as expected, 2[34] not\./);
	});

	it('leaves no process and no port after Ctrl-C', async () => {
		demo = runDemo(['--tarball', tarball]);
		await demo.prints('Ctrl-C stops everything.');
		const listeners = demo.ports().map(listenersOn);
		expect(listeners.length).toBeGreaterThanOrEqual(3);
		expect(listeners).not.toContainEqual([]);
		// who still listens later is another one, if these have ended
		const running = [...demo.processes(), ...listeners.flat().map(identify)];
		expect(running.length).toBeGreaterThanOrEqual(3 + listeners.length);

		demo.ctrlC();
		await demo.end();
		expect(demo.printed()).not.toMatch(SECRET);
		await settled(() => !running.some(isRunning));
		expect(running.filter(isRunning)).toEqual([]);
	});

	it('plays all stories as expected', async () => {
		const played = await all;
		expect(sandbox.appmixer.secretOf('grace@example.com')).toMatch(SECRET);
		expect(played.map(line).join('\n')).not.toMatch(SECRET);
		expect(played.flatMap(({ name, differs }) => differs.map((one) => `${name}: ${one}`))).toEqual(
			[],
		);
		expect(played.map(({ name, end }) => [name, end?.node])).toEqual([
			['open tasks of five systems', 'Open Tasks'],
			['approved in the inbox', 'Place the Order'],
			['rejected in the inbox', 'Decline the Request'],
			['approved by e-mail link', 'Pay It Back'],
			['rejected by e-mail link', 'Do Not Pay'],
			['a decision starts a workflow', 'Tell the Requester'],
			['two of three approve', 'Release the Budget'],
			['the manager, then the director', 'Place the Order'],
			['the manager is enough', 'Place the Order'],
			['one run for each line', 'Place the Order'],
			['an agent asks a human', 'Tell What Was Done'],
			['an agent is refused', 'Tell What Was Done'],
			['approved in Nutrient', 'Place the Order'],
			['reminded before it is due', 'Remind the Approver'],
			['decisions not carried out', 'Not Carried Out'],
			['a form adds a task to CRM2', 'Sum Up'],
			['the second approver', 'Do It'],
			['nobody answers, date passes', 'Ask Somebody Else'],
			['nobody answers, time-out', 'Ask Somebody Else'],
			['ten lines, one order', 'Leave It Out'],
			['behind a firewall', 'Place the Order'],
			['reviewed in Mambu', 'Tell the Loan Desk'],
			['new in Affinitext', 'Tell the Assignee'],
			['approved by rule in Nutrient', 'Approve It'],
		]);
	});
});
