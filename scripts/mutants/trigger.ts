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
			['memory.key ||= mintKey();', 'memory.key = mintKey();'],
			['memory.key ||= mintKey();', ''],
			['{ key: memory.key, url: memory.url }', '{ url: memory.url }'],
			['dropStored(unsaved, stored);', ''],
			["if (context.getMode() === 'manual') return true;", ''],
			['Object.assign(stored, { key, url, since, registrations, seen });', ''],
			['before.get(memory)?.order);', 'changesMade);'],
			["if (memory.seen.includes(event)) return 'emitted';", ''],
			["heldFor(context).underWay.has(event) ? 'underWay' : false", 'false'],
			['memory.seen.push(event);', ''],
			['underWay.delete(event);\n\t\t\tif (!isStored) return;', 'underWay.delete(event);'],
			['seen.set(event, Date.now());', ''],
			['hold(triggerName(context), memory);\n\twrite', 'write'],
			['held.delete(triggerName(context));', ''],
		],
	),
	...breaking(
		room('unsaved'),
		[room('triggerMemory')],
		[
			['const MAX_SEEN = 1000;', 'const MAX_SEEN = 100_000;'],
			['change.at < since ||', ''],
			['|| (there?.at ?? 0) > change.at', ''],
			['&& change.at < settled;', ';'],
			['if (at < settled && seen', 'if (seen'],
			['if (stored.key) delete unsaved.key;', ''],
			[
				'else delete registrations[task];',
				'',
				'What is gone is written so by the call that noticed it.',
			],
			["key: stored.key ?? unsaved.key ?? ''", "key: unsaved.key ?? stored.key ?? ''"],
			['...unsaved.seen.keys()', ''],
			['seen.slice(-MAX_SEEN)', 'seen'],
		],
	),
	...breaking(
		room('turns'),
		['Appmixer/trigger'],
		[['if (!ahead || (await', 'if (true || (await']],
	),
	...breaking(
		room('storedRun'),
		[room('storedRun')],
		[
			['response.writableFinished && response.statusCode < 300', 'true'],
			['response.writableFinished && response.statusCode < 300', 'false'],
			['if (isOpen) emission.write();', ''],
			['onEnd();', ''],
		],
	),
	...breaking(
		'shared/gate/onceFor',
		['Appmixer/trigger', 'shared/gate/onceFor'],
		[
			['if (said.has(thing)) return false;', ''],
			['said.size > MAX_SAID', 'false'],
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
];
