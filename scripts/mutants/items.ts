import { breaking } from './mutant';

const room = (name: string) => `shared/items/${name}`;
const LOOP = ['Appmixer/itemLoop'];

/** Operations, the only item loop, fields and dates. */
export const items = [
	...breaking(
		room('dates'),
		[room('dates')],
		[
			['isDateObject(value) ? isoOf(value) : asText(value)', 'asText(value)'],
			["typeof value === 'number' || typeof value === 'bigint'", "typeof value === 'number'"],
			["typeof value === 'number' || typeof value === 'bigint'", "typeof value === 'bigint'"],
			['Number(text), { zone: timezone }', 'Number(text)'],
			['&& fourDigits(date.toISODate()) !== null', ''],
			[
				'fourDigits(toZoned(value, timezone)?.toUTC().toISO())',
				'toZoned(value, timezone)?.toUTC().toISO() ?? null',
			],
			[
				'fourDigits(toZoned(value, timezone)?.toUTC().toISO())',
				'fourDigits(toZoned(value, timezone)?.toISO())',
			],
			['toZoned(value, timezone)?.toISODate()', 'toZoned(value, timezone)?.toUTC().toISODate()'],
			["? 'utc' : timezone", "? timezone : 'utc'"],
			['if (lastToday.asked !== asked)', "if (lastToday.day === '')"],
			['if (day === null) return null;', ''],
		],
	),
	...breaking(
		room('dateObjects'),
		[room('dates'), room('fields/givenValues')],
		[
			["['toISO', 'toISOString']", "['toISO']"],
			["['toISO', 'toISOString']", "['toISOString']"],
			['=> saying(value) !== undefined', '=> value instanceof Date'],
			["typeof iso === 'string' && iso !== '' ? iso : null", 'iso as string'],
			['\t} catch {\n\t\treturn null;', "\t} catch {\n\t\treturn '2030-01-01';"],
			['\t} catch {\n\t\treturn undefined;', "\t} catch {\n\t\treturn () => '2030-01-01';"],
		],
	),
	...breaking(
		room('parallel'),
		[room('parallel')],
		[
			['next < entries.length && !failure', 'next < entries.length'],
			['failure ??= error instanceof', 'failure = null; error instanceof'],
			['Math.min(workers, entries.length)', 'entries.length'],
			['Math.min(workers, entries.length)', '1'],
		],
	),
	...breaking(
		room('operations'),
		['Nutrient/files', room('resource')],
		[
			['WITH_FILES in result', "'binary' in result"],
			['\t[WITH_FILES]: true,\n\tjson,', '\t[WITH_FILES]: true,\n\tjson: {},'],
		],
	),
	...breaking(
		room('resource'),
		[room('resource')],
		[
			['default: first,\n\t\t\t},\n\t\t\t...entries', "default: '',\n\t\t\t},\n\t\t\t...entries"],
			['byName(entries.map(menuEntry))', 'entries.map(menuEntry)'],
			['operation: [operation] }, field', '}, field'],
			['run: [] }[access]', 'run: [parallelReads] }[access]'],
			['read: [parallelReads]', 'read: []'],
			['resources.map(({ option }) => option)', '[]'],
			['`${name}Api`, required: true', '`${name}Api`'],
			['+ $parameter["resource"] }}\',\n\tversion: 1', "}}',\n\tversion: 1"],
			['...resources.flatMap(({ properties }) => properties),', ''],
			['return { name, value, description, action };', 'return { name, value, description };'],
		],
	),
	...breaking(
		room('fields/makeField'),
		[room('fields/menuFields')],
		[
			["type: 'notice'", "type: 'string'"],
			['default: initial', "default: ''"],
		],
	),
	...breaking(
		room('fields/runFields'),
		[room('fields/readFields')],
		[['default: 50', 'default: 0']],
	),
	...breaking(
		room('fields/makeField'),
		[room('fields/readFields')],
		[
			["collection('Options', 'options',", "collection('Options', 'option',"],
			['delete copy.required;', ''],
			['byName(options.map(optional))', 'options.map(optional)'],
		],
	),
	...breaking(
		room('fields/filled'),
		[room('fields/filled')],
		[
			['entry[1] !== undefined', 'Boolean(entry[1])'],
			['entry[1] !== undefined', 'true'],
			['if (Object.keys(changes).length > 0) return changes;', 'return changes;'],
		],
	),
	...breaking(
		room('fields/locator'),
		[room('fields/locator')],
		[
			['{ searchListMethod, searchable: true }', '{ searchListMethod }'],
			["default: { mode: 'list', value: '' }", "default: ''"],
			[', ...byId }', ' }'],
		],
	),
	...breaking(
		room('deletion'),
		['Opentaps/operations', 'Mambu/operations'],
		[
			['await remove(this, id);', ''],
			['return { deleted: true };', 'return {};'],
			['read.id(idField)', 'String(read.value(idField)).slice(1)'],
		],
	),
	...breaking(
		room('fields/runFields'),
		[room('resource')],
		[
			['parallelField(5)', 'parallelField(20)'],
			['parallelField(1)', 'parallelField(5)'],
		],
	),
	...breaking(
		room('fields/givenValues'),
		[room('fields/givenValues')],
		[
			["isObject(value) && '__rl' in value", "isObject(value) && 'mode' in value"],
			["value.trim() === '')", "value === '')"],
			['value !== null && !(', '!('],
			['Number.isFinite(value) ? String(value) : undefined', 'true ? String(value) : undefined'],
			['/^(?!\\.+$)[^', '/^[^'],

			['\\.\\p{L}[\\p{L}\\p{M}\\p{N}-]+$/u', '\\p{L}[\\p{L}\\p{M}\\p{N}-]+$/u'],
			['/^[^\\s@<>(),;:"]+@', '/[^\\s@<>(),;:"]+@'],
			['number >= least &&', ''],
			['&& number <= most', ''],
			['Number.isSafeInteger(number)', 'Number.isInteger(number)'],
			['!/^[+-]?\\d+(\\.0*)?$/.test(text)', "text === ''"],
			["word === 'false' || word === '0' ? false : undefined", 'false'],
			["|| word === '1') return true", ') return true'],
			[
				'return isObject(parsed) ? parsed : undefined;',
				'return parsed as Record<string, unknown>;',
			],
			[" === '[object Object]' &&", " !== '[object Null]' &&"],
			['&& !isDateObject(value);', ';'],
			['return isoOf(value) ?? undefined;', 'return String(value);'],
			["toText(value.mode) ?? ''", 'String(value.mode)'],
			["if (typeof value === 'bigint') return String(value);", ''],
			['/^[+-]?\\d+(\\.\\d*)?$/', '/./'],
			['words.includes(undefined) ? undefined :', ''],
			["toEntries(value)?.filter((word) => word !== '')", 'toEntries(value)'],
		],
	),
	...breaking(
		room('fields/readFields'),
		[room('fields/readFields')],
		[
			["if (isSecretField({ typeOptions })) return '';", ''],
			["' (an invalid date)'", "' (an object)'"],
			['String(value).slice(0, MAX_SHOWN)', 'String(value)'],
			['choices.length > 0 && !choices.includes(word)', 'false'],
			['fieldError(node, message, advice, itemIndex)', 'fieldError(node, message, advice)'],
			['if (!isGiven(given))\n', 'if (false)\n'],
			['advice ?? hint ?? `Enter ${kind}.`', 'hint ?? `Enter ${kind}.`'],
			['has(field) ? read(field, advice) : undefined;', 'read(field, advice);'],
			['?? field.default === true', '?? false'],
			['toWhole(given, 1, most)', 'toWhole(given, 0, most)'],
			['toWhole(given, 1, most)', 'toWhole(given, 1, Infinity)'],
			['Object.hasOwn(group ?? {}, name) ?', 'true ?'],
			[
				'if (group) return readerOf(context, itemIndex, own);',
				'return readerOf(context, itemIndex, own);',
			],
			[
				'choices.find((choice) => String(choice) === toText(given)) as T | undefined',
				'toText(given) as T | undefined',
			],
			['?? (field.default as T)', ''],
			['mode: located(field).mode', "mode: ''"],
			['isOn(returnAll) ? Infinity : count(limitField)', 'count(limitField)'],
			['(field = simplify) => isOn(field)', '() => isOn(simplify)'],
			['toInstant(given, context.getTimezone())', "toInstant(given, 'utc')"],
			['toDay(given, context.getTimezone())', "toDay(given, 'utc')"],
			[
				'context.getNodeParameter(name, itemIndex, fallback)',
				'context.getNodeParameter(name, 0, fallback)',
			],
			[
				'readerOf(context, undefined, (name, fallback) =>',
				'readerOf(context, 0, (name, fallback) =>',
			],
		],
	),
	...breaking(
		room('runOperations'),
		[...LOOP, room('runOperations')],
		[
			['const MAX_PARALLEL = 20;', 'const MAX_PARALLEL = 50;'],
			['{ read: 5, write: 1 }', '{ read: 5, write: 2 }'],
			['{ read: 5, write: 1 }', '{ read: 1, write: 1 }'],
			['Object.hasOwn(operations, name) ? operations[name] : undefined', 'operations[name]'],
			['if (!context.continueOnFail()) throw failure;', ''],
			['throwLowest(context, outcomes, access);', ''],
			['|| context.getExecutionCancelSignal()?.aborted', ''],
			['if (!context.continueOnFail()) throw error;', ''],
			[
				"outcomes.find((outcome) => 'error' in outcome)",
				"[...outcomes].reverse().find((outcome) => 'error' in outcome)",
			],
			["if (access === 'write' && succeeded.length > 0) {", 'if (false) {'],
			["succeeded.join(', ')", 'succeeded.length'],
			['outcome.items.map((one) => ({ ...one, pairedItem }))', 'outcome.items'],
		],
	),
	...breaking(
		room('runOperations'),
		['Mambu/operations'],
		[['isSafe: call.idempotencyKey !== undefined', '']],
	),
	...breaking(
		room('runOperations'),
		['failItems', ...LOOP],
		[
			['if (!context.continueOnFail()) return await running;', 'return await running;'],
			['if (!context.continueOnFail()) return await running;', ''],
			['warnOfEmptyItem(context);', ''],
			[
				'toInputError(context.getNode(), error, itemIndex)',
				'toInputError(context.getNode(), error)',
			],
		],
	),
	...breaking(
		room('failItem'),
		['failItems', ...LOOP, 'Appmixer/badInput'],
		[
			['canHeal(error, isSafe) ?', 'true ?'],
			['canHeal(error, isSafe) ?', 'false ?'],
			['\terror,\n\tpairedItem: { item },', '\terror,'],
			[
				'return failItem(fieldError(context.getNode(), ...words, item), item);',
				'return failItem(reason as never, item);',
			],
			['if (!hasErrorOutput(context)) return items;', 'return items;'],
			['context.getNode().alwaysOutputData === true && hasErrorOutput(context)', 'false'],
			[
				'context.getNode().alwaysOutputData === true && hasErrorOutput(context)',
				'hasErrorOutput(context)',
			],
			['if (!fillsSuccessBranch(context)) return;', 'return;'],
		],
	),
	...breaking(
		room('runOperations'),
		['Nutrient/files'],
		[['[{ json: result.json, binary: result.binary }]', '[{ json: result.json }]']],
	),
];
