/** @jest-environment ./test/engine/environment.ts */
import { parse } from 'flatted';
import type { IRunExecutionData } from 'n8n-workflow';

import { DECISIONS, useLoops } from '../looped';
import { useSandbox } from './sandboxed';

const used = useSandbox();
const open = useLoops(() => ({ type: 'appmixer', credential: used.ada, outputs: DECISIONS }));
const task = (more = {}) => used.sandbox.appmixer.createTask(more).taskId;
const approve = async (id: string) => await used.sandbox.appmixer.approve(id);
const reject = async (id: string) => await used.sandbox.appmixer.reject(id);
const MINUTES = 60_000;

it('L3: waits until every task has its answer, and then all leave, each by its own output and paired', async () => {
	const ids = [task(), task(), task()];
	const loop = await open(ids, { options: { wakeUps: false } });
	expect([loop.status, loop.error]).toEqual(['waiting', null]);
	await approve(ids[2]);
	await loop.wake();
	expect(loop.status).toBe('waiting');
	expect(loop.arrived('Approved')).toEqual([]);
	await reject(ids[0]);
	await approve(ids[1]);
	await loop.wake();
	expect(loop.status).toBe('success');
	const seen = (output: string) =>
		loop.arrived(output).map(({ json, from }) => [json.id, json.outcome, json.approved, from]);
	expect(seen('Approved')).toEqual([
		[ids[1], 'approved', true, { id: ids[1], line: 2 }],
		[ids[2], 'approved', true, { id: ids[2], line: 3 }],
	]);
	expect(seen('Rejected')).toEqual([[ids[0], 'rejected', false, { id: ids[0], line: 1 }]]);
	expect(seen('No Decision')).toEqual([]);
	expect(Object.keys(loop.arrived('Approved')[0].json)).not.toContain('wait');
});

it('wakes up at once when Appmixer calls, and reads the answer from the service', async () => {
	const id = task();
	const loop = await open([id]);
	expect(used.sandbox.appmixer.webhooks).toHaveLength(1);
	await approve(id);
	await loop.settled();
	expect([loop.status, loop.looks]).toEqual(['success', 2]);
	expect(loop.arrived('Approved').map(({ json }) => json.outcome)).toEqual(['approved']);
	expect(used.sandbox.appmixer.webhooks).toEqual([]);
});

it('L6: looks a minute apart at first, and at the deadline at the latest', async () => {
	const before = Date.now();
	const loop = await open([task()], {
		resumeAmount: 90,
		resumeUnit: 'minutes',
		options: { wakeUps: false },
	});
	const span = () => Math.round((loop.waitTill!.getTime() - before) / MINUTES);
	expect(span()).toBe(1);
	await loop.wake();
	expect(span()).toBe(2);
	for (let looks = 0; loop.status === 'waiting' && looks < 60; looks++) await loop.wake();
	expect(loop.arrived('No Decision').map(({ json }) => json.outcome)).toEqual(['timedOut']);
	expect(loop.looks).toBeLessThan(40);
});

it('§6: the execution can be found by its tasks, its approvers and its outcomes', async () => {
	const ids = [task(), task({ approver: 'carol@example.com' })];
	const loop = await open(ids, { options: { wakeUps: false } });
	const noted = () => (parse(loop.stored) as IRunExecutionData).resultData.metadata;
	const who = { taskId: ids.join(', '), approver: 'bob@example.com, carol@example.com' };
	expect(noted()).toEqual(who);
	await approve(ids[0]);
	await reject(ids[1]);
	await loop.wake();
	expect(noted()).toEqual({ ...who, outcome: 'approved, rejected' });
});
