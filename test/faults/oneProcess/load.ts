/** Hundreds of decisions, and an n8n that is killed meanwhile. What runs when n8n is killed is its own to lose: it says so. */
import { shownNodes } from '../../../scripts/faults/storedRun';
import { retryFromList } from '../decisions';
import { goOnWithExisting, openGates } from '../gates';
import { killedInTheStep, killedWhileAsking } from '../kills';
import { mustCome, tally } from '../patience';
import { size } from '../size';
import { openWatching } from '../watching';
import { killedInTheBurst, oneRow, type Running } from './oneRow';

export function load(running: Running): void {
	oneRow(running, 'waits, killed before they are decided', {}, async (desk, n8n) => {
		const gates = await openGates(desk, size(100, 500));
		const kills = size(2, 5);
		for (let kill = 0; kill < kills; kill++) {
			await n8n.kill();
			await n8n.restart();
		}
		await gates.decideAll(50);
		await desk.resend(gates.taskIds);
		return { account: await gates.account(120_000), notes: { kills } };
	});

	oneRow(running, 'waits, killed in the burst', { crashed: true }, async (desk, n8n) => {
		const gates = await openGates(desk, size(120, 240));
		const measured = await killedInTheBurst(desk, n8n, gates, size(3, 5));
		const crashed = desk
			.runsWithData(gates.workflowId)
			.filter(({ status }) => status === 'crashed');
		// by this the README tells people what to retry
		const shown = tally(crashed.map((run) => shownNodes(run).join(', ')));
		const asIfAsking = crashed.filter((run) => shownNodes(run).includes('Ask!'));
		const faults =
			asIfAsking.length === 0 ? [] : ['a run that had waited is shown as failed in its gate'];
		return {
			...measured,
			notes: { ...measured.notes, shown },
			faults: [...(measured.faults ?? []), ...faults],
		};
	});

	// nothing of what was asked is stored, so Retry asks again: whoever retries must know
	oneRow(
		running,
		'waits, killed between asking and waiting',
		{ crashed: true },
		async (desk, n8n) => {
			const { appmixer } = desk.sandbox;
			const gates = await killedWhileAsking(desk, n8n);
			const { workflowId, taskIds: asked } = gates;
			const answers = desk.answers(asked);
			const account = await gates.account();
			await goOnWithExisting(desk, asked);
			const { right } = await gates.account();
			const [crashed] = desk.runsWithData(workflowId);
			const shown = shownNodes(crashed);
			await desk.rest.post(`/rest/executions/${crashed.id}/retry`, { loadWorkflow: false });
			await mustCome('the retry waits', () => desk.statuses(workflowId).waiting === 1);
			const faults = [
				...(answers[200] ? ['the answer was taken by nobody, and said to be received'] : []),
				...(right === 1 ? [] : ['Use Existing did not go on with it']),
				...(shown.includes('Ask!') ? [] : ['the run is not shown as failed in its gate']),
				...(appmixer.tasks.length === 2 ? [] : ['Retry does not ask again, as the README says']),
			];
			return { account, faults, notes: { answers, withUseExisting: right, shown } };
		},
	);

	// stored but not yet answered or remembered: told again, with the same event.id
	oneRow(
		running,
		'trigger, killed in the burst',
		{ crashed: true, twice: true },
		async (desk, n8n) => {
			const watching = await openWatching(desk, size(120, 240));
			return await killedInTheBurst(desk, n8n, watching, size(3, 5));
		},
	);

	oneRow(running, 'trigger, killed in the step after it', { crashed: true }, async (desk, n8n) => {
		const watching = await openWatching(desk, 4);
		await killedInTheStep(desk, n8n, watching);
		const account = await watching.account();
		const { recovered, faults } = await retryFromList(desk, account, watching);
		// n8n shows an item of its own making of the trigger, and Retry begins with the trigger's own
		const runs = desk.runsWithData(watching.workflowId);
		const shown = tally(runs.map((run) => shownNodes(run).join(', ')));
		return { account, faults, notes: { recovered, shown } };
	});
}
