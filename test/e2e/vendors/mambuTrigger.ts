import type { MambuTask, Sandbox } from '../../../sandbox';
import type { Seen, TriggerRow, TriggerStory } from './triggerStory';

const DAY_MS = 24 * 3_600_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);

function open({ mambu }: Sandbox, apiVersion: 'v1' | 'v2'): TriggerStory {
	const task = (title: string) => mambu.createTask({ title, dueDate: inDays(30) });
	const [finished, late, soon, unfinished] = ['a', 'b', 'c', 'd'].map(task);
	const [finishedLater, lateLater, soonLater, reopenedLater] = ['e', 'f', 'g', 'h'].map(task);
	const withdrawn = task('deleted, which is no event');
	mambu.complete(task('completed before, which is no event'));

	const added = (): Seen => ['new', task('added').encodedKey, null];
	const completed = (one: MambuTask) => (): Seen => {
		mambu.complete(one);
		return ['completed', one.encodedKey, 'OPEN'];
	};
	const reopened = (one: MambuTask) => (): Seen => {
		mambu.reopen(one);
		return ['statusChanged', one.encodedKey, 'COMPLETED'];
	};
	const due = (type: 'dueSoon' | 'overdue', one: MambuTask) => (): Seen => {
		mambu.change(one, { dueDate: inDays(type === 'dueSoon' ? 1 : -3) });
		return [type, one.encodedKey, 'OPEN'];
	};

	return {
		parameters: {
			events: ['completed', 'dueSoon', 'new', 'overdue', 'statusChanged'],
			dueSoonDays: 2,
		},
		credential: {
			tenant: mambu.url,
			authentication: 'apiKey',
			apiKey: 'sandbox-api-key-of-demo',
			apiVersion,
		},
		rounds: [
			[
				...[added, completed(finished), completed(unfinished), completed(reopenedLater)],
				...[due('dueSoon', soon), due('overdue', late)],
			],
			[reopened(unfinished)],
		],
		whileDown: [
			() => {
				mambu.remove(withdrawn);
				return added();
			},
			...[completed(finishedLater), due('dueSoon', soonLater), due('overdue', lateLater)],
			reopened(reopenedLater),
		],
		last: completed(unfinished),
	};
}

const shared = { node: 'mambuTrigger', credentialType: 'mambuApi' };

export const mambuTrigger: TriggerRow[] = [
	{ name: 'Mambu V1', ...shared, open: (sandbox) => open(sandbox, 'v1') },
	{ name: 'Mambu V2', ...shared, open: (sandbox) => open(sandbox, 'v2') },
];
