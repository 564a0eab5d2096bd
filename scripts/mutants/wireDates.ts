import { breaking } from './mutant';

/** Dates as services write them, on hosts in any time zone. */
export const wireDates = breaking(
	'shared/items/wireDates',
	['../hostZone'],
	[
		['NAMES_ZONE.test(text) ? text : `${text} UTC`', 'text'],
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
