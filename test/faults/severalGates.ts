/** Requests to three approvers of whom two must approve, with what can be counted behind each of their outputs. */
import type { Decision } from './decisions';
import { gateRuns, publishGate } from './gates';
import { forEach, mustCome } from './patience';
import type { RowDesk } from './rowDesk';
import type { Question, Vote } from './votes';

const PEOPLE = ['bob@example.com', 'carol@example.com', 'dan@example.com'];
const NEEDED = 2;
/** What they say, one request each. */
const STORIES = [
	{ votes: 'AAR', decisive: 1 },
	{ votes: 'RAA', decisive: 2 },
	{ votes: 'RRA', decisive: 1 },
	{ votes: 'ARR', decisive: 2 },
	{ votes: 'AAA', decisive: 1 },
];

export interface SeveralGate extends Question {
	workflowId: string;
	votes: Vote[];
	/** In this order, the place of the vote that decides. */
	decisive: number;
}

/** Runs of one workflow, each waiting for three people. */
export async function openSeveral(desk: RowDesk): Promise<SeveralGate[]> {
	const workflow = await publishGate(desk, {
		parameters: {
			approver: PEOPLE.join(', '),
			...{ rule: 'number', approvalsNeeded: NEEDED, oneRejectionRejects: false },
		},
		node: { typeVersion: 1.1 },
	});
	await forEach(STORIES, 3, async (_, n) => await workflow.begin(String(n)));
	const isParked = () => desk.statuses(workflow.id).waiting === STORIES.length;
	await mustCome('all wait', isParked);
	const runsOf = gateRuns(desk, workflow.id);
	return STORIES.map(({ votes, decisive }, n) => {
		const tasks = desk.sandbox.appmixer.tasks.filter(({ title }) => title === `gate ${n}`);
		const taskIds = PEOPLE.map(
			(person) => tasks.find(({ approver }) => approver === person)!.taskId,
		);
		const said = (place: number): Decision => (votes[place] === 'A' ? 'approved' : 'rejected');
		return {
			...{ workflowId: workflow.id, taskIds, decisive, needed: NEEDED },
			runs: () => runsOf().get(taskIds[0]) ?? [],
			votes: taskIds.map((taskId, place) => ({ taskId, decision: said(place) })),
		};
	});
}
