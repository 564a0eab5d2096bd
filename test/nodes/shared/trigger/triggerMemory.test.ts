import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import {
	beginEmission,
	isKnown,
	openMemory,
	persist,
	recall,
	release,
	type Registration,
} from '../../../../nodes/shared/trigger/triggerMemory';

/** What n8n has stored of a trigger; a process that holds something of its own is a copy of the module. */
interface Database {
	data: IDataObject;
}

type Memory = typeof import('../../../../nodes/shared/trigger/triggerMemory');

/** The module with a state of its own, as in another process. */
function otherProcess(): Memory {
	let memory!: Memory;
	jest.isolateModules(() => {
		// eslint-disable-next-line @typescript-eslint/no-require-imports -- once more, after it was loaded
		memory = require('../../../../nodes/shared/trigger/triggerMemory') as Memory;
	});
	return memory;
}

/** One handler's view of a workflow: n8n hands each a copy of the static data and saves the last one written. */
function handlerOf(stored: Database, id: string, mode = 'trigger') {
	const copy = structuredClone(stored.data);
	const context = {
		getMode: () => mode,
		getNode: () => ({ id: 'node' }),
		getWorkflow: () => ({ id }),
		getWorkflowStaticData: () => copy,
		getNodeWebhookUrl: () => `https://n8n.example/${mode}/${id}`,
	} as unknown as IWebhookFunctions & IHookFunctions;
	return { context, save: () => void (stored.data = structuredClone(copy)) };
}

const registration = (id: string, at = Date.now()): Registration => ({
	...{ id, status: 'pending', url: 'u', at },
});

const turn = async () => await Promise.resolve();

/** Emits an event in a handler of its own. */
function emit(stored: Database, id: string, event: string, isStored = true, process?: Memory) {
	const { recall: read, beginEmission: begin } = process ?? { recall, beginEmission };
	const { context, save } = handlerOf(stored, id);
	const emission = begin(context, read(context), event, null);
	emission.write();
	if (isStored) save();
	emission.end(isStored);
}

const seenIn = ({ data }: Database) => data.seen as string[];
const tasksIn = ({ data }: Database) => Object.keys(data.registrations as IDataObject).sort();

afterEach(() => jest.useRealTimers());

it('T6: of 50 concurrent appends 50 survive', async () => {
	const stored: Database = { data: {} };
	await Promise.all(
		Array.from({ length: 50 }, async (_, index) => {
			const { context, save } = handlerOf(stored, 'fifty');
			for (let i = 0; i < index % 7; i++) await turn();
			const memory = recall(context);
			memory.registrations[`task ${index}`] = registration(`${index}`);
			await turn();
			persist(context, memory);
			save();
		}),
	);
	expect(tasksIn(stored)).toHaveLength(50);
});

it('knows an event it has emitted, also after a restart', () => {
	const stored: Database = { data: {} };
	emit(stored, 'restart', 'e');
	const { context } = handlerOf(stored, 'restart');
	expect(isKnown(context, recall(context), 'e')).toBe('emitted');
	const other = otherProcess();
	expect(other.isKnown(context, other.recall(context), 'e')).toBe('emitted');
});

describe('F2: an event whose run n8n did not store', () => {
	it('is new again', () => {
		const stored: Database = { data: {} };
		emit(stored, 'refused', 'e', false);
		const { context } = handlerOf(stored, 'refused');
		expect(isKnown(context, recall(context), 'e')).toBe(false);
	});

	it('is not written by another call of the process', () => {
		const stored: Database = { data: {} };
		const first = handlerOf(stored, 'lost');
		const emission = beginEmission(first.context, recall(first.context), 'lost', null);
		emission.write();
		emit(stored, 'lost', 'other');
		expect(seenIn(stored)).toEqual(['other']);
	});

	it('keeps the registration that had called', () => {
		const stored: Database = { data: { key: 'k', registrations: { t: registration('w', 1) } } };
		const { context } = handlerOf(stored, 'kept');
		const emission = beginEmission(context, recall(context), 'e', 't');
		emission.write();
		emission.end(false);
		const next = handlerOf(stored, 'kept');
		expect(Object.keys(recall(next.context).registrations)).toEqual(['t']);
	});

	it('is under way until it is known', () => {
		const { context } = handlerOf({ data: {} }, 'underWay');
		const emission = beginEmission(context, recall(context), 'e', null);
		const other = handlerOf({ data: {} }, 'underWay');
		expect(isKnown(other.context, recall(other.context), 'e')).toBe('underWay');
		emission.end(true);
		expect(isKnown(other.context, recall(other.context), 'e')).toBe('emitted');
	});
});

describe('F2: while n8n holds back a run', () => {
	/** A call that is under way, and what it sets in static data, key by key. */
	function heldBack(stored: Database, id: string) {
		const { context } = handlerOf(stored, id);
		const sets: string[] = [];
		const data = new Proxy(context.getWorkflowStaticData('node'), {
			set(target, key, value) {
				sets.push(String(key));
				return Reflect.set(target, key, value);
			},
		});
		const watched = { ...context, getWorkflowStaticData: () => data } as typeof context;
		const emission = beginEmission(watched, recall(watched), 'held', null);
		const write = () => {
			sets.splice(0);
			emission.write();
			return sets;
		};
		return { data, write };
	}

	it('only the mark of change is set again, which n8n takes off', () => {
		const { data, write } = heldBack({ data: { key: 'k', since: 7 } }, 'marked');
		expect(write()).toContain('registrations');
		const before = JSON.stringify(data);
		expect([[...write()], [...write()]]).toEqual([['since'], ['since']]);
		expect(JSON.stringify(data)).toBe(before);
	});

	it.each(['registered', 'emitted'])('what another call has %s is written too, once', (what) => {
		const stored: Database = { data: { key: 'k', registrations: {} } };
		const { data, write } = heldBack(stored, what);
		write();
		if (what === 'emitted') emit(stored, what, 'other');
		else {
			const { context } = handlerOf(stored, what);
			const memory = recall(context);
			memory.registrations.t = registration('w');
			persist(context, memory);
		}
		expect(write()).toContain('registrations');
		expect(what === 'emitted' ? data.seen : Object.keys(data.registrations as IDataObject)).toEqual(
			what === 'emitted' ? ['held', 'other'] : ['t'],
		);
		expect(write()).toEqual(['since']);
	});

	it('what was replaced is written again', () => {
		const { data, write } = heldBack({ data: { key: 'k' } }, 'replaced');
		write();
		Object.assign(data, { registrations: {}, seen: [] });
		write();
		expect(data.seen).toEqual(['held']);
	});
});

describe('F2: an event whose sender has hung up while n8n holds back its run', () => {
	/** A call that read what is stored now, and has not ended. */
	const hungUp = (stored: Database, id: string) => {
		const { context, save } = handlerOf(stored, id);
		const emission = beginEmission(context, recall(context), 'held', null);
		emission.write();
		emission.end('unknown');
		return save;
	};

	it('is not emitted again within an hour, and is new after it', () => {
		jest.useFakeTimers();
		const stored: Database = { data: { key: 'k' } };
		hungUp(stored, 'jam');
		const state = () => {
			const { context } = handlerOf(stored, 'jam');
			return isKnown(context, recall(context), 'held');
		};
		jest.advanceTimersByTime(3_590_000);
		expect(state()).toBe('underWay');
		jest.advanceTimersByTime(20_000);
		expect(state()).toBe(false);
	});

	it('does not undo what others have stored meanwhile', () => {
		jest.useFakeTimers();
		const stored: Database = { data: { key: 'k', registrations: {} } };
		const saveLate = hungUp(stored, 'late');
		jest.advanceTimersByTime(1000);
		emit(stored, 'late', 'other');
		const { context, save } = handlerOf(stored, 'late');
		const memory = recall(context);
		memory.registrations.t = registration('w');
		persist(context, memory);
		save();
		jest.advanceTimersByTime(120_000);
		recall(handlerOf(stored, 'late').context);
		saveLate();
		const after = recall(handlerOf(stored, 'late').context);
		expect(after.seen).toEqual(['held', 'other']);
		expect(Object.keys(after.registrations)).toEqual(['t']);
	});

	it('is known also when the trigger is published again meanwhile', () => {
		const stored: Database = { data: { key: 'k' } };
		hungUp(stored, 'again');
		const main = handlerOf(stored, 'again');
		release(main.context, recall(main.context));
		main.save();
		const { context } = handlerOf(stored, 'again');
		openMemory(context);
		expect(isKnown(context, recall(context), 'held')).toBe('underWay');
	});
});

describe('F3: several processes', () => {
	it('mint a key only when the trigger is published', () => {
		const stored: Database = { data: {} };
		expect(recall(handlerOf(stored, 'mint').context).key).toBe('');
		const main = handlerOf(stored, 'mint');
		const memory = openMemory(main.context);
		expect(memory.key).toMatch(/^[\da-f]{64}$/);
		// this process is called before n8n has saved; another one is not published yet
		expect(recall(handlerOf(stored, 'mint').context).key).toBe(memory.key);
		const hook = otherProcess();
		expect(hook.recall(handlerOf(stored, 'mint').context).key).toBe('');
		persist(main.context, memory);
		expect(recall(handlerOf(stored, 'mint').context).key).toBe(memory.key);
		main.save();
		expect(hook.recall(handlerOf(stored, 'mint').context).key).toBe(memory.key);
	});

	it('take the key that is stored, also after it was another one', () => {
		const stored: Database = { data: { key: 'first' } };
		expect(recall(handlerOf(stored, 'renamed').context).key).toBe('first');
		stored.data = { key: 'second' };
		expect(recall(handlerOf(stored, 'renamed').context).key).toBe('second');
		stored.data = {};
		const { key } = openMemory(handlerOf(stored, 'renamed').context);
		expect(recall(handlerOf(stored, 'renamed').context).key).toBe(key);
		stored.data = { key: 'third' };
		expect(recall(handlerOf(stored, 'renamed').context).key).toBe('third');
		stored.data = {};
		expect(recall(handlerOf(stored, 'renamed').context).key).toBe('');
	});

	it('see what another one has emitted and registered', () => {
		const stored: Database = { data: {} };
		const hook = otherProcess();
		emit(stored, 'see', 'e', true, hook);
		const main = handlerOf(stored, 'see');
		expect(isKnown(main.context, recall(main.context), 'e')).toBe('emitted');
	});

	it('do not write an old memory over a new one', () => {
		const stored: Database = { data: { key: 'k', registrations: {}, seen: [] } };
		const hook = otherProcess();
		emit(stored, 'old', 'before', true, hook);
		const main = handlerOf(stored, 'old');
		const memory = openMemory(main.context);
		for (const n of [1, 2, 3]) memory.registrations[`t${n}`] = registration(`w${n}`);
		persist(main.context, memory);
		main.save();
		emit(stored, 'old', 'after', true, hook);
		expect(tasksIn(stored)).toEqual(['t1', 't2', 't3']);
		expect(seenIn(stored)).toEqual(['before', 'after']);
	});

	it('write again what another one has overwritten', () => {
		const stored: Database = { data: { key: 'k' } };
		const slow = otherProcess();
		const { context, save } = handlerOf(stored, 'again');
		const old = slow.recall(context);
		const main = handlerOf(stored, 'again');
		const memory = recall(main.context);
		memory.registrations.t = registration('w');
		persist(main.context, memory);
		main.save();
		slow.persist(context, old);
		save();
		expect(tasksIn(stored)).toEqual([]);
		expect(Object.keys(recall(handlerOf(stored, 'again').context).registrations)).toEqual(['t']);
	});

	it('do not take up again what has called and was overwritten', () => {
		const stored: Database = { data: { key: 'k', registrations: { t: registration('w', 1) } } };
		const { context } = handlerOf(stored, 'spent');
		beginEmission(context, recall(context), 'e', 't').end(true);
		const next = recall(handlerOf(stored, 'spent').context);
		expect(next).toMatchObject({ registrations: {}, seen: ['e'] });
	});

	it('take the newest registration of a task', () => {
		const stored: Database = { data: { key: 'k' } };
		const hook = otherProcess();
		const one = handlerOf(stored, 'newest');
		const memory = hook.recall(one.context);
		memory.registrations.t = registration('old', Date.now() - 10);
		hook.persist(one.context, memory);
		stored.data = { key: 'k', registrations: { t: registration('new') } };
		const { registrations } = hook.recall(handlerOf(stored, 'newest').context);
		expect(registrations.t.id).toBe('new');
	});

	it('forget what they hold once it was stored for a minute, or the trigger was published again', () => {
		jest.useFakeTimers();
		const stored: Database = { data: { key: 'k', registrations: {} } };
		const one = handlerOf(stored, 'forget');
		const memory = recall(one.context);
		memory.registrations.t = registration('w');
		persist(one.context, memory);
		one.save();
		emit(stored, 'forget', 'e');
		// a call that read before may undo it
		recall(handlerOf(stored, 'forget').context);
		const early = handlerOf({ data: { key: 'k', registrations: {} } }, 'forget');
		expect(recall(early.context)).toMatchObject({ registrations: { t: {} }, seen: ['e'] });
		jest.advanceTimersByTime(61_000);
		recall(handlerOf(stored, 'forget').context);
		expect(recall(early.context)).toMatchObject({ registrations: {}, seen: [] });

		const again = recall(handlerOf(stored, 'forget').context);
		again.registrations.u = registration('x');
		persist(handlerOf(stored, 'forget').context, again);
		jest.advanceTimersByTime(1);
		stored.data = { key: 'k', since: Date.now(), registrations: {} };
		expect(recall(handlerOf(stored, 'forget').context).registrations).toEqual({});
	});
});

it('forgets everything of a trigger that is no longer active', () => {
	const { context, save } = handlerOf({ data: {} }, 'released');
	const memory = openMemory(context);
	memory.registrations.t = registration('w');
	persist(context, memory);
	delete memory.registrations.t;
	release(context, memory);
	save();
	expect(recall(handlerOf({ data: {} }, 'released').context)).toMatchObject({
		key: '',
		registrations: {},
	});
});

it('T7: keeps its key over a restart, and has one of its own per workflow', () => {
	const stored: Database = { data: {} };
	const first = handlerOf(stored, 'key');
	const memory = openMemory(first.context);
	release(first.context, memory);
	first.save();
	expect(openMemory(handlerOf(stored, 'key').context).key).toBe(memory.key);
	expect(openMemory(handlerOf({ data: {} }, 'other').context).key).not.toBe(memory.key);
});

it('T11: a test run remembers apart from production', () => {
	const live = handlerOf({ data: {} }, 'both');
	beginEmission(live.context, recall(live.context), 'e', null).end(true);
	const test = handlerOf({ data: {} }, 'both', 'manual');
	expect(isKnown(test.context, recall(test.context), 'e')).toBe(false);
	persist(test.context, openMemory(test.context));
	const ending = { ...live.context, getActivationMode: () => 'init' } as IHookFunctions;
	expect(isKnown(ending as never, recall(ending), 'e')).toBe('emitted');
});

it('drops the oldest of more than 1,000', () => {
	const stored: Database = { data: {} };
	for (let index = 0; index < 1001; index++) emit(stored, 'many', `e${index}`);
	expect(seenIn(stored)).toHaveLength(1000);
	const { context } = handlerOf(stored, 'many');
	expect(isKnown(context, recall(context), 'e1000')).toBe('emitted');
	expect(isKnown(context, recall(context), 'e0')).toBe(false);
});
