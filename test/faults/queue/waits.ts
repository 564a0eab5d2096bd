/** A wait, with nothing broken: any process may be called, and more than once. */
import axios from 'axios';
import { sleep } from 'n8n-workflow';

import { account } from '../../../scripts/faults/account';
import type { Route } from '../../../scripts/faults/proxy';
import { decisionsOn, type Decision } from '../decisions';
import { gateRuns, openGates, publishGate } from '../gates';
import { forEach, range, tally } from '../patience';
import { IS_LONG, size } from '../size';
import { queueRow, type Running } from './queueRow';

const ROUTES: Route[] = ['processor', 'main', 'alternate'];

export function waits(running: Running): void {
	for (const route of ROUTES) {
		queueRow(running, `waits, called at ${route}`, {}, async (desk, { routes }) => {
			routes.waiting = route;
			const gates = await openGates(desk, size(20, 60));
			await gates.decideAll();
			return { account: await gates.account() };
		});
	}

	queueRow(running, 'waits, each told ten times over both processes', {}, async (desk, cluster) => {
		cluster.routes.waiting = 'alternate';
		const gates = await openGates(desk, size(30, 100));
		const answers: number[] = [];
		await forEach(gates.taskIds, 6, async (taskId, n) => {
			const { url } = desk.sandbox.appmixer.webhooks.find((hook) => hook.taskId === taskId)!;
			const task = desk.sandbox.appmixer.tasks.find((one) => one.taskId === taskId);
			const status: Decision = n % 2 === 0 ? 'approved' : 'rejected';
			gates.decided.set(taskId, status);
			const body = { ...task, status, decisionMade: new Date().toISOString() };
			const validateStatus = () => true;
			const tell = async () => await axios.post(url, body, { proxy: false, validateStatus });
			await Promise.all(range(10).map(async () => answers.push((await tell()).status)));
		});
		return { account: await gates.account(), notes: { answers: tally(answers) } };
	});

	queueRow(
		running,
		'waits, decided within a blink of being asked',
		{},
		async (desk, { routes }) => {
			routes.waiting = 'alternate';
			const count = size(60, 200);
			const workflow = await publishGate(desk);
			const { appmixer } = desk.sandbox;
			const taskIds: string[] = [];
			const gates = decisionsOn(desk, workflow.id, taskIds, gateRuns(desk, workflow.id));
			const deciding: Array<Promise<void>> = [];
			// before the callback is registered, before the run is stored, and after
			const decideSoon = async (taskId: string, n: number) => {
				await sleep((n * 13) % 700);
				await gates.decide(taskId);
			};
			const watch = async () => {
				for (const end = Date.now() + 60_000; taskIds.length < count && Date.now() < end;) {
					for (const { taskId } of appmixer.tasks.slice(taskIds.length)) {
						deciding.push(decideSoon(taskId, taskIds.push(taskId)));
					}
					await sleep(3);
				}
			};
			const watching = watch();
			await forEach(range(count), 6, async (n) => await workflow.begin(String(n)));
			await watching;
			await Promise.all(deciding);
			const answers = desk.answers(taskIds);
			await desk.resend(taskIds);
			return { account: await gates.account(), notes: { answers } };
		},
	);

	// takes more than two minutes: n8n's deadline is that long after the task's
	if (!IS_LONG) return;
	queueRow(running, "waits, decided around n8n's deadline", {}, async (desk, { postgres }) => {
		const count = size(40, 120);
		const parameters = { resumeAmount: 0.2, resumeUnit: 'minutes' };
		const gates = await openGates(desk, count, { parameters });
		const deadlines = new Map(
			postgres
				.sql(
					`select id || ' ' || extract(epoch from "waitTill") * 1000 from execution_entity where "workflowId" = '${gates.workflowId}'`,
				)
				.trim()
				.split('\n')
				.map((line) => line.split(' ') as [string, string]),
		);
		const runs = gateRuns(desk, gates.workflowId)();
		await Promise.all(
			gates.taskIds.map(async (taskId, n) => {
				const [run] = runs.get(taskId) ?? [];
				const at = Number(deadlines.get(run.id)) + (n - count / 2) * 15;
				await sleep(Math.max(0, at - Date.now()));
				await gates.decide(taskId, 'approved');
			}),
		);
		await gates.account(120_000);
		const effects = desk.effects();
		// a decision after the deadline is too late, and is not to be taken as one: either, and only one of both
		const cameTo = (taskId: string) => effects.find(({ subject }) => subject === taskId)?.outcome;
		const decisions = new Map(gates.taskIds.map((id) => [id, cameTo(id) ?? 'either']));
		const runsOf = (id: string) => gateRuns(desk, gates.workflowId)().get(id) ?? [];
		const counted = account({ decisions, effects, runsOf });
		// opened says "approved although decided otherwise", and all of these were approved
		return { account: counted, notes: { came: tally([...decisions.values()]) } };
	});
}
