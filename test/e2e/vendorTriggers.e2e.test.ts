import { start, type Sandbox } from '../../sandbox';
import { startN8n, type N8nInstance } from '../../scripts/n8n/start';
import { everyTenSeconds } from './pollTimes';
import { sharedN8n } from './sharedN8n';
import { emissions, until, type Emission } from './triggerStage';
import { affinitextTrigger } from './vendors/affinitextTrigger';
import { mambuTrigger } from './vendors/mambuTrigger';
import { nutrientTrigger } from './vendors/nutrientTrigger';
import { opentapsTrigger } from './vendors/opentapsTrigger';
import type { Change, Seen, TriggerRow, TriggerStory } from './vendors/triggerStory';
import { noOp, ours, workflowOf } from './workflowOf';

jest.setTimeout(300_000);

/** Every polling trigger but Appmixer's, which has files of its own. */
const ROWS: TriggerRow[] = [
	...affinitextTrigger,
	...mambuTrigger,
	...nutrientTrigger,
	...opentapsTrigger,
];

interface Told {
	row: TriggerRow;
	story: TriggerStory;
	sandbox: Sandbox;
	workflowId: string;
	/** What had to be given: in each round, while n8n was down, and after. */
	expected: Seen[][];
	/** Why it did not get to the end. */
	failure?: unknown;
}

/** Not the shared one: it is killed. */
let n8n: N8nInstance;
let told: Told[];

async function begin(row: TriggerRow): Promise<Told> {
	const sandbox = await start();
	const story = row.open(sandbox);
	const id = await n8n.rest.createCredential({
		name: row.name,
		type: row.credentialType,
		data: story.credential,
	});
	const credential = { id, type: row.credentialType };
	const parameters = { ...story.parameters, pollTimes: everyTenSeconds };
	const nodes = [ours(row.node, 'Trigger', credential, parameters), noOp('Done')];
	const json = workflowOf(row.name, nodes, [['Trigger', 'Done']], { timezone: 'UTC' });
	const { id: workflowId } = await n8n.rest.createWorkflow(json);
	await n8n.rest.activate(workflowId);
	return { row, story, sandbox, workflowId, expected: [] };
}

const given = async ({ workflowId }: Told): Promise<Emission[]> =>
	await emissions(n8n.rest, workflowId, 0);

async function make(one: Told, changes: Change[]): Promise<void> {
	const expected: Seen[] = [];
	for (const change of changes) expected.push(await change());
	one.expected.push(expected);
}

/** Waits until as many items have been given as had to be by now. */
async function settled(one: Told): Promise<void> {
	const items = one.expected.flat().length;
	await until(
		`${one.row.name} has given ${items} items`,
		async () => (await given(one)).length >= items,
	);
}

/** Does this for all rows at once. A row that fails is left out of what follows. */
async function forAll(step: (one: Told) => Promise<void>): Promise<void> {
	await Promise.all(
		told
			.filter(({ failure }) => failure === undefined)
			.map(async (one) => await step(one).catch((error) => void (one.failure = error))),
	);
}

beforeAll(async () => {
	const { tarball } = await sharedN8n();
	n8n = await startN8n({ tarball, log: () => {} });
	told = [];
	for (const row of ROWS) told.push(await begin(row));
	await forAll(async (one) => {
		for (const round of one.story.rounds) {
			await make(one, round);
			await settled(one);
		}
	});
	await n8n.kill();
	await forAll(async (one) => await make(one, one.story.whileDown));
	await n8n.restart();
	await forAll(settled);
	await forAll(async (one) => {
		await make(one, [one.story.last]);
		await settled(one);
	});
}, 300_000);

afterAll(async () => {
	await n8n?.stop();
	for (const { sandbox } of told ?? []) await sandbox.close();
});

it('E2: the table has a row for every polling trigger n8n offers', async () => {
	const types = await n8n.rest.nodeTypes();
	const offered = types
		.filter(({ polling }) => polling)
		.map(({ name }) => name.split('.'))
		.filter(([where, name]) => where === 'n8n-nodes-task-approvals' && !name.startsWith('appmixer'))
		.map(([, name]) => name);
	expect([...new Set(ROWS.map(({ node }) => node))].sort()).toEqual(offered.sort());
});

describe.each(ROWS.map((row) => [row.name, row] as const))('%s', (_name, row) => {
	/** Items by round: each change in its own execution or several in one, as the polls fell. */
	async function story() {
		const one = told.find((candidate) => candidate.row === row)!;
		if (one.failure) throw one.failure;
		const items = await given(one);
		const seen = items.map(({ json: { id, event } }) => [event.type, id, event.previousStatus]);
		let from = 0;
		const byRound = one.expected.map(({ length }) => seen.slice(from, (from += length)).sort());
		return { ...one, items, byRound, rest: seen.slice(from) };
	}
	const sorted = (expected: Seen[]) => [...expected].sort();

	it('E2: names every event type in the changes made while n8n runs', async () => {
		const types = await n8n.rest.nodeTypes();
		const type = types.find(({ name }) => name === `n8n-nodes-task-approvals.${row.node}`);
		const { expected, story: told } = await story();
		const events = type?.properties.find(
			({ name, displayOptions }) =>
				name === 'events' &&
				Object.entries(displayOptions?.show ?? {}).every(([parameter, values]) =>
					values?.includes(String(told.parameters[parameter])),
				),
		);
		const named = (events?.options ?? []).map((option) =>
			'value' in option ? option.value : option.name,
		);
		const made = expected.slice(0, told.rounds.length).flat();
		expect([...new Set(made.map(([event]) => event))].sort()).toEqual(named.sort());
	});

	it('E2: is silent about what was there before; then gives each change once', async () => {
		const { expected, byRound, story: told } = await story();
		const rounds = told.rounds.length;
		expect(byRound.slice(0, rounds)).toEqual(expected.slice(0, rounds).map(sorted));
	});

	it('E2: after a crash gives the five changes made meanwhile, once each', async () => {
		const { expected, byRound, rest, story: told } = await story();
		const rounds = told.rounds.length;
		expect(expected[rounds]).toHaveLength(5);
		expect(byRound[rounds]).toEqual(sorted(expected[rounds]));
		expect([byRound[rounds + 1], rest]).toEqual([expected[rounds + 1], []]);
	});

	it('gives each item an event of its own, found by polling', async () => {
		const { items } = await story();
		expect(items.every(({ output, mode }) => output === 0 && mode === 'trigger')).toBe(true);
		expect(items.map(({ json }) => json.event.source)).toEqual(items.map(() => 'poll'));
		const ids = items.map(({ json }) => json.event.id);
		expect(new Set(ids).size).toBe(ids.length);
	});
});
