/** Works through a list with several workers and stops starting new work after a failure. */

/** @returns the first failure in time, after all running work has settled; `null` when all went well. */
export async function forEachParallel<T>(
	entries: T[],
	workers: number,
	work: (entry: T, index: number) => Promise<void>,
): Promise<Error | null> {
	let next = 0;
	let failure: Error | null = null;
	const worker = async () => {
		while (next < entries.length && !failure) {
			const index = next++;
			try {
				await work(entries[index], index);
			} catch (error) {
				failure ??= error instanceof Error ? error : new Error(String(error));
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(workers, entries.length) }, worker));
	return failure;
}
