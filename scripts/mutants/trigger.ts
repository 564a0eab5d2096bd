import { breaking } from './mutant';

const room = (name: string) => `shared/trigger/${name}`;

/** Events: polling, webhook memory, signed callback URLs. */
export const trigger = [
	...breaking(
		room('callbackToken'),
		[room('callbackToken')],
		[
			['randomBytes(32)', 'Buffer.alloc(32)'],
			['.update(taskId)', ".update('')"],
			["signed.searchParams.set('task', taskId);", ''],
			["if (typeof task !== 'string' || task === '' ||", "if (typeof task !== 'string' ||"],
			["key !== '' && equal", 'equal'],
			['&& equal(token, tokenFor(key, task))', '&& token.length === 64'],
			['a.length === b.length && timingSafeEqual(a, b)', 'a.length === b.length'],
			["createHash('sha256').update(url)", "createHash('sha256')"],
		],
	),
	...breaking(
		room('scope'),
		[room('scope')],
		[
			["['events', 'simple', 'pollTimes']", '[]'],
			['settings.sort(([a], [b]) => a.localeCompare(b))', 'settings'],
			['.map(({ id }) => id)', '.map(() => 1)'],
			[
				'JSON.stringify([settings.sort(([a], [b]) => a.localeCompare(b)), logins])',
				'JSON.stringify([logins])',
			],
		],
	),
	...breaking(
		room('taskEvent'),
		[room('taskEvent')],
		[
			['if (round !== undefined && !isAboutDate(type)) {', 'if (round !== undefined) {'],
			['task.status, type, round]', 'task.status, type]'],
			["source === 'poll' ? task.updatedAt : ''", 'task.updatedAt'],
			['task.decidedAt ??', ''],
			['isAboutDate(type) ? task.dueAt :', ''],
			['isAboutDate(type) ? type : task.status', 'task.status'],
			['{ sent: raw.event }', '{}'],
			['...(raw ?? task)', '...task'],
		],
	),
	...breaking(
		room('triggerMemory'),
		[room('triggerMemory')],
		[
			['const MAX_SEEN = 1000;', 'const MAX_SEEN = 100_000;'],
			['if (known) return known;', ''],
			['key: stored.key ?? mintKey()', 'key: mintKey()'],
			['seen: stored.seen ?? []', 'seen: []'],
			["if (context.getMode() === 'manual') return true;", ''],
			['Object.assign(stored, { key, url, registrations, seen });', ''],
			['memories.delete(keyOf(context));', ''],
			['if (memory.seen.includes(eventId)) return false;', ''],
			['memory.seen.push(eventId);', ''],
		],
	),
	...breaking(
		room('dueDates'),
		[room('dueDates')],
		[
			["minValue: unit === 'Hours' ? 1 : 0", 'minValue: 1'],
			["{ ...show, events: ['dueSoon'] }", "{ events: ['dueSoon'] }"],
		],
	),
	...breaking(
		room('dueDates'),
		[room('dueDates'), room('fingerprint')],
		[
			['number >= 0 ? number : undefined', 'number'],
			['toNumber(given) ?? -1', 'Number(given)'],
			['return fields.has(field)\n', 'return true\n'],
			['left <= soon', 'left < soon'],
			['left !== null &&', ''],
			["left < 0 ? 'late' : 'soon'", "left <= soon ? 'soon' : 'late'"],
			['mark.is === known?.is && mark.at === known.at', 'mark.is === known?.is'],
			['mark.is === known?.is && mark.at === known.at', 'mark.at === known?.at'],
			['? late :', "? 'overdue' :"],
		],
	),
	...breaking(
		room('fingerprint'),
		[room('fingerprint')],
		[
			['/[%|;]/g', '/[|;]/g'],
			['/[%|;]/g', '/[%|]/g'],
			['/[%|;]/g', '/[%;]/g'],
			['status === null ? NO_STATUS : escape(status)', "escape(status ?? '')"],
			['...more.map(escape)', '...more'],
			["if (stored.includes(';')) return readOlder(stored, now);", ''],
			['word === NO_STATUS ? null :', ''],
			['more.map(decodeURIComponent)', 'more'],
			["letter === 'o' ? 'late' : 'soon'", "'soon'"],
			['parseInt(at, 36)', 'Number(at)'],
			["(now ?? '').replaceAll(';', ',')", "''"],
			['same === undefined ? word || null : now', 'word || null'],
			["word === 'soon' ? 'soon' : 'late'", "'late'"],
			['Number(at) || Date.parse(at) || 0', 'Number(at) || 0'],
			["if (!names.startsWith('[\"')) return parts;", 'return parts;'],
			[".replace(/\\|+$/, '')", ''],
		],
	),
	...breaking(
		room('pollingNode'),
		[room('pollingNode')],
		[
			['polling: true as const', 'polling: false as const'],
			[
				'credentials: [{ name: credential, required: true }]',
				'credentials: [{ name: credential }]',
			],
			['inputs: []', 'inputs: [NodeConnectionTypes.Main]'],
		],
	),
	...breaking(
		room('triggerMemory'),
		['Appmixer/trigger', room('triggerMemory')],
		[
			['registrations: stored.registrations ?? {}', 'registrations: {}'],
			['persist(context);\n\tmemories', 'memories'],
		],
	),
];
