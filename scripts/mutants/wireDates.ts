import { breaking } from './mutant';

/** Dates as services write them, on hosts in any time zone. */
export const wireDates = breaking(
	'shared/items/wireDates',
	['../hostZone', 'shared/items/wireDates'],
	[
		['if (zone === undefined) return `${text} UTC`;', 'if (zone === undefined) return text;'],
		[
			"hours.padStart(2, '0')",
			'hours',
			'V8 reads an offset of one digit as well, which is nowhere promised.',
		],
		["readIso(text, 'utc')", "readIso(text, 'local')"],
		['WRITTEN_OUT.test(text) ? Date.parse(named) : NaN', 'Date.parse(named)'],
		['iso.isValid ? iso : DateTime.fromSQL(text, zone)', 'iso'],
		[
			'text.length === 10 && date.toISODate() === text ? text : date.toUTC().toISO()',
			'date.toUTC().toISO()',
		],
		["if (typeof value === 'number') return", "if (typeof value === 'boolean') return"],
	],
);
