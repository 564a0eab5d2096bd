import { breaking } from './mutant';

const ROOM = 'shared/items/';
const DONE = ['shared/items/doneInRun'];

/** What is done once in a run. Takes the place of `done` where `doneInRun.ts` is there. */
export const doneInRun = [
	...breaking(`${ROOM}doneInRun`, DONE, [
		['`${runOf(context)}${item}/${what}`', '`${item}/${what}`'],
		['`${context.getWorkflowDataProxy(0).$runIndex}/`', "'0/'"],
		['${item}/${what}`', '${what}`'],
		['${item}/${what}`', '${item}`'],
		['if (!isSame(known, await marksOf(context, doing.item, doing.asked))) return undefined;', ''],
		['if (known?.error && isSame(known, now)) refuse', 'if (known?.error) refuse'],
		['if (known?.error && isSame(known, now)) refuseUnknown(context, doing, known);', ''],
		['if (doing.once && isDoubtful(error)) {', 'if (doing.once) {'],
		['if (doing.once && isDoubtful(error)) {', 'if (isDoubtful(error)) {'],
		['if (doing.once && isDoubtful(error)) {', 'if (false) {'],
		['markAnswerUnknown(error as Error & IDataObject)', '(error as Error & IDataObject)'],
		['known.idempotencyKey === doing.idempotencyKey) return;', 'true) return;'],
		[
			'if (known.idempotencyKey !== undefined && known.idempotencyKey === doing.idempotencyKey) return;',
			'',
		],
		['if (looked && execution !== context.getExecutionId()) return;', 'if (looked) return;'],
		['if (looked && execution !== context.getExecutionId()) return;', ''],
		['.value(repeatUnknown)) === execution', '.value(repeatUnknown)) !== undefined'],
		[
			'toText(fieldsOf(context, item).options().value(repeatUnknown))',
			'fieldsOf(context, item).options().value(repeatUnknown)',
		],
		['\t\t\t\texecution,\n', '\t\t\t\texecution: known?.execution ?? execution,\n'],
		['doing.secrets ?? []', '[]'],
		['doing.item < MANY ? undefined : SHORT', 'undefined'],
		['const MAX_ENTRIES = 5000;', 'const MAX_ENTRIES = 50_000;'],
		['new WeakMap<object,', 'new Map<object,'],
		['here.set(memory, known);', ''],
		['key.startsWith(runOf(context)) ? own : others', 'true ? own : others'],
		['succeeded ? 0 : own.length', '0'],
		['delete entries[key];', ''],
		[
			'\t\thereOf(context).delete(processKey(context, key));\n\t}\n\tif',
			'\t}\n\tif',
			'Without its entry nobody asks for it.',
		],
		['delete memoryOf(context).done;', ';'],
		['text.slice(0, MAX_WORDS)', 'text'],
		['[context.getExecutionId(), key]', '[key]'],
	]),
	...breaking(
		`${ROOM}askedOf`,
		['shared/items/askedOf'],
		[
			[
				'.some((mark, index) => mark === marks[index])',
				'.every((mark, index) => mark === marks[index])',
			],
			['one.logins === other.logins && ', ''],
			['{ ...one.fields, ...other.fields }', 'one.fields'],
			['names ?? Object.keys(parameters)', 'Object.keys(parameters)'],
			['[simplify.name, parallelWrites.name, repeatUnknown.name]', '[]'],
			['context.getNodeParameter(name, item, null)', 'context.getNodeParameter(name, 0, null)'],
			['context.getInputData()[item]?.json', 'null'],
			["String(fields[name] ?? '')", "''"],
			["place.toLowerCase().replace(/\\/+$/, '')", 'place'],
			['return SAME_VALUE.includes(mode) ? value', 'return false ? value'],
			['return SAME_VALUE.includes(mode) ? value', 'return true ? value'],
			["['', 'list', 'id', 'key', 'name']", "['', 'list', 'key', 'name']"],
			["['', 'list', 'id', 'key', 'name']", "['', 'list', 'id', 'name']"],
			["['', 'list', 'id', 'key', 'name']", "['', 'list', 'id', 'key']"],
			["name !== 'options' || ", ''],
			["name !== 'options' || typeof value", 'true || typeof value'],
		],
	),
	...breaking(`${ROOM}runOperations`, DONE, [
		["if (access !== 'write') return await read();", 'return await read();'],
		['if (done) return () => Promise.resolve(toldOf(done));', ''],
		["{ item, what: 'item'", "{ item: 0, what: 'item'"],
		['{ ...doing, idempotencyKey }', 'doing'],
		['allDone && !isRunAgain(context, output)', 'allDone'],
		['allDone && !isRunAgain(context, output)', 'false'],
		['allDone && !isRunAgain(context, output)', 'true'],
		['context.getNode().retryOnFail === true &&', ''],
		['notKept.length > 0 ? withNote(result, notKept) : result', 'result'],
		['tellNotKept(context, output);', ''],
	]),
	...breaking(
		`${ROOM}runOperations`,
		[`${ROOM}runOperations`],
		[
			[
				"outcomes.every((outcome) => 'items' in outcome)",
				"!outcomes.some((outcome) => 'error' in outcome)",
			],
		],
	),
	...breaking(
		`${ROOM}runOperations`,
		['noId'],
		[['if (operation.madeId) tellNoId(context, output, operation.madeId);', '']],
	),
	...breaking(
		`${ROOM}noId`,
		['noId'],
		[
			['error === undefined && ', ''],
			["idOf(json) === ''", 'true'],
			['if (without.length === 0) return;', ''],
			['${without.length} of', '${items.length - 1} of'],
		],
	),
	...breaking(`${ROOM}notKept`, DONE, [
		['!secrets.includes(name) &&', ''],
		['lengthOf(value) <= longest', 'true'],
		["hasFiles(result) ? ['binary'] : []", '[]'],
		['({ ...record, notKept })', '({ ...record })'],
		['if (lists.length === 0) return;', 'return;'],
	]),
	...breaking(
		'shared/http/nodeErrors',
		['shared/http/transport', ...DONE],
		[
			['unknown.add(error);', ''],
			['error instanceof Error && unknown.has(error)', 'false'],
			['doubtful.add(error);', ''],
		],
	),
	...breaking(
		'shared/http/idempotencyKey',
		['shared/http/idempotencyKey'],
		[
			[
				'memory.firstExecution ??= context.getExecutionId();',
				'memory.firstExecution = context.getExecutionId();',
			],
			['\t\tmemory.firstExecution,\n', ''],
		],
	),
	...breaking(
		'shared/http/refusals',
		['shared/http/transport', 'words', ...DONE],
		[
			['if (isUnsure(vendor, answer, request)) return markAnswerUnknown(failure);', ''],
			['if (isUnsure(vendor, answer, request)) return', 'return'],
			[
				'isUndecided(vendor, answer, request) ? markDoubtful(failure) : failure',
				'markDoubtful(failure)',
			],
			['!isRead(request) && !answer.neverSent', '!answer.neverSent'],
			['!isRead(request) && !answer.neverSent', '!isRead(request)'],
			[
				'isSentWrite(answer, request) &&\n\t(answer.status',
				'(answer.status',
				'Nobody asks of a read whether it was done.',
			],
			['answer.status >= 500 ||', 'answer.status > 500 ||'],
			['=== SEE_OTHER || isTaken(vendor, answer)', '=== SEE_OTHER'],
			['isSuccess(answer) && !saysRefused(vendor, answer)', 'isSuccess(answer)'],
			['[0, 408, 502, 503, 504]', '[0, 502, 503, 504]'],
			['|| status >= 520', ''],
			['&& request.idempotencyKey === undefined', ''],
		],
	),
	...breaking('shared/http/refusals', ['lostAnswers'], [[' || answer.status === SEE_OTHER', '']]),
	...breaking(
		'shared/items/resource',
		['shared/items/resource'],
		[
			['...(once ? [repeatUnknown] : [])', '...[]'],
			['...(once ? [repeatUnknown] : [])', 'repeatUnknown'],
		],
	),
];
