import { IDA, type Activity, type Sandbox } from '../../../sandbox';
import type { Seen, TriggerRow, TriggerStory } from './triggerStory';

const HOUR_MS = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();

function open({ opentaps }: Sandbox, watch: 'activities' | 'tasks'): TriggerStory {
	const entry = (status = 'CREATED') => {
		const isTask = watch === 'tasks';
		const fields = { status, activityType: isTask ? 'TASK' : 'EMAIL' };
		return opentaps.createTask({ fields: { ...fields, scheduledDateTime: inHours(1000) } });
	};
	const [finished, late, soon, unfinished, started] = [1, 2, 3, 4, 5].map(() => entry());
	const [finishedLater, lateLater, soonLater, reopenedLater] = [1, 2, 3, 4].map(() => entry());
	const removed = entry();
	// completed before, which is no event
	entry('COMPLETED');

	const added = (): Seen => ['new', entry().id, null];
	const turned = (one: Activity, status: string) => (): Seen => {
		const before = one.fields.status;
		one.fields.status = status;
		return [status === 'COMPLETED' ? 'completed' : 'statusChanged', one.id, before];
	};
	const due = (type: 'due' | 'dueSoon', one: Activity) => (): Seen => {
		one.fields.scheduledDateTime = inHours(type === 'dueSoon' ? 1 : -1);
		return [type, one.id, 'CREATED'];
	};

	return {
		parameters: {
			watch,
			events: ['completed', 'due', 'dueSoon', 'new', 'statusChanged'],
			dueSoonHours: 2,
		},
		credential: {
			baseUrl: opentaps.url,
			clientDomain: 'acme.example',
			authToken: IDA.authToken,
			useTemporary: watch === 'tasks',
		},
		rounds: [
			[
				...[added, turned(finished, 'COMPLETED'), turned(unfinished, 'COMPLETED')],
				...[turned(started, 'STARTED'), turned(reopenedLater, 'COMPLETED')],
				...[due('dueSoon', soon), due('due', late)],
			],
			[turned(unfinished, 'CREATED')],
		],
		whileDown: [
			() => {
				// which is no event
				opentaps.remove(removed);
				return added();
			},
			...[turned(finishedLater, 'COMPLETED'), turned(reopenedLater, 'CREATED')],
			...[due('dueSoon', soonLater), due('due', lateLater)],
		],
		last: turned(unfinished, 'COMPLETED'),
	};
}

const shared = { node: 'opentapsTrigger', credentialType: 'opentapsApi' };

export const opentapsTrigger: TriggerRow[] = [
	{ name: 'opentaps, tasks', ...shared, open: (sandbox) => open(sandbox, 'tasks') },
	{ name: 'opentaps, activities', ...shared, open: (sandbox) => open(sandbox, 'activities') },
];
