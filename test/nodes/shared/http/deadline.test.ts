import { sleep } from 'n8n-workflow';

import { DeadlineError, withinDeadline } from '../../../../nodes/shared/http/deadline';
import { deadlineOf } from '../../../../nodes/shared/http/requestOptions';

const never = async () => await new Promise<never>(() => {});

it('F6: ends what never ends, and closes its connection', async () => {
	let given: AbortSignal | undefined;
	const waiting = withinDeadline(20, undefined, async (signal) => {
		given = signal;
		return await never();
	});
	await expect(waiting).rejects.toBeInstanceOf(DeadlineError);
	expect(given?.aborted).toBe(true);
});

it('F6: leaves what ends in time alone, and no listener behind', async () => {
	const cancel = new AbortController();
	const removed = jest.spyOn(cancel.signal, 'removeEventListener');
	let given: AbortSignal | undefined;
	const act = async (signal: AbortSignal) => await Promise.resolve((given = signal) && 'done');
	expect(await withinDeadline(1, cancel.signal, act)).toBe('done');
	await sleep(20);
	cancel.abort();
	expect(given?.aborted).toBe(false);
	expect(removed).toHaveBeenCalledTimes(1);
});

it('F6: a run that is stopped stops its requests, also one that begins after', async () => {
	const cancel = new AbortController();
	const heed = async (signal: AbortSignal) =>
		await new Promise<string>((resolve) => {
			if (signal.aborted) resolve('stopped');
			signal.addEventListener('abort', () => resolve('stopped'));
		});
	const running = withinDeadline(5000, cancel.signal, heed);
	cancel.abort();
	expect(await running).toBe('stopped');
	expect(await withinDeadline(5000, cancel.signal, heed)).toBe('stopped');
});

it.each([
	['JSON', {}, 60_000],
	['what waits for others', { timeout: 120_000 }, 240_000],
	['a file to come', { answer: 'file' as const }, 120_000],
	['a file to send', { file: {} as never }, 120_000],
	['what has to be quick', { timeout: 5000 }, 5000],
])('F6: %s has its own time', (_what, request, ms) => {
	expect(deadlineOf({ method: 'GET', path: '/', action: 'x', ...request })).toBe(ms);
});
