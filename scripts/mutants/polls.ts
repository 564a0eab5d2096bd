import { breaking } from './mutant';

const POLLS = ['Affinitext/trigger', 'Mambu/trigger', 'Appmixer/pollingTrigger'];

/** One poll tick. */
export const polls = [
	...breaking('shared/trigger/pollTasks', POLLS, [
		["if (context.getMode() === 'manual') return samples(listed, request);", ''],
		['state.scope === scope ? state.seen : undefined', 'state.seen'],
		['before?.[id] ?? past[id]', 'before?.[id]'],
		[
			'if (before === undefined || known === now[id]) continue;',
			'if (known === now[id]) continue;',
		],
		['if (request.events.includes(type)) items.push(', 'items.push('],
		['if (!request.events.includes(type)) return [];', ''],
		['.slice(-MAX_LEFT)', ''],
		['Object.assign(past, left);', ''],
		['for (const entry of became) past[shortId(entry.task.id)] = request.fingerprint(entry);', ''],
		['Object.assign(state, { scope, seen: now });', 'Object.assign(state, { seen: now });'],
		[
			'Object.assign(state, { scope, seen: now });',
			'Object.assign(state, { scope, seen: { ...before, ...now } });',
		],
		['if (round !== undefined && items.length > 0) state.round = round;', ''],
		['request.numbered ? (state.round ?? 0) + 1 : undefined', 'undefined'],
		['Object.hasOwn(left, shortId(id))', 'true'],
		['.pop();', '[0];'],
		['items.slice(-SAMPLES)', 'items'],
		['previousStatus: statusIn(before)', 'previousStatus: null'],
		['request.rawOutput ? raw : null', 'null'],
		['eventItem(task, rawOutput ? raw : null', 'eventItem(task, null'],
		['.sort((a, b) => changedAt(a).localeCompare(changedAt(b)))', ''],
	]),
];
