import { account, faultsOf, type Effect, type Run } from '../../../scripts/faults/account';

const once = (subject: string, outcome: string, eventId?: string): Effect => ({
	...{ subject, outcome, eventId },
});

function counted(
	decisions: Record<string, string>,
	effects: Effect[],
	runs: Record<string, Run[]> = {},
) {
	return account({
		decisions: new Map(Object.entries(decisions)),
		effects,
		runsOf: (subject) => runs[subject] ?? [],
	});
}

it('counts what took effect once, as decided', () => {
	const effects = [once('a', 'approved'), once('b', 'rejected')];
	const found = counted({ a: 'approved', b: 'rejected' }, effects);
	expect(found).toMatchObject({ decided: 2, right: 2, details: [] });
	expect(faultsOf(found)).toEqual([]);
});

it.each([
	['lost', []],
	['lost', ['success']],
	['crashed', ['crashed']],
	['crashed', ['error']],
	['hanging', ['running']],
	['hanging', ['new']],
	['crashed', ['running', 'crashed']],
])('without an effect it is %s, when n8n lists %j', (word, statuses) => {
	const runs = statuses.map((status, n) => ({ id: String(n), status }));
	const found = counted({ a: 'approved' }, [], { a: runs });
	expect(found).toMatchObject({ decided: 1, right: 0, [word]: 1 });
	expect(faultsOf(found)[0]).toBe(`${word}: 1 of 1`);
});

it('names the failed runs, which can be retried', () => {
	const runs = { a: [{ id: '7', status: 'crashed' }], b: [{ id: '8', status: 'running' }] };
	expect(counted({ a: 'approved', b: 'approved' }, [], runs).failedRuns).toEqual(['7']);
});

it('counts what took effect twice, and tells whether its event.id tells', () => {
	const same = [once('a', 'approved', 'e1'), once('a', 'approved', 'e1')];
	const found = counted({ a: 'approved' }, same);
	expect(found).toMatchObject({ right: 0, twice: 1, unlike: 0 });
	expect(faultsOf(found, { twice: true })).toEqual([]);
	expect(faultsOf(found)[0]).toBe('twice: 1 of 1');

	const other = counted({ a: 'approved' }, [same[0], once('a', 'approved', 'e2')]);
	expect(other).toMatchObject({ twice: 1, unlike: 1 });
	expect(faultsOf(other, { twice: true })[0]).toBe('unlike: 1 of 1');

	const none = counted({ a: 'approved' }, [once('a', 'approved'), once('a', 'approved')]);
	expect(none).toMatchObject({ twice: 1, unlike: 1 });
});

it('a failed run of which n8n kept no data stands for one decision without any run', () => {
	const decisions = new Map(['a', 'b', 'c'].map((id) => [id, 'approved']));
	const effects = [once('a', 'approved')];
	const anonymous = [
		{ id: '7', status: 'error' },
		{ id: '8', status: 'success' },
	];
	const found = account({ decisions, effects, runsOf: () => [], anonymous });
	expect(found).toMatchObject({ right: 1, crashed: 1, lost: 1, lostSubjects: ['c'] });
	expect(found.withoutEffect).toEqual(['b', 'c']);
	expect(found.failedRuns).toEqual(['7']);
});

it('an approval nobody gave is opened, and another outcome wrong, whatever else is allowed', () => {
	const allowed = { crashed: true, hanging: true, lost: true, twice: true } as const;
	const notDecided = counted({ b: 'rejected' }, [once('a', 'approved'), once('b', 'rejected')]);
	expect(notDecided).toMatchObject({ right: 1, wrong: 0, opened: 1 });
	expect(faultsOf(notDecided, allowed)).toEqual(['opened: 1 of 1', 'opened: a, not decided']);
	const rejected = counted({ a: 'rejected' }, [once('a', 'approved')]);
	expect(rejected).toMatchObject({ wrong: 1, opened: 1 });
	expect(counted({ a: 'approved' }, [once('a', 'none')])).toMatchObject({ wrong: 1, opened: 0 });
	const both = [once('a', 'approved'), once('a', 'none')];
	expect(counted({ a: 'approved' }, both)).toMatchObject({ right: 0, wrong: 1, twice: 0 });
});

it('allows as many as it is told, and never that nothing was decided', () => {
	const runs = { a: [{ id: '1', status: 'crashed' }], b: [{ id: '2', status: 'crashed' }] };
	const found = counted({ a: 'approved', b: 'approved' }, [], runs);
	expect(faultsOf(found, { crashed: 2 })).toEqual([]);
	expect(faultsOf(found, { crashed: 1 })[0]).toBe('crashed: 2 of 2');
	expect(faultsOf(counted({}, []))).toEqual(['nothing was decided']);
});
