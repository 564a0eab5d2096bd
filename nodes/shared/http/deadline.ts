/**
 * Ends what has no end of its own: the `timeout` of n8n's client counts silence, so a server that drips a byte now and
 * then is never late for it.
 */

/** What is thrown at the deadline. */
export class DeadlineError extends Error {
	/** As Node.js calls a wait that took too long. */
	code = 'ETIMEDOUT';
}

/**
 * Gives `send` a signal that closes its connection when the time is over, or when `cancel` says so.
 * The timer of an `AbortSignal` holds neither the process nor, once the request has ended, any memory.
 * @param ms for everything that `send` does, whether or not it heeds the signal
 * @throws DeadlineError when the time is over
 */
export async function withinDeadline<T>(
	ms: number,
	cancel: AbortSignal | undefined,
	send: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const stop = new AbortController();
	const limit = AbortSignal.timeout(ms);
	const stopNow = () => stop.abort();
	let late = () => {};
	const end = new Promise<never>((_resolve, reject) => {
		late = () => {
			reject(new DeadlineError(`The request took longer than ${ms} ms`));
			stopNow();
		};
	});
	limit.addEventListener('abort', late);
	cancel?.addEventListener('abort', stopNow);
	if (cancel?.aborted) stopNow();
	try {
		return await Promise.race([send(stop.signal), end]);
	} finally {
		limit.removeEventListener('abort', late);
		cancel?.removeEventListener('abort', stopNow);
	}
}
