import { breaking } from './mutant';

const POLLS = ['Affinitext/trigger', 'Mambu/trigger', 'Appmixer/pollingTrigger'];

/** One poll tick. */
export const polls = [
	...breaking('shared/trigger/pollTasks', POLLS, [
		["if (context.getMode() === 'manual') return samples(listed, request);", ''],
		['state.scope === scope ? state.seen : undefined', 'state.seen'],
		['before?.[id] ?? past[id]', 'before?.[id]'],
		[
			'if (before === undefined || stored === now[id]) continue;',
			'if (stored === now[id]) continue;',
		],
		['if (request.events.includes(type)) items.push(', 'items.push('],
		['.filter((t) => request.events.includes(t))', ''],
		['.slice(-MAX_GONE)', ''],
		['Object.assign(past, gone);', ''],
		['past[shortId(entry.task.id)] = writeFingerprint(request.fingerprint(entry));', ''],
		['Object.assign(state, { scope, seen: now });', 'Object.assign(state, { seen: now });'],
		[
			'Object.assign(state, { scope, seen: now });',
			'Object.assign(state, { scope, seen: { ...before, ...now } });',
		],
		['if (round !== undefined && items.length > 0) state.round = round;', ''],
		['request.numbered ? (state.round ?? 0) + 1 : undefined', 'undefined'],
		['const stored = gone[shortId(id)];', 'const stored = Object.values(gone)[0];'],
		['items.slice(-SAMPLES)', 'items'],
		['previousStatus: before?.status || null', 'previousStatus: null'],
		[
			'if (known && writeFingerprint(known) === now[id]) continue;',
			'',
			'It saves work: an unchanged task has no events in any case.',
		],
		['rawOutput: !fields.simple(simple)', 'rawOutput: false'],
		['eventItem(task, rawOutput ? raw : null', 'eventItem(task, null'],
	]),
	...breaking(
		'shared/trigger/events',
		['Appmixer/pollingTrigger'],
		[['if (events.length > 0) return events;', 'return events;']],
	),
	...breaking(
		'shared/trigger/pollTasks',
		[...POLLS, 'Opentaps/trigger', 'Nutrient/trigger'],
		[
			['.pop();', '[0];'],
			['.sort((a, b) => changedAt(a).localeCompare(changedAt(b)))', ''],
		],
	),
];
