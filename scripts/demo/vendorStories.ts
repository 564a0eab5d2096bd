import { ANN, MAX, UMA } from '../../sandbox';
import { fillIn } from './people';
import type { ReadyStage } from './prepare';
import { startedWith, type Story } from './stories';
import { dayFromNow, noonFromNow } from './vendors';

/** A trigger that polls looks once a minute. */
const NEXT_POLL_MS = 3 * 60_000;

/** The report over all systems, as the demo left them. To be played before a story makes more tasks. */
export const reportStory = ({ rest, sandbox, report, watchedTitle }: ReadyStage): Story => ({
	name: 'open tasks of five systems',
	expected: {
		node: 'Open Tasks',
		items: (
			[
				['mambu', 'Check the guarantor of loan 4711', MAX.encodedKey, dayFromNow(sandbox, -1)],
				['mambu', 'Review the loan of Mary Major', MAX.encodedKey, dayFromNow(sandbox, 2)],
				['opentaps', 'Acme Ltd: send the offer', UMA.contactId, noonFromNow(sandbox, 3)],
				['nutrient', 'Manager Approval', 'Bob Baker', noonFromNow(sandbox, 5)],
				['appmixer', watchedTitle, 'bob@example.com', noonFromNow(sandbox, 7)],
				['affinitext', 'Review the notice period', ANN.name, noonFromNow(sandbox, 10)],
			] as const
		).map(([source, title, assignee, dueAt]) => ({ source, title, assignee, dueAt })),
	},
	async play() {
		const triggerToStartFrom = { name: 'When Executed by Hand' };
		const { executionId } = await rest.run(report.id, { triggerToStartFrom });
		return { workflowId: report.id, isIt: ({ id }) => id === executionId };
	},
});

/** One story for each way the other systems' examples start. */
export function vendorStories(stage: ReadyStage): Story[] {
	const { sandbox, affinitext, opentaps, nutrient } = stage;
	return [
		{
			name: 'a form adds a task to CRM2',
			expected: {
				node: 'Sum Up',
				output: {
					result: 'Remembered',
					text: '"Acme Ltd: Ask for the signature" is one of 2 open tasks.',
				},
			},
			async play() {
				const day = dayFromNow(sandbox, 14);
				await fillIn(opentaps.formUrl, ['Acme Ltd', 'Ask for the signature', day]);
				const isIt = startedWith('Next Step', 'Ask for the signature');
				return { workflowId: opentaps.id, isIt };
			},
		},
		{
			name: 'new in Affinitext',
			expected: { node: 'Tell the Assignee', output: { accepted: [ANN.email] } },
			async play() {
				const subject = 'Renew the insurance';
				const targetDate = new Date(noonFromNow(sandbox, 60));
				sandbox.affinitext.add({ subject, targetDate, assignee: ANN });
				return { workflowId: affinitext.id, isIt: startedWith('title', subject) };
			},
			timeoutMs: NEXT_POLL_MS,
		},
		{
			name: 'approved by rule in Nutrient',
			expected: { node: 'Approve It', output: { option: 'Approve' } },
			async play() {
				const name = 'Renewal of the font licence';
				sandbox.nutrient.createApproval({ name });
				return { workflowId: nutrient.id, isIt: startedWith('description', name) };
			},
			timeoutMs: NEXT_POLL_MS,
		},
	];
}
