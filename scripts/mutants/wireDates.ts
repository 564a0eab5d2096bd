import { breaking } from './mutant';

/** Dates as services write them, on hosts in any time zone. */
export const wireDates = [
	...breaking(
		'shared/items/wireDates',
		['../hostZone', 'shared/items/wireDates', 'shared/items/dates'],
		[
			['if (zone === undefined) return `${text} UTC`;', 'if (zone === undefined) return text;'],
			[
				"hours.padStart(2, '0')",
				'hours',
				'V8 reads an offset of one digit as well, which is nowhere promised.',
			],
			["readIso(text, 'utc')", "readIso(text, 'local')"],
			['(?:0[1-9]|1[0-2])', '\\d\\d'],
			['(?![\\d:])', ''],
			['WRITTEN_OUT.test(text) ? Date.parse(named) : NaN', 'Date.parse(named)'],
			['iso.isValid ? iso : DateTime.fromSQL(text, zone)', 'iso'],
			['/^[1-9]\\d{3}-/.test(iso)', '/^\\d{4}-/.test(iso)'],
			['/^[1-9]\\d{3}-/.test(iso)', 'true'],
			['Number.isNaN(date.getTime()) ? null : date.toISOString()', 'date.toISOString()'],
			['? firstOf(read).setZone(timezone) : read', '? read.setZone(timezone) : read'],
			['timezone, setZone: true', 'timezone'],
			[
				'if (date.isOffsetFixed) return date;',
				'',
				'Such a zone gains nothing: it is only quicker.',
			],
			['first.offset - date.offset === gained ? first : date', 'first'],
			[
				'if (text.length > MAX_LENGTH) return null;',
				'',
				'Its test takes minutes then: luxon looks at a long text in ever more ways.',
			],
			['text.length > MAX_LENGTH || ', '', 'luxon refuses such a text as well, only later.'],
			['if (MILLISECONDS.test(text)) return fromMillis(Number(text));', ''],
			['MILLISECONDS = /^\\d{13}$/', 'MILLISECONDS = /^\\d{10,14}$/'],
			['[1-9]\\\\d{3}(?![', '\\\\d{4}(?!['],
			['if (inUtc) return fourDigits(inUtc);', 'if (inUtc) return inUtc;'],
			[
				'text.length === 10 && date.toISODate() === text ? text : date.toUTC().toISO()',
				'date.toUTC().toISO()',
			],
			["if (typeof value === 'number') return", "if (typeof value === 'boolean') return"],
		],
	),
	...breaking(
		'Affinitext/readDate',
		['shared/items/wireDates', 'Affinitext/task'],
		[
			['|| text.length > MAX_LENGTH', ''],
			['return fromMillis(Number(ticks));', 'return new Date(Number(ticks)).toISOString();'],
			['date.isValid ? firstOf(date) : null', 'date'],
			[
				'return named ? firstOf(named) : null;',
				'return named ?? null;',
				'Only the text of a day comes here, and few days begin twice.',
			],
			['&& (date.hour === 0 || !/\\d:\\d/.test(text))', ''],
			['return fourDigits(date.toUTC().toISO());', 'return date.toUTC().toISO();'],
			['return fourDigits(date.toISODate());', 'return date.toISODate();'],
		],
	),
	...breaking(
		'Opentaps/task',
		['shared/items/wireDates'],
		[
			["isRecord(value) && '$date' in value ? value.$date : value", 'value'],
			['isRecord(inner) ? inner.$numberLong : undefined', 'undefined'],
			['&& /^-?\\d+$/.test(long) ? Number(long) : null', '? long : null'],
		],
	),
];
