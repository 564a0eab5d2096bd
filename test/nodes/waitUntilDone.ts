import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeParameters,
	INodeProperties,
} from 'n8n-workflow';

import type { Fault, FaultRule } from '../../sandbox';
import { engine } from '../engine';
import { DONE, leaving, ONE_HOUR, useLoops, type Loop } from './looped';

/** A task at its service, and what people do to it there. */
export interface Waited {
	/** As it is entered in the panel. */
	entered: string;
	/** As the Task record has it. */
	id: string;
	complete(): void;
	/** Gives it another title. */
	edit(title: string): void;
	remove(): void;
}

export interface World {
	type: string;
	credential(): ICredentialDataDecryptedObject;
	/** An open task with this title. */
	add(title: string): Waited;
	fault(rule: FaultRule): Fault;
	/** The requests that look at tasks. */
	looks: RegExp;
	/** What must not be stored with a run. */
	secret(): string;
	/** Looks that a task must be missing in. */
	goneAfter: number;
	/** What is told of a task that was never there. */
	notThere: RegExp;
	/** A task that is not there, as it is entered. */
	nowhere: string;
	/** Requester and assignee as the record has them, where not both are somebody. */
	people?: object;
	/** Whether it tells when a task was done. */
	dates: boolean;
	/** What the panel says that the service cannot say. */
	unknown: RegExp[];
}

/** What every wait for tasks does that are done or not. */
export function waitsUntilDone(world: World) {
	const open = useLoops(() => ({
		type: world.type,
		credential: world.credential(),
		outputs: DONE,
	}));
	const openFor = async (tasks: Waited[], parameters: INodeParameters = {}, more: object = {}) =>
		await open(
			tasks.map(({ entered }) => entered),
			parameters,
			more,
		);
	const add = (count: number) =>
		Array.from({ length: count }, (_, n) => world.add(`Task ${n + 1}`));
	const ended = (loop: Loop) => {
		expect([loop.error, loop.status]).toEqual([null, 'success']);
		return { done: leaving(loop, 'Done'), not: leaving(loop, 'No Decision') };
	};

	it('L3: waits until all are done, and then each leaves paired, and approved is false', async () => {
		const tasks = add(3);
		const loop = await openFor(tasks);
		expect([loop.error, loop.status]).toEqual([null, 'waiting']);
		tasks[2].complete();
		await loop.wake();
		expect([loop.status, loop.arrived('Done')]).toEqual(['waiting', []]);
		tasks[0].complete();
		tasks[1].complete();
		await loop.wake();
		const leave = tasks.map(({ id }, n) => [id, 'done', false, n + 1]);
		expect(ended(loop)).toEqual({ done: leave, not: [] });
		expect(loop.looks).toBe(3);
		expect(Object.keys(loop.arrived('Done')[0].json)).not.toContain('wait');
	});

	it('gives the Task record with the outcome, and stores no secret', async () => {
		const [task] = add(1);
		task.complete();
		const loop = await openFor([task]);
		ended(loop);
		const { updatedAt, decidedAt, url, ...json } = loop.arrived('Done')[0].json;
		expect([updatedAt, decidedAt, url]).not.toContain(undefined);
		expect(json).toEqual({
			approved: false,
			outcome: 'done',
			decidedBy: null,
			...{ id: task.id, title: 'Task 1', description: null, state: 'done', decision: null },
			...{ status: expect.any(String), source: world.type },
			...(world.people ?? { requester: expect.anything(), assignee: expect.anything() }),
			...{ dueAt: expect.any(String), createdAt: expect.any(String) },
		});
		expect(world.secret()).not.toBe('');
		expect(loop.stored).not.toContain(world.secret());
	});

	it('groups: all together are one question, with a vote for each', async () => {
		const tasks = add(2);
		const loop = await openFor(tasks, { grouping: 'all' });
		tasks[0].complete();
		await loop.wake();
		expect(loop.status).toBe('waiting');
		tasks[1].complete();
		await loop.wake();
		ended(loop);
		const [{ json }] = loop.arrived('Done');
		expect(json).toMatchObject({ approved: false, outcome: 'done', group: null });
		expect(json.votes).toEqual(
			tasks.map(({ id }, n) =>
				expect.objectContaining({
					task: id,
					title: `Task ${n + 1}`,
					decision: null,
					state: 'done',
				}),
			),
		);
	});

	it('groups: items with the same value in a field are one question', async () => {
		const tasks = add(3);
		const grouped = { grouping: 'field', groupField: 'order' };
		const items = tasks.map(({ entered: id }, n): IDataObject => ({
			id,
			order: n < 2 ? 'A' : 'B',
		}));
		const loop = await openFor(tasks, { ...grouped, ...ONE_HOUR }, { items });
		tasks[0].complete();
		tasks[2].complete();
		await loop.wake();
		expect(loop.status).toBe('success');
		const [timedOut] = loop.arrived('No Decision').map(({ json }) => json);
		expect(timedOut).toMatchObject({ outcome: 'timedOut', group: 'A' });
	});

	it('L10: what nobody has done at the deadline, or after it, leaves by No Decision', async () => {
		const tasks = add(2);
		const loop = await openFor(tasks, ONE_HOUR);
		const late = loop.waitTill!.getTime() - (performance.timeOrigin + performance.now()) + 60_000;
		engine.clockAhead(late);
		tasks[1].complete();
		await loop.wake();
		const leave = tasks.map(({ id }, n) => [id, 'timedOut', false, n + 1]);
		expect(ended(loop)).toEqual({ done: [], not: leave });
		expect(loop.looks).toBe(2);
	});

	it('L10: what was done before the deadline, and seen at it, counts where the service dates it', async () => {
		const tasks = add(1);
		const loop = await openFor(tasks, ONE_HOUR);
		tasks[0].complete();
		await loop.wake();
		const { done, not } = ended(loop);
		expect([...done, ...not].map(([, outcome]) => outcome)).toEqual([
			world.dates ? 'done' : 'timedOut',
		]);
	});

	it('L8: a task that is gone leaves as cancelled', async () => {
		const tasks = add(2);
		const loop = await openFor(tasks);
		tasks[0].remove();
		tasks[1].complete();
		for (let looks = 1; looks < world.goneAfter; looks++) {
			await loop.wake();
			expect(loop.status).toBe('waiting');
		}
		await loop.wake();
		expect(ended(loop)).toEqual({
			done: [[tasks[1].id, 'done', false, 2]],
			not: [[tasks[0].id, 'cancelled', false, 1]],
		});
	});

	it('says which item is not there, before it waits', async () => {
		const [task] = add(1);
		const loop = await open([task.entered, world.nowhere]);
		expect(loop.status).toBe('error');
		expect(loop.error!.message).toMatch(world.notThere);
		expect(loop.error!.message).toContain(world.nowhere);
		expect(loop.error!.itemIndex).toBe(1);
	});

	it('L9: one that was edited leaves as changed, with both texts', async () => {
		const tasks = add(2);
		const loop = await openFor(tasks);
		tasks[0].edit('Another thing');
		tasks[0].complete();
		tasks[1].complete();
		await loop.wake();
		expect(ended(loop)).toMatchObject({
			done: [[tasks[1].id, 'done', false, 2]],
			not: [[tasks[0].id, 'changed', false, 1]],
		});
		expect(loop.arrived('No Decision')[0].json).toMatchObject({
			edited: ['title'],
			asked: { title: 'Task 1' },
			found: { title: 'Another thing' },
		});
	});

	it('L9: an edited one counts where that is accepted, with both texts', async () => {
		const [task] = add(1);
		const loop = await openFor([task], { options: { whenEdited: 'accept' } });
		task.edit('Another thing');
		task.complete();
		await loop.wake();
		expect(ended(loop).done).toEqual([[task.id, 'done', false, 1]]);
		expect(loop.arrived('Done')[0].json).toMatchObject({
			title: 'Another thing',
			asked: { title: 'Task 1' },
			found: { title: 'Another thing' },
		});
	});

	it.each([
		['503', { status: 503, headers: { 'Retry-After': '0' } }],
		['429', { status: 429, headers: { 'Retry-After': '0' } }],
		['a cut connection', { cut: true }],
	])('L8: %s at a look is skipped, and told', async (_name, weather) => {
		const [task] = add(1);
		const loop = await openFor([task]);
		const fault = world.fault({ path: world.looks, ...weather });
		await loop.wake();
		expect([loop.error, loop.status]).toEqual([null, 'waiting']);
		expect(fault.hits).toBeGreaterThan(0);
		expect(loop.hints.join()).toMatch(/^One look failed so far, and the wait went on/);
		fault.remove();
		task.complete();
		await loop.wake();
		expect(ended(loop).done).toEqual([[task.id, 'done', false, 1]]);
	});

	it('L8: 401 ends a wait that has never looked, and is outlived by one that has', async () => {
		const [task] = add(1);
		const refuses = () => world.fault({ path: world.looks, status: 401, body: {} });
		const first = refuses();
		expect(await openFor([task])).toMatchObject({ status: 'error', error: { httpCode: '401' } });
		first.remove();
		const loop = await openFor([task]);
		const later = refuses();
		await loop.wake();
		expect([loop.error, loop.status]).toEqual([null, 'waiting']);
		later.remove();
		task.complete();
		await loop.wake();
		expect(ended(loop).done).toEqual([[task.id, 'done', false, 1]]);
	});

	it('says in the panel what the service cannot say, and has outputs for what it can', () => {
		const { properties, outputs, waitingNodeTooltip } = engine.nodeTypeOf(world.type).description;
		const isWaits = ({ displayOptions }: INodeProperties) =>
			displayOptions?.show?.operation?.includes('wait');
		const notices = properties.filter((one) => one.type === 'notice' && isWaits(one));
		const panel = notices.map(({ displayName }) => displayName).join('\n');
		for (const words of [/Done approves nothing/, /Check Again/, ...world.unknown]) {
			expect(panel).toMatch(words);
		}
		for (const output of DONE) expect(outputs).toContain(output);
		expect(outputs).not.toContain('"Check Again","Approved"');
		expect(waitingNodeTooltip).toContain('Waiting');
	});

	return { open, openFor, ended };
}
