import { sleep, type INode } from 'n8n-workflow';

import { start, type FaultRule, type Sandbox } from '../../sandbox';
import { startN8n, type N8nInstance } from '../../scripts/n8n/start';
import { POLLED, type PolledVendor } from '../faults/polledVendors';
import { everyTenSeconds } from './pollTimes';
import { sharedN8n } from './sharedN8n';
import { until } from './triggerStage';
import { noOp, ours, workflowOf } from './workflowOf';

jest.setTimeout(400_000);

type Outage = Omit<FaultRule, 'path'>;
const PAGE = '<html>Maintenance</html>';

/**
 * What n8n polls by, the settings of its environment, and what services may answer while it starts, one for each vendor.
 * After a refusal that nobody calls passing its scheduler polls again in half an hour.
 */
const HOSTS: Array<{ name: string; env: Record<string, string>; outages: Outage[] }> = [
	{
		name: 'with its own timers',
		env: {},
		outages: [
			{ status: 404, body: PAGE },
			{ status: 401 },
			{ cut: true },
			{ status: 200, body: PAGE },
			{ status: 400 },
		],
	},
	{
		name: 'with its scheduler and durable cursors',
		outages: [{ cut: true }, { status: 503 }],
		env: {
			N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
			N8N_SCHEDULER_ENABLED: 'true',
			N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
			N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
		},
	},
];

type Task = ReturnType<ReturnType<PolledVendor['open']>['add']>;

interface Watched {
	vendor: PolledVendor;
	sandbox: Sandbox;
	workflowId: string;
	/** Known before the outage. */
	open: Task[];
	add(): Task;
	/** What had to be told, in this order. */
	expected: string[];
	nodes: INode[];
	fault(rule: Outage): { remove(): void };
}

/** Until its scheduler, which may begin a poll of its own while n8n publishes, has time before the next one. */
const betweenPolls = async () => await sleep(12_000 - (Date.now() % 10_000));

describe.each(HOSTS)('n8n $name', ({ env, outages }) => {
	/** Not the shared one: it is killed. */
	let n8n: N8nInstance;
	let watched: Watched[];

	async function prepare(vendor: PolledVendor): Promise<Watched> {
		const sandbox = await start();
		const { credential, parameters, add } = vendor.open(sandbox);
		const { name, node, credentialType: type } = vendor;
		const id = await n8n.rest.createCredential({ name, type, data: credential });
		const given = { ...parameters, pollTimes: everyTenSeconds };
		const nodes = [ours(node, name, { id, type }, given), noOp('Done')];
		const draft = workflowOf(name, nodes, [[name, 'Done']], { timezone: 'UTC' });
		const { id: workflowId } = await n8n.rest.createWorkflow(draft);
		const services = [
			sandbox,
			sandbox.affinitext,
			sandbox.mambu,
			sandbox.nutrient,
			sandbox.opentaps,
		];
		return {
			...{ vendor, sandbox, workflowId, add, nodes: draft.nodes, expected: [] },
			open: [1, 2, 3, 4].map(add),
			fault(rule) {
				const faults = services.map((service) => service.fault({ path: /./, ...rule }));
				return { remove: () => faults.forEach((fault) => fault.remove()) };
			},
		};
	}

	const all = async (step: (one: Watched) => Promise<void> | void) =>
		await Promise.all(watched.map(async (one) => await step(one)));

	const decide = (one: Watched) => {
		const task = one.open.shift()!;
		task.decide();
		one.expected.push(task.id);
	};

	const told = async ({ workflowId, vendor }: Watched) => {
		const ended = await n8n.rest.executions({ workflowId, status: ['success'] }, 100);
		const ids = ended.map(({ id }) => id).sort((a, b) => Number(a) - Number(b));
		const items = await Promise.all(
			ids.map(async (id) => (await n8n.rest.execution(id)).runData[vendor.name][0].main[0]),
		);
		return items.flat().map(({ json }) => String(json.id));
	};

	const settled = async (one: Watched) =>
		await until(
			`${one.vendor.name} has told ${one.expected.length}`,
			async () => (await told(one)).length >= one.expected.length,
			90_000,
		);

	beforeAll(async () => {
		const { tarball } = await sharedN8n();
		n8n = await startN8n({ tarball, env, log: () => {} });
		watched = [];
		for (const vendor of POLLED) watched.push(await prepare(vendor));
	}, 300_000);

	afterAll(async () => {
		await n8n?.stop();
		for (const { sandbox } of watched ?? []) await sandbox.close();
	});

	it('F8: tells what is decided at once after it was published', async () => {
		const others = [];
		for (const vendor of POLLED) others.push(await prepare(vendor));
		for (const one of others) {
			await n8n.rest.activate(one.workflowId);
			decide(one);
		}
		await Promise.all(others.map(settled));
		for (const one of others) {
			expect(await told(one)).toEqual(one.expected);
			await n8n.rest.deactivate(one.workflowId);
			await one.sandbox.close();
		}
	});

	it('F8: tells what is decided after the first good look, when the first poll fails', async () => {
		await all(async (one) => {
			one.add().decide();
			const { remove } = one.fault({ status: 503, headers: { 'Retry-After': '0' } });
			// services date their answers by the second
			await sleep(1100);
			await betweenPolls();
			await n8n.rest.activate(one.workflowId);
			const meanwhile = one.add();
			meanwhile.decide();
			// the only one that dates decisions
			if (one.vendor.name === 'Appmixer') one.expected.push(meanwhile.id);
			remove();
			const line = new RegExp(`${one.vendor.name}.{1,3} could read its tasks only now`);
			await until(`${one.vendor.name} has looked`, () => line.test(n8n.logs()), 90_000).catch(
				({ message }: Error) => {
					const said = n8n.logs().split('\n');
					const lines = said.filter((text) => text.includes(one.vendor.name));
					throw new Error([message, ...lines].join('\n'));
				},
			);
			decide(one);
			await settled(one);
		});
	});

	it('F8: goes on when n8n starts in an outage', async () => {
		const faults = watched.map((one, index) => one.fault(outages[index % outages.length]));
		await n8n.kill();
		watched.forEach(decide);
		await n8n.restart();
		// a poll fails as well
		await sleep(11_000);
		for (const { remove } of faults) remove();
		await all(settled);
	});

	it('F8: a correction is published in an outage, and nothing is forgotten', async () => {
		await all(async (one) => {
			const { remove } = one.fault({ status: 500 });
			decide(one);
			const [trigger, ...others] = one.nodes;
			const parameters = { ...trigger.parameters, dueSoonHours: 5, dueSoonDays: 5 };
			const nodes = [{ ...trigger, parameters }, ...others];
			await n8n.rest.updateWorkflow(one.workflowId, { nodes });
			await n8n.rest.activate(one.workflowId);
			remove();
			await settled(one);
		});
	});

	it('F8: tells when it is published again what was decided while it was unpublished, and nothing twice', async () => {
		await all(async (one) => {
			await n8n.rest.deactivate(one.workflowId);
			decide(one);
			await n8n.rest.activate(one.workflowId);
			await settled(one);
		});
		await sleep(11_000);
		for (const one of watched) {
			expect([one.vendor.name, await told(one)]).toEqual([one.vendor.name, one.expected]);
		}
	});
});
