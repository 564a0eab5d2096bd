import type { IDataObject } from 'n8n-workflow';

import type { Sandbox } from '../../sandbox';
import { hasEnded } from '../n8n/executions';
import { pressInInbox } from './people';
import type { ReadyStage } from './prepare';
import { ask, type Story } from './stories';

const HOUR_MS = 60 * 60_000;

/** Decides in the inbox, as if that had been some hours ago: the report leaves out what was decided just now. */
async function decide(sandbox: Sandbox, title: string, hoursAgo: number): Promise<void> {
	await pressInInbox(sandbox, title, 'approve');
	const task = sandbox.appmixer.tasks.find((one) => one.title === title);
	if (task) task.decisionMade = new Date(Date.now() - hoursAgo * HOUR_MS);
}

/** Three decisions: of a run that goes on to its end, of one that was stopped, and one that nothing waits for. */
export function notCarriedOutStory(stage: ReadyStage): Story {
	const { rest, sandbox, purchase, notCarriedOut } = stage;
	const row = (title: string, becameOfIt: string, executionId = ''): IDataObject => ({
		...{ title, decision: 'approved', becameOfIt, executionId },
	});
	const expected = {
		node: 'Not Carried Out',
		items: [] as IDataObject[],
		fields: ['title', 'decision', 'becameOfIt', 'executionId'],
	};
	return {
		name: 'decisions not carried out',
		expected,
		async play() {
			const { isIt } = await ask(stage, purchase, 'a projector', ['650', 'For the talks']);
			await decide(sandbox, 'Purchase of a projector', 4);
			await rest.waitForExecution(purchase.id, (run) => hasEnded(run) && isIt(run));

			const stopped = await ask(stage, purchase, 'a drone', ['800', 'To look at the roof']);
			await rest.stopExecution(stopped.executionId);
			await decide(sandbox, 'Purchase of a drone', 3);

			const { title } = sandbox.appmixer.createTask({ title: 'Paint the office green' });
			await decide(sandbox, title, 2);

			expected.items = [
				row('Purchase of a drone', 'canceled', stopped.executionId),
				row(title, 'no run'),
			];
			const triggerToStartFrom = { name: 'When Executed by Hand' };
			const { executionId } = await rest.run(notCarriedOut.id, { triggerToStartFrom });
			return { workflowId: notCarriedOut.id, isIt: ({ id }) => id === executionId };
		},
	};
}
