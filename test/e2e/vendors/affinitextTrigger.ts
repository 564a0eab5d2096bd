import type { AffinitextTask, Sandbox } from '../../../sandbox';
import type { Seen, TriggerRow, TriggerStory } from './triggerStory';

const DAY_MS = 24 * 3_600_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);
const idOf = ({ number }: AffinitextTask) => String(number);

function open({ affinitext }: Sandbox): TriggerStory {
	const task = (subject: string) => affinitext.add({ subject, targetDate: inDays(30) });
	const [finished, moved, edited, late, soon, gone] = ['a', 'b', 'c', 'd', 'e', 'f'].map(task);
	const [finishedLater, movedLater, lateLater, goneLater] = ['g', 'h', 'i', 'j'].map(task);
	affinitext.complete(task('completed before, which is no event'));

	const added = (): Seen => ['new', idOf(task('added')), null];
	const completed = (one: AffinitextTask, before: string) => (): Seen => {
		affinitext.complete(one);
		return ['completed', idOf(one), before];
	};
	const reopened = (one: AffinitextTask, before: string) => (): Seen => {
		affinitext.reopen(one);
		return ['statusChanged', idOf(one), before];
	};
	const due = (type: 'dueSoon' | 'overdue', one: AffinitextTask) => (): Seen => {
		affinitext.change(one, { targetDate: inDays(type === 'dueSoon' ? 1 : -3) });
		return [type, idOf(one), 'Assigned'];
	};
	const removed = (one: AffinitextTask) => (): Seen => {
		affinitext.remove(one);
		return ['disappeared', idOf(one), 'Assigned'];
	};

	return {
		parameters: {
			events: ['changed', 'completed', 'disappeared', 'dueSoon', 'new', 'overdue', 'statusChanged'],
			dueSoonDays: 2,
			simple: true,
			// a date that was moved would be Changed as well
			options: { ignoredFields: 'targetDate, updatedAt' },
		},
		credential: { library: 'acme', accessToken: affinitext.token, baseUrl: affinitext.url },
		rounds: [
			[
				...[added, completed(finished, 'Assigned'), removed(gone)],
				...[due('dueSoon', soon), due('overdue', late), reopened(moved, 'Assigned')],
				() => {
					affinitext.change(edited, { description: 'Check the notice period again' });
					return ['changed', idOf(edited), 'Assigned'];
				},
			],
			[reopened(finished, 'Completed')],
		],
		whileDown: [
			...[added, completed(finishedLater, 'Assigned'), removed(goneLater)],
			...[due('overdue', lateLater), reopened(movedLater, 'Assigned')],
		],
		last: completed(finished, 'Re-opened'),
	};
}

export const affinitextTrigger: TriggerRow[] = [
	{ name: 'Affinitext', node: 'affinitextTrigger', credentialType: 'affinitextApi', open },
];
