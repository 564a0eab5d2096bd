import { breaking } from './mutant';

const ROOM = 'shared/items/';
const DONE = ['shared/items/doneInRun'];

/** What is done once in a run. Takes the place of `done` where `doneInRun.ts` is there. */
export const doneInRun = [
	...breaking(`${ROOM}doneInRun`, DONE, [
		['`${runOf(context)}${doing.item}/${doing.what}`', '`${doing.item}/${doing.what}`'],
		['`${context.getWorkflowDataProxy(0).$runIndex}/`', "'0/'"],
		['${doing.item}/${doing.what}`', '${doing.what}`'],
		['${doing.item}/${doing.what}`', '${doing.item}`'],
		['if (known && isSame(known, now)) {', 'if (known) {'],
		['if (doing.creates && isAnswerUnknown(error)) {', 'if (doing.creates) {'],
		['if (doing.creates && isAnswerUnknown(error)) {', 'if (isAnswerUnknown(error)) {'],
		['if (doing.creates && isAnswerUnknown(error)) {', 'if (false) {'],
		['refuseUnknown(context, doing, known);\n\t}', '}'],
		['if (looked && known.execution !== context.getExecutionId()) return;', 'if (looked) return;'],
		['if (looked && known.execution !== context.getExecutionId()) return;', ''],
		['doing.secrets ?? []', '[]'],
		['const MAX_ENTRIES = 5000;', 'const MAX_ENTRIES = 50_000;'],
		['const MAX_HERE = 2000;', 'const MAX_HERE = 20_000;'],
		['if (!key.startsWith(runOf(context))) continue;', ''],
		['delete entries[key];\n\t\there.delete(processKey(context, key));', ''],
		['delete memoryOf(context).done;', ';'],
		['text.slice(0, MAX_WORDS)', 'text'],
		['[context.getExecutionId(), context.getNode().id, key]', '[context.getNode().id, key]'],
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
			["name !== 'options' || ", ''],
			["name !== 'options' || typeof value", 'true || typeof value'],
		],
	),
	...breaking(`${ROOM}runOperations`, DONE, [
		["access === 'write' ? calls.map(notRepeated(context, operation)) : calls", 'calls'],
		["{ item, what: 'item'", "{ item: 0, what: 'item'"],
		["if (!outcomes.some((outcome) => 'error' in outcome)) endRun(context);", ''],
		["if (!outcomes.some((outcome) => 'error' in outcome)) endRun(context);", 'endRun(context);'],
		['notKept.length > 0 ? withNote(result, notKept) : result', 'result'],
		['tellNotKept(context, output);', ''],
	]),
	...breaking(`${ROOM}notKept`, DONE, [
		['!secrets.includes(name) &&', ''],
		['lengthOf(value) <= longest', 'true'],
		["hasFiles(result) ? ['binary'] : []", '[]'],
		['({ ...record, notKept })', '({ ...record })'],
		['if (lists.length === 0) return;', 'return;'],
	]),
	...breaking(
		'shared/http/errors',
		['shared/http/transport', ...DONE],
		[
			['unknown.add(error);', ''],
			['error instanceof Error && unknown.has(error)', 'false'],
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
		'shared/http/transport',
		['shared/http/transport', ...DONE],
		[
			['isUnsure(answer, request) ? markAnswerUnknown(failure) : failure', 'failure'],
			[
				'isUnsure(answer, request) ? markAnswerUnknown(failure) : failure',
				'markAnswerUnknown(failure)',
			],
			['if (isRead || request.idempotencyKey !== undefined) return false;', ''],
			['!answer.neverSent && UNSURE', 'UNSURE'],
			['if (!isUnsure(answer, request)) return undefined;', ''],
		],
	),
	...breaking(
		'shared/items/resource',
		['shared/items/resource'],
		[
			['...(creates ? [repeatUnknown] : [])', '...[]'],
			['...(creates ? [repeatUnknown] : [])', 'repeatUnknown'],
		],
	),
];
