import { breaking } from './mutant';

/** What holds in all of them. */
const WEATHER = ['pollingWeather', 'pollingScope', 'unreadableTasks'];
const POLLS = ['Affinitext/trigger', 'Mambu/trigger', 'Appmixer/pollingTrigger'];

/** One poll tick. */
export const polls = [
	...breaking('shared/trigger/pollTasks', POLLS, [
		["if (context.getMode() === 'manual') return samples(listed, request);", ''],
		['.filter((t) => request.events.includes(t))', ''],
		['.filter(([, type]) => request.events.includes(type))', ''],
		['.slice(-MAX_GONE)', ''],
		['...without(gone, kept) };', '};'],
		['known[shortId(entry.task.id)] = writeFingerprint(request.fingerprint(entry));', ''],
		['if (round !== undefined) memory.round = round;', ''],
		['request.numbered ? last + 1 : undefined', 'undefined'],
		['items.slice(-SAMPLES)', 'items'],
		['previousStatus: before?.status || null', 'previousStatus: null'],
		['eventItem(task, request.rawOutput ? raw : null', 'eventItem(task, null'],
		['seen: { ...compared.now, ...kept }', 'seen: { ...known.seen, ...compared.now }'],
	]),
	...breaking('shared/trigger/pollTasks', WEATHER, [
		['known.scope !== scope && !isUpdated', 'false'],
		['known.scope === olderScopeOf(context.getNode())', 'false'],
		['isUpdated || known.basis === request.basis', 'true'],
		['const here = isElsewhere ? {} : without(gone, astray);', 'const here = gone;'],
		['memory.astray = away.kept;', 'void 0;'],
		['if (isSpoilt(memory)) {', 'if (false) {'],
		['Number.isInteger(memory.round)', 'true'],
		['seen: { ...compared.now, ...kept }', 'seen: compared.now'],
	]),
	...breaking('shared/trigger/toldApart', WEATHER, [
		['if (differ < 0) found', 'found'],
		['if (twin && differ !== 0) lost++;', ''],
		["task.id !== ''", 'true'],
	]),
	...breaking(
		'shared/trigger/compareTasks',
		[...POLLS, ...WEATHER],
		[
			['known.seen[id] ?? left[id]', 'known.seen[id]'],
			['if (stored === undefined && isElsewhere) {', 'if (isElsewhere) {'],
			['if (stored === undefined && isElsewhere) {', 'if (false) {'],
			['if (before && !byContent) before.more = fingerprint.more;', ''],
			['!(id in others)', 'true'],
			['writeFingerprint(request.fingerprint(entry))]', "'']"],
			[
				'if (stored === now[id]) continue;',
				'',
				'It saves work: an unchanged task has no events in any case.',
			],
			[
				'if (before && writeFingerprint(before) === now[id]) continue;',
				'',
				'It saves work: an unchanged task has no events in any case.',
			],
		],
	),
	...breaking(
		'shared/trigger/goneTasks',
		[...POLLS, ...WEATHER],
		[
			['byId.get(shortId(id))', '[...byId.values()][0]'],
			['!isElsewhere || (task', 'true || (task'],
			["task.state === 'done' && ", ''],
			['kept[id] = gone[id];', 'void 0;'],
			['if (status >= 500) keep();', 'keep();'],
			['if (status >= 500) keep();', ''],
			['if (!isAboutOne(status)) return await Promise.reject(error);', ''],
		],
	),
	...breaking('shared/trigger/firstLook', WEATHER, [
		['return since ? listed', 'return false ? listed'],
		['request.changedAt && waiting.since', 'waiting.since'],
		['if (!isAfter(request.changedAt?.(entry.task))) return [];', ''],
		["type !== 'new' || isAfter(entry.task.createdAt)", "type !== 'new'"],
	]),
	...breaking('shared/trigger/pollMemory', WEATHER, [
		['return waiting && firstLooks.get(waiting.id);', 'return undefined;'],
		['firstLooks.set(waiting.id, known);', ''],
		['delete memory.waiting;', ''],
		['seen !== undefined && !isSeen(seen)', 'false'],
		['isSeen(stored) ? stored : {}', 'stored as Seen'],
		["typeof text === 'string' && isReadable(text)", 'isReadable(text as string)'],
		["typeof text === 'string' && isReadable(text)", "typeof text === 'string'"],
		['!Array.isArray(stored) &&', ''],
		['if (knownOf(memory)) return;', ''],
		['waiting.since ?? answeredAt(error)', 'undefined'],
		['if (memory.scope !== known.scope) memory.scope = known.scope;', ''],
		['if (memory.basis !== known.basis) memory.basis = known.basis;', ''],
		['!memory.seen || !sameEntries(memory.seen, known.seen)', '!memory.seen'],
		["context.getWorkflowStaticData('node')", "context.getWorkflowStaticData('global')"],
		['keys.length === Object.keys(b).length && ', ''],
		['keys.every((key) => a[key] === b[key])', 'true'],
	]),
	...breaking('shared/http/nodeErrors', WEATHER, [
		["return cause === 'temporarily-unavailable' ||", 'return'],
		["|| cause === 'rate-limited'", ''],
	]),
	...breaking('shared/trigger/pollOnce', WEATHER, [
		['if (underWay.has(context)) {', 'if (false) {'],
		['underWay.delete(context);', ''],
		['return isNew && budgetOf(context) === USUAL_BUDGET_MS;', 'return isNew;'],
		['return isNew && budgetOf(context) === USUAL_BUDGET_MS;', 'return false;'],
		['if (!isPassing(error) && !isStart(context)) return', 'if (!isStart(context)) return'],
		['if (!isPassing(error) && !isStart(context)) return', 'if (!isPassing(error)) return'],
		['if (!isPassing(error) && !isStart(context)) return', 'if (false) return'],
		['if (isPassing(error)) noteWaiting(context, error);', ''],
		['if (emitted === null) await context.__commitCursor?.();', ''],
	]),
	...breaking('shared/http/statusWords', WEATHER, [
		['(means ?? status)', 'status'],
		['status > 501 ? status :', 'status > 599 ? status :'],
	]),
	...breaking('shared/http/refusals', WEATHER, [['\t\tmeans: told.means,\n', '']]),
	...breaking('shared/trigger/lastGiven', WEATHER, [
		['|| here.get(key) === given.at', ''],
		['\there.set(key, given.at);\n', ''],
		['\there.set(keyOf(context), at);\n', ''],
		[
			'memoryOf(context).given = { at, events: events.slice(0, MOST), more',
			'const given = { at, events, more',
		],
	]),
	...breaking('shared/trigger/pollOnce', WEATHER, [
		['\t\tnameLastGiven(context);\n', ''],
		['if (emitted) noteGiven(context, emitted);', ''],
	]),
	...breaking('shared/trigger/pollBudget', WEATHER, [
		['context.getPollBudgetMs?.() ?? USUAL_BUDGET_MS', 'USUAL_BUDGET_MS'],
		['isFirst ? Math.min(budget, PUBLISHING_MS) : budget', 'budget'],
		["error.failure = { cause: 'temporarily-unavailable' };", ''],
		['error instanceof DeadlineError ? tooLong(context.getNode(), ms) : error', 'error'],
	]),
	...breaking('shared/trigger/shortId', WEATHER, [[".digest('base64url')", ".digest('hex')"]]),
	...breaking('shared/trigger/pollRequest', POLLS, [
		['rawOutput: !fields.simple(simple)', 'rawOutput: false'],
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
