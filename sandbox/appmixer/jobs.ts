import type { Clock } from '../clock';
import type { Deliveries } from './deliver';
import type { AppmixerOptions } from './options';
import type { Store } from './store';

const MINUTE_MS = 60_000;

// config.js, triggerWebhooksConcurrencyLimit
const CONCURRENCY = 50;

async function forEachOf<T>(items: T[], work: (item: T) => Promise<unknown>): Promise<void> {
	for (let start = 0; start < items.length; start += CONCURRENCY) {
		// The server logs a failure and goes on; what failed shows in the stored documents.
		await Promise.allSettled(items.slice(start, start + CONCURRENCY).map(work));
	}
}

/**
 * The two jobs of jobs.js, github.com/clientIO/appmixer-connectors src/appmixer/utils/tasks: every minute pending
 * tasks past `decisionBy` become `due`, every ten minutes all failed callbacks are sent again, without limit.
 *
 * The due job saves the copy it loaded before telling the receivers, so a slow answer to `due` overwrites a
 * decision made meanwhile. The server's cron starts both at whole minutes; here they count from the start.
 */
export function scheduleJobs(
	store: Store,
	deliveries: Deliveries,
	clock: Clock,
	{ dueJobSeconds }: AppmixerOptions,
): void {
	clock.every(dueJobSeconds * 1000, async () => {
		const overdue = store.tasks.find(
			// Compared by Mongo: a missing date is never less than another.
			({ status, decisionBy }) =>
				status === 'pending' && decisionBy !== null && decisionBy.getTime() < clock.now(),
		);
		await forEachOf(overdue, async (task) => {
			task.status = 'due';
			const told = deliveries.fire(task);
			await deliveries.track(told.then(() => store.tasks.save(task)));
		});
	});

	clock.every(10 * MINUTE_MS, async () => {
		const failed = store.webhooks.find(({ status }) => status === 'fail');
		await forEachOf(failed, async (webhook) => await deliveries.deliver(webhook));
	});
}
