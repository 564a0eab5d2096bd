import { stringify } from 'flatted';

import { ADA, BOB } from '../../sandbox';
import {
	ACCESS_TOKEN,
	ASKING,
	CALLBACK_SECRET,
	PASSWORD,
	playCanaries,
	SHOWN,
	TYPED,
	WRONG_PASSWORD,
	type CanaryStory,
} from './canaryStory';
import { findSecrets, type Place } from './findSecrets';
import { n8nFiles } from './n8nFiles';

jest.setTimeout(180_000);

let story: CanaryStory;
/** What n8n tells over REST: the runs' data by itself, and everything. */
let runs: Place[];
let rest: Place[];
beforeAll(async () => {
	story = await playCanaries();
	({ runs, rest } = await told());
});
afterAll(async () => await story?.stage.close());

/** Every value of the last query parameter `name` in the URLs that Appmixer was given. */
const given = (pattern: RegExp) => [
	...new Set(
		story.journal.flatMap(({ path, rawBody }) =>
			path.endsWith('/webhooks') ? [...rawBody.matchAll(pattern)].map(([, value]) => value) : [],
		),
	),
];

const numbered = (name: string, values: string[]) =>
	Object.fromEntries(values.map((value, index) => [`${name} ${index + 1}`, value]));

const secretsOf = (name: string, email: string) => ({
	[`secret of ${name}`]: story.stage.sandbox.appmixer.secretOf(email),
});

/** Everything that no place may hold. */
function secrets(): Record<string, string> {
	const logins = story.journal.flatMap(({ path, responseBody }) =>
		path === '/user/auth' ? [(responseBody as { token?: string })?.token ?? ''] : [],
	);
	return {
		...{ password: PASSWORD, 'wrong password': WRONG_PASSWORD, 'access token': ACCESS_TOKEN },
		'callback secret': CALLBACK_SECRET,
		...numbered('session token', logins.filter(Boolean)),
		...numbered('callback token', given(/token=([0-9a-f]{64})/g)),
		...secretsOf('the approver', BOB.email),
		...secretsOf('the requester', ADA.email),
	};
}

/** What n8n tells over REST of everything this file did, execution by execution. */
async function told(): Promise<{ runs: Place[]; rest: Place[] }> {
	const { rest: n8n } = story.stage.n8n;
	const runs: Place[] = [];
	const rest: Place[] = [];
	for (const workflowId of story.workflows) {
		const stored = await n8n.get(`/rest/workflows/${workflowId}`);
		rest.push({ name: `workflow ${workflowId}`, content: JSON.stringify(stored) });
		for (const { id } of await n8n.executions({ workflowId })) {
			const { raw } = await n8n.execution(id);
			runs.push({ name: `run data of ${id}`, content: stringify(raw.resultData) });
			const whole = await n8n.get(`/rest/executions/${id}`, { includeData: true });
			rest.push({ name: `execution ${id}`, content: JSON.stringify(whole) });
		}
	}
	const credentials = await n8n.get('/rest/credentials', { includeData: true });
	rest.push({ name: 'credentials', content: JSON.stringify(credentials) });
	return { runs, rest };
}

const written = () => n8nFiles(story.stage.n8n.userFolder);
const isLog = ({ name }: Place) => name.endsWith('.log');

it('the search finds a secret as it is, and inside base64', () => {
	const value = 'Canary0123456789abcdef';
	const encoded = ['', 'a', 'ab'].map((before) => Buffer.from(`${before}${value}z`));
	const places = [
		{ name: 'a text', content: `x${value}y` },
		{ name: 'bytes', content: Buffer.from(`x${value}y`) },
		...encoded.map((content, n) => ({ name: `code ${n}`, content: content.toString('base64') })),
		{ name: 'nothing', content: 'Canary0123456789abcde' },
	];
	const found = findSecrets(places, { value }).map(({ place, as }) => [place, as]);
	expect(found).toEqual([
		['a text', 'text'],
		['bytes', 'text'],
		...[0, 1, 2].map((n) => [`code ${n}`, 'base64']),
	]);
});

it('no secret is in executions, workflows, credentials as shown, databases, static data or logs', () => {
	const all = secrets();
	expect(Object.keys(all)).toEqual(
		expect.arrayContaining(['session token 3', 'callback token 3', 'secret of the requester']),
	);
	expect(runs.length).toBeGreaterThan(25);
	expect(written().map(({ name }) => name)).toEqual(
		expect.arrayContaining(['.n8n/database.sqlite', '.n8n/n8nEventLog.log', 'n8n.log']),
	);
	expect(findSecrets([...runs, ...rest, ...written()], all)).toEqual([]);
});

it('the same search finds the secrets that Include Approval Links asked for', () => {
	const asked = { ...secretsOf('shown', SHOWN), ...secretsOf('asking', ASKING) };
	const inRuns = findSecrets(runs, asked).map(({ secret }) => secret);
	expect(new Set(inRuns)).toEqual(new Set(['secret of shown', 'secret of asking']));
	const files = findSecrets(written(), asked).map(({ secret, place }) => [
		secret,
		place.replace(/-wal$/, ''),
	]);
	expect(files).toContainEqual(['secret of shown', '.n8n/database.sqlite']);
	expect(findSecrets(written().filter(isLog), asked)).toEqual([]);
});

it('a secret typed into a node stays in the node: not in what it gives, not in logs', () => {
	const typed = secretsOf('typed', TYPED);
	expect(findSecrets(rest, typed)).not.toEqual([]);
	expect(findSecrets([...runs, ...written().filter(isLog)], typed)).toEqual([]);
});

it("T7: the key minted without a Callback Secret is in the workflow's static data, not in runs or logs", () => {
	const keys = rest.flatMap(({ content }) =>
		[...String(content).matchAll(/"key":"([0-9a-f]{64})"/g)].map(([, key]) => key),
	);
	expect(keys.length).toBeGreaterThan(0);
	const minted = numbered('minted key', [...new Set(keys)]);
	expect(findSecrets([...runs, ...written().filter(isLog)], minted)).toEqual([]);
});

it("n8n's own resume token, which n8n keeps with the execution, is not in runs or logs", () => {
	const tokens = numbered('resume token', given(/signature=([^/"]+)/g));
	expect(Object.keys(tokens)).toEqual(['resume token 1']);
	expect(findSecrets([...runs, ...written().filter(isLog)], tokens)).toEqual([]);
});
