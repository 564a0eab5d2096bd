/** @jest-environment ./test/engine/environment.ts */
import { DECISIONS, useLoops } from '../looped';
import { useSandbox } from './sandboxed';

const used = useSandbox();
const open = useLoops(() => ({ type: 'appmixer', credential: used.ada, outputs: DECISIONS }));
const WITHOUT = { options: { wakeUps: false } };

/** A wait that nobody answers until the last look but one. */
async function waitFor(tasks: number, days: number) {
	const ids = Array.from({ length: tasks }, () => used.sandbox.appmixer.createTask().taskId);
	const loop = await open(ids, { ...WITHOUT, resumeAmount: days, resumeUnit: 'days' });
	const end = Date.now() + days * 86_400_000;
	while (loop.status === 'waiting' && loop.waitTill!.getTime() < end - 60_000) await loop.wake();
	for (const id of ids) await used.sandbox.appmixer.approve(id);
	await loop.wake();
	expect(loop.status).toBe('success');
	const paired = loop.arrived('Approved').map(({ json, from }) => [json.id, from]);
	expect(paired).toEqual(ids.map((id, place) => [id, { id, line: place + 1 }]));
	return { looks: loop.looks, bytes: loop.stored.length };
}

/** What the README says. Fewer bytes than that are no better: they would show that looks were not stored. */
it.each([
	[1, 7, 212, 70],
	[50, 7, 212, 105],
	[1, 30, 764, 260],
	[50, 30, 500, 200],
])(
	'L6: %d tasks in one wait of %d days are %d looks, and about %d kB, each task paired with its item',
	async (tasks, days, looks, kilobytes) => {
		const found = await waitFor(tasks, days);
		expect(found.looks).toBe(looks);
		expect(found.bytes / 1000).toBeGreaterThan(0.9 * kilobytes);
		expect(found.bytes / 1000).toBeLessThan(1.1 * kilobytes);
	},
	300_000,
);
