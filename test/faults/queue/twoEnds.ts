/**
 * The same end of a wait, told at two processes at the same moment, while another gate follows: a process knows the ends
 * that it has given n8n itself, and no other's.
 */
import { sleep } from 'n8n-workflow';

import { account } from '../../../scripts/faults/account';
import type { Decision } from '../decisions';
import { gateRuns } from '../gates';
import { comesTo, forEach, mustCome, range, tally } from '../patience';
import { size } from '../size';
import { queueRow, type Running } from './queueRow';
import { post } from './triggers';

/** Long enough for what is played twice to show. */
const A_WHILE = 6_000;

export function twoEnds(running: Running): void {
	queueRow(
		running,
		'waits, each end told at both processes at the same moment, another gate behind it',
		{ twice: true, unlike: true },
		async (desk, { routes }) => {
			routes.waiting = 'alternate';
			const version = { typeVersion: 1.1 };
			const limit = { resumeAmount: 30, resumeUnit: 'days' };
			const n = "{{ $('Form').item.json.query.n }}";
			const workflow = await desk.publish(
				[
					desk.ask(`=gate ${n}`, limit, version),
					desk.effect('No decision', 'none'),
					desk.effect('Approved', 'approved'),
					desk.effect('Rejected', 'rejected'),
					desk.ask(`=next ${n}`, limit, { ...version, name: 'Next' }),
					desk.effect('Opened', 'approved'),
				],
				[
					['Form', 'Ask'],
					['Ask', 'No decision', 0],
					['Ask', 'Approved', 1],
					['Ask', 'Rejected', 2],
					['Approved', 'Next'],
					['Next', 'Opened', 1],
				],
			);
			const count = size(8, 40);
			await forEach(range(count), 4, async (run) => await workflow.begin(String(run)));
			await mustCome('all wait', () => desk.statuses(workflow.id).waiting === count);
			const { appmixer } = desk.sandbox;
			const decisions = new Map<string, string>();
			const answers: number[] = [];
			await forEach(range(count), 2, async (run) => {
				const task = desk.taskOf(`gate ${run}`);
				const { url } = appmixer.webhooks.find(({ taskId }) => taskId === task.taskId)!;
				const status: Decision = run % 4 === 0 ? 'rejected' : 'approved';
				// as the service has it by then, which compares
				Object.assign(task, { status, decisionMade: new Date(desk.sandbox.clock.now()) });
				decisions.set(task.taskId, status);
				await Promise.all(range(2).map(async () => answers.push(await post(url, task))));
			});
			const asked = () => appmixer.tasks.filter(({ title }) => title.startsWith('next')).length;
			await comesTo(() => desk.effects().length >= count, 30_000);
			await sleep(A_WHILE);
			const effects = desk.effects();
			const runs = gateRuns(desk, workflow.id)();
			const runsOf = (id: string) => runs.get(id) ?? [];
			const counted = account({ decisions, effects, runsOf });
			const statuses = desk.statuses(workflow.id);
			desk.atTheEnd(async () => {
				const waiting = desk.runs(workflow.id).filter(({ status }) => status === 'waiting');
				await forEach(waiting, 3, async ({ id }) => {
					await desk.rest.post(`/rest/executions/${id}/stop`, {});
				});
			});
			const notes = { answers: tally(answers), effects: effects.length, next: asked(), statuses };
			return { account: counted, notes };
		},
	);
}
