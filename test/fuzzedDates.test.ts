/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- dev-only, never shipped */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const RUNS = 10_000;
/** Hosts are compared by the readers of dates alone, which have the zone to do with, and fewer values. */
const COMPARED = 2_000;
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
const IN_TIME = 90_000;

/** The zone of the host is set when a process starts; the season decides what luxon takes a time for that exists twice. */
const HOSTS: Array<[zone: string, now: string]> = [
	['UTC', '2026-01-15T12:00:00Z'],
	['America/New_York', '2026-07-15T12:00:00Z'],
	['Asia/Kathmandu', '2030-10-27T00:30:00Z'],
];

/**
 * Gives the same values to every reader, and tells what one did that it must not, the slowest call in milliseconds, and
 * a sum of everything that was read.
 */
const SCRIPT = `
	const [root, seed, numRuns, compared, now] = process.argv.slice(1);
	// the place of an error costs more than the error
	Error.stackTraceLimit = 0;
	const fc = require('fast-check');
	const { createHash } = require('node:crypto');
	const { DateTime } = require('luxon');
	const nodes = (name) => require(root + '/dist/nodes/' + name + '.js');
	Date.now = () => Date.parse(now);
	const given = nodes('shared/items/fields/givenValues');
	const { fieldsOf } = nodes('shared/items/fields/readFields');
	const dates = nodes('shared/items/dates');
	const { toTaskDate } = nodes('shared/items/wireDates');
	const { readDate } = nodes('Affinitext/readDate');

	const parts = [' ', '-', '/', ':', '.', ',', 'T', 'Z', '+', '(', ')', '2026', '0000', '0001', '9999', '275760', '31', '30',
		'12', '10', '02', '00', '24', '60', '1', '7', 'Nov', 'october', 'Mon', 'GMT', 'UTC', 'EST', 'am', 'PM', '(CET)', 'W12', '+05:30',
		'-0800', 'Europe/Berlin', '1764608400000', '/Date(', ')/', 'T02:30:00', '2030-10-27', '27/10/2030', 'null'];
	const inParts = fc.array(fc.constantFrom(...parts), { maxLength: 9 }).map((some) => some.join(''));
	const two = fc.integer({ min: 0, max: 62 }).map((n) => String(n).padStart(2, '0'));
	const written = fc.tuple(fc.constantFrom('2026', '2030', '1999', '0999', '9999'), two, two, fc.constantFrom('T', ' ', 't'), two, two,
		fc.constantFrom('', ':00', ':00.5', ':59.9999999'), fc.constantFrom('', 'Z', 'z', '+0100', ' +05:45', ' EST', ' America/Havana'))
		.map(([y, m, d, t, h, min, s, zone]) => y + '-' + m + '-' + d + t + h + ':' + min + s + zone);
	const slashes = fc.tuple(two, two, fc.constantFrom('2026', '2030', '0001'), two, two, fc.constantFrom('', ' am', ' PM', ' GMT+2'))
		.map(([a, b, y, h, min, zone]) => a + '/' + b + '/' + y + ' ' + h + ':' + min + zone);
	const long = fc.tuple(inParts, fc.integer({ min: 1, max: 20000 })).map(([text, times]) => text.repeat(times).slice(0, 100000));
	const anything = fc.anything({ withBigInt: true, withBoxedValues: true, withDate: true, withMap: true, withSet: true,
		withNullPrototype: true, withTypedArray: true, withObjectString: true, maxDepth: 2 });
	const text = fc.oneof({ arbitrary: written, weight: 6 }, { arbitrary: inParts, weight: 4 }, { arbitrary: slashes, weight: 3 },
		fc.string(), fc.double().map(String), fc.bigInt().map(String), fc.webUrl(), fc.emailAddress(), fc.json());
	const number = fc.oneof(fc.double(), fc.integer(), fc.maxSafeInteger(), fc.integer({ min: -9e15, max: 9e15 }));
	const simple = fc.oneof({ arbitrary: text, weight: 4 }, number, anything);
	const value = fc.oneof(
		{ arbitrary: text, weight: 8 }, { arbitrary: number, weight: 3 }, { arbitrary: anything, weight: 4 },
		fc.date({ noInvalidDate: false }), fc.date({ noInvalidDate: false }).map((date) => DateTime.fromJSDate(date)),
		fc.constantFrom(undefined, null, '', ' ', [], {}, NaN, Infinity, true),
		simple.map((said) => ({ toISO: () => said })), simple.map((said) => ({ toISOString: () => said })),
		fc.constant({ toISO() { throw new Error('no'); } }),
		simple.map((said) => ({ $date: said })), simple.map((said) => ({ $date: { $numberLong: said } })),
		simple.map((said) => ({ __rl: true, mode: said, value: said })), fc.array(simple, { maxLength: 3 }),
		simple.map((said) => ({ filter: said })), simple.map((said) => ({ filter: [said] })),
		{ arbitrary: long, weight: 1 },
	);

	const is = {
		task: (one) => one === null || (/^[1-9]\\d{3}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z)?$/.test(one) && !isNaN(Date.parse(one))),
		instant: (one) => /^[1-9]\\d{3}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$/.test(one) && !isNaN(Date.parse(one)),
		day: (one) => /^[1-9]\\d{3}-\\d\\d-\\d\\d$/.test(one) && !isNaN(Date.parse(one)),
		text: (one) => typeof one === 'string',
		id: (one) => typeof one === 'string' && /^[^\\s/\\\\?#%]+$/.test(one),
		email: (one) => typeof one === 'string' && one.split('@').length === 2,
		record: (one) => Object.prototype.toString.call(one) === '[object Object]',
		words: (one) => Array.isArray(one) && one.every((word) => typeof word === 'string'),
		choice: (one) => ['a', '1', 'true'].includes(one),
		flag: (one) => typeof one === 'boolean',
		whole: (one) => Number.isSafeInteger(one) && one >= 1,
		limit: (one) => one === Infinity || (Number.isSafeInteger(one) && one >= 1),
		number: (one) => Number.isFinite(one),
		locator: (one) => typeof one.mode === 'string',
		chosen: (one) => one === undefined || (typeof one.mode === 'string' && typeof one.value === 'string' && one.value !== ''),
		reader: (one) => typeof one.text === 'function',
		readers: (one) => Array.isArray(one) && one.every(is.reader),
		days: (one) => one === null || Number.isInteger(one),
		none: (of) => (one) => one === undefined || of(one),
		nil: (of) => (one) => one === null || of(one),
	};
	const options = ['a', '1', 'true'].map((one) => ({ name: one, value: one }));
	const field = { displayName: 'Colour', name: 'colour', default: 'a', options };
	const plain = { ...field, options: undefined };
	const fieldsIn = (one) => fieldsOf({
		getNode: () => ({ id: '1', name: 'N', type: 'x', typeVersion: 1, position: [0, 0], parameters: {} }),
		getTimezone: () => zones[0],
		getNodeParameter: (name, _index, fallback) => (name === 'limit' && one === undefined ? fallback : one),
	}, 3);
	const zones = ['Europe/Berlin', 'Pacific/Kiritimati', 'America/Havana'];
	const read = (how, shape) => [(one) => how(fieldsIn(one)), shape, true];
	const asTask = (vendor, raw) => {
		const { toTask } = nodes(vendor + '/task');
		return [(one) => toTask(...raw(one)).dueAt, is.task];
	};
	const readers = {
		toTaskDate: [toTaskDate, is.task],
		...Object.fromEntries(zones.flatMap((timezone) => [
			['readDate ' + timezone, [(one) => readDate(one, { timezone, monthFirst: timezone < 'B' }), is.task]],
			['toInstant ' + timezone, [(one) => dates.toInstant(one, timezone), is.nil(is.instant)]],
			['toDay ' + timezone, [(one) => dates.toDay(one, timezone), is.nil(is.day)]],
		])),
		daysUntil: [(one) => dates.daysUntil(toTaskDate(one), zones[0]), is.days],
		Affinitext: asTask('Affinitext', (one) => [{ dueDate: one, created: one }, '1', { timezone: zones[0], monthFirst: true }]),
		Appmixer: asTask('Appmixer', (one) => [{ taskId: '1', decisionBy: one, created: one }]),
		Mambu: asTask('Mambu', (one) => [{ id: 1, dueDate: one, creationDate: one }]),
		'Mambu, days until due': [(one) => nodes('Mambu/overdue').daysUntilDue({ id: 1, dueDate: one }, zones[0]), is.days],
		Nutrient: asTask('Nutrient', (one) => [{ sid: '1', dueDate: one, startDate: one }]),
		Opentaps: asTask('Opentaps', (one) => [{ _id: '1', scheduledDateTime: one, dateTimeCreated: one }, null]),
		isGiven: [given.isGiven, is.flag],
		toLocator: [given.toLocator, is.locator],
		toText: [given.toText, is.none(is.text)],
		toId: [given.toId, is.none(is.id)],
		toEmail: [given.toEmail, is.none(is.email)],
		toWhole: [(one) => given.toWhole(one, 1, 1e6), is.none(is.whole)],
		toNumber: [given.toNumber, is.none(is.number)],
		toSwitch: [given.toSwitch, is.none(is.flag)],
		toRecord: [given.toRecord, is.none(is.record)],
		toWords: [given.toWords, is.none(is.words)],
		has: read((fields) => fields.has(field), is.flag),
		instant: read((fields) => fields.instant(field), is.instant),
		day: read((fields) => fields.day(field), is.day),
		text: read((fields) => fields.text(field), is.text),
		written: read((fields) => fields.written(field), is.text),
		id: read((fields) => fields.id(field), is.id),
		email: read((fields) => fields.email(field), is.email),
		record: read((fields) => fields.record(field), is.record),
		words: read((fields) => fields.words(plain), is.words),
		'words of a choice': read((fields) => fields.words(field), is.words),
		choice: read((fields) => fields.choice(field), is.choice),
		isOn: read((fields) => fields.isOn(field), is.flag),
		count: read((fields) => fields.count(field, 50), is.whole),
		chosen: read((fields) => fields.chosen(field), is.chosen),
		limit: read((fields) => fields.limit(), is.limit),
		'ifGiven instant': read((fields) => fields.ifGiven(field, fields.instant), is.none(is.instant)),
		'ifSet day': read((fields) => fields.ifSet(field, fields.day), is.none(is.day)),
		within: read((fields) => fields.within('more'), is.reader),
		rows: read((fields) => fields.rows('more', 'filter'), is.readers),
		options: read((fields) => fields.options(), is.reader),
	};

	const areDates = /^(toTaskDate|readDate|toInstant|toDay|[A-Z][a-z]+$)/;
	const sum = createHash('sha256');
	const problems = {};
	const slowest = { ms: 0 };
	const show = (one) => { try { return JSON.stringify(one, (_k, v) => typeof v === 'bigint' ? String(v) : v).slice(0, 200); } catch { return typeof one; } };
	const all = Object.entries(readers);
	const few = all.filter(([name]) => areDates.test(name));
	for (const [index, one] of fc.sample(value, { seed: Number(seed), numRuns: 10000 }).slice(0, numRuns).entries()) {
		for (const [name, [reader, isShape, mayRefuse]] of numRuns === compared ? few : all) {
			const start = performance.now();
			let result;
			try {
				result = reader(one);
				if (!isShape(result)) problems[name] ??= 'gave ' + show(result) + ' for ' + show(one);
			} catch (error) {
				const isOwn = mayRefuse && error.name === 'NodeOperationError' && error.context.itemIndex === 3 && error.description;
				if (!isOwn) problems[name] ??= 'threw ' + error + ' for ' + show(one);
				result = { refused: String(error.message) };
			}
			const ms = performance.now() - start;
			if (ms > slowest.ms) Object.assign(slowest, { ms, name, value: show(one) });
			if (index < compared && areDates.test(name)) sum.update(name + show(result ?? null));
		}
	}
	console.log(JSON.stringify({ problems, slowest, sum: sum.digest('hex') }));
`;

interface Told {
	problems: Record<string, string>;
	slowest: { ms: number };
	sum: string;
}

async function fuzzedOn([TZ, now]: (typeof HOSTS)[number], runs: number): Promise<Told> {
	const root = resolve(__dirname, '..');
	const { stdout } = await promisify(execFile)(
		process.execPath,
		['-e', SCRIPT, root, String(SEED), String(runs), String(COMPARED), now],
		{ env: { ...process.env, TZ }, cwd: root, timeout: IN_TIME },
	);
	return JSON.parse(stdout) as Told;
}

it(
	`F11: every reader of fields and dates takes or refuses anything, in time, the same on every host (FUZZ_SEED=${SEED})`,
	async () => {
		const told: Told[] = [];
		for (const [index, host] of HOSTS.entries()) {
			told.push(await fuzzedOn(host, index === 0 ? RUNS : COMPARED));
		}
		expect(told.map(({ problems }) => problems)).toEqual(told.map(() => ({})));
		for (const { slowest } of told) expect([slowest, slowest.ms < 2000]).toEqual([slowest, true]);
		expect(new Set(told.map(({ sum }) => sum)).size).toBe(1);
	},
	3 * IN_TIME,
);
