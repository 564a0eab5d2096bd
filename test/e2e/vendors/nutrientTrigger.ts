import type { Sandbox } from '../../../sandbox';
import type { Seen, TriggerRow, TriggerStory } from './triggerStory';

type Nutrient = Sandbox['nutrient'];
type Task = Nutrient['tasks'][number];
type Request = Nutrient['instances'][number];

const HOUR_MS = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();

const credential = ({ url, options }: Nutrient, userName: string) => ({
	...{ baseUrl: url, authentication: 'apiKey', keyType: 'system' },
	...{ tenantId: options.tenant, apiKey: options.systemKey, userName },
});

/** What Bob has to do. */
function openTasks({ nutrient }: Sandbox): TriggerStory {
	const { workflow } = nutrient;
	const task = () => nutrient.createApproval({ dueDate: inHours(1000) });
	const [finished, late, soon, moving, cancelled] = [1, 2, 3, 4, 5].map(task);
	const [finishedLater, lateLater, soonLater, cancelledLater] = [1, 2, 3, 4].map(task);
	// completed before, which is no event
	workflow.decide(task(), 'Approve', '');

	const added = (): Seen => ['new', task().recipientTaskSid, null];
	const decided = (one: Task, label: string) => (): Seen => {
		workflow.decide(one, label, '');
		return ['completed', one.recipientTaskSid, 'Started'];
	};
	const withdrawn = (one: Task) => (): Seen => {
		workflow.cancel(workflow.instance(one.instanceSid));
		return ['statusChanged', one.recipientTaskSid, 'Started'];
	};
	const moved = (one: Task, state: string) => (): Seen => {
		const before = one.state;
		one.state = state;
		return ['statusChanged', one.recipientTaskSid, before];
	};
	const due = (type: 'dueSoon' | 'overdue', one: Task) => (): Seen => {
		one.dueDate = inHours(type === 'dueSoon' ? 1 : -1);
		return [type, one.recipientTaskSid, 'Started'];
	};

	return {
		parameters: {
			watch: 'tasks',
			events: ['completed', 'dueSoon', 'new', 'overdue', 'statusChanged'],
			dueSoonHours: 2,
		},
		credential: credential(nutrient, 'bob'),
		rounds: [
			[
				...[added, decided(finished, 'Approve'), withdrawn(cancelled)],
				...[moved(moving, 'In Progress'), due('dueSoon', soon), due('overdue', late)],
			],
			[moved(moving, 'Started')],
		],
		whileDown: [
			...[added, decided(finishedLater, 'Deny'), withdrawn(cancelledLater)],
			...[due('dueSoon', soonLater), due('overdue', lateLater)],
		],
		last: moved(moving, 'In Progress'),
	};
}

/** What became of the requests that Ada started. */
function openRequests({ nutrient }: Sandbox): TriggerStory {
	const { workflow } = nutrient;
	const request = (): Request => workflow.instance(nutrient.createApproval().instanceSid);
	const [finished, moving, cancelled] = [1, 2, 3].map(request);
	const [finishedLater, deniedLater, movingLater, cancelledLater] = [1, 2, 3, 4].map(request);
	// cancelled before, which is no event
	workflow.cancel(request());

	const added = (): Seen => ['new', request().sid, null];
	const decided = (one: Request, label: string) => (): Seen => {
		const before = one.lastMilestone;
		for (const task of nutrient.tasks) {
			const isTheirs = task.instanceSid === one.sid && task.taskType === 'approval';
			if (isTheirs) workflow.decide(task, label, '');
		}
		return ['completed', one.sid, before];
	};
	const withdrawn = (one: Request) => (): Seen => {
		workflow.cancel(one);
		return ['statusChanged', one.sid, 'Started'];
	};
	const moved = (one: Request, milestone: string) => (): Seen => {
		const before = one.lastMilestone;
		Object.assign(one, { lastMilestone: milestone, lastMilestoneDate: new Date().toISOString() });
		return ['statusChanged', one.sid, before];
	};

	return {
		parameters: { watch: 'requests', events: ['completed', 'new', 'statusChanged'] },
		credential: credential(nutrient, 'ada'),
		rounds: [
			[
				...[added, decided(finished, 'Approve')],
				...[withdrawn(cancelled), moved(moving, 'Budget checked')],
			],
			[moved(moving, 'Offer chosen')],
		],
		whileDown: [
			...[added, decided(finishedLater, 'Approve'), decided(deniedLater, 'Deny')],
			...[withdrawn(cancelledLater), moved(movingLater, 'Budget checked')],
		],
		last: decided(moving, 'Approve'),
	};
}

const shared = { node: 'nutrientTrigger', credentialType: 'nutrientApi' };

export const nutrientTrigger: TriggerRow[] = [
	{ name: 'Nutrient, tasks', ...shared, open: openTasks },
	{ name: 'Nutrient, requests', ...shared, open: openRequests },
];
