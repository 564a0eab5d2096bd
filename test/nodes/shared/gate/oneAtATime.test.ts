import { oneAtATime } from '../../../../nodes/shared/gate/oneAtATime';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

let round = 0;
/** A wait of its own, and how often it was looked at. */
function wait(look: (looks: number) => string | null | Promise<string | null>) {
	const name = `wait ${round++}`;
	const state = {
		looks: 0,
		call: async () => await oneAtATime(name, async () => await look(++state.looks)),
	};
	return state;
}

it('W24: looks two seconds after the call, when what it tells is saved', async () => {
	const one = wait(() => 'approved');
	const going = one.call();
	await jest.advanceTimersByTimeAsync(1999);
	expect(one.looks).toBe(0);
	await jest.advanceTimersByTimeAsync(1);
	expect(await going).toBe('approved');
});

it('W24: of calls at once one looks', async () => {
	const one = wait(() => 'approved');
	const all = Promise.all([one.call(), one.call(), one.call()]);
	await jest.advanceTimersByTimeAsync(10_000);
	expect(await all).toEqual(['approved', null, null]);
	expect(one.looks).toBe(1);
});

it('W24: looks again for a call that came meanwhile, and then no more', async () => {
	const one = wait((looks) => (looks === 2 ? 'approved' : null));
	const first = one.call();
	await jest.advanceTimersByTimeAsync(1500);
	expect(await one.call()).toBeNull();
	await jest.advanceTimersByTimeAsync(4000);
	expect(await first).toBe('approved');

	const other = wait(() => null);
	const nothing = other.call();
	await jest.advanceTimersByTimeAsync(10_000);
	expect([await nothing, other.looks]).toEqual([null, 1]);
	const next = other.call();
	await jest.advanceTimersByTimeAsync(2000);
	expect([await next, other.looks]).toEqual([null, 2]);
});

it('W24: a look that fails is over, and the next call looks', async () => {
	const one = wait((looks) => (looks === 1 ? Promise.reject(new Error('no')) : 'approved'));
	const failing = expect(one.call()).rejects.toThrow('no');
	await jest.advanceTimersByTimeAsync(2000);
	await failing;
	const next = one.call();
	await jest.advanceTimersByTimeAsync(2000);
	expect(await next).toBe('approved');
});
