import { breaking } from './mutant';

const room = (name: string) => `shared/gate/${name}`;
const WAITING = [room('waiting')];

/** Asking a person and waiting. */
export const gate = [
	...breaking(
		room('callbackBody'),
		[room('callbackBody')],
		[
			["if (Number(headers['content-length'] ?? 0) > MAX_BYTES) {", 'if (false) {'],
			['if (JSON.stringify(body).length > MAX_BYTES) {', 'if (false) {'],
			['const MAX_BYTES = 64 * 1024;', 'const MAX_BYTES = 64 * 1024 - 1;'],
			['/^application\\/json\\b/i', '/application\\/json\\b/i'],
			['/^application\\/json\\b/i', '/^application\\/json\\b/'],
			['|| Array.isArray(body)', ''],
			['body === null ||', ''],
			['return { noWebhookResponse: true };', 'return {};'],
			['.status(status)', '.status(200)'],
		],
	),
	...breaking(room('outputs'), WAITING, [
		["operation === 'sendAndWait' && chosen === 'perDecision'", "chosen === 'perDecision'"],
		["operation === 'sendAndWait' && chosen === 'perDecision'", "operation === 'sendAndWait'"],
		["operation === 'sendAndWait'\n\t\t? 'Waiting", "operation !== 'sendAndWait'\n\t\t? 'Waiting"],
	]),
	...breaking(room('parking'), WAITING, [
		["const approved = outcome === 'approved';", "const approved = outcome !== 'rejected';"],
		["approved || outcome === 'rejected'", 'true'],
		['data: { approved }', 'data: {}'],
		["if (outputs === 'single') return [[item]];", ''],
		[
			'{ timedOut: 0, due: 0, approved: 1, rejected: 2 }',
			'{ timedOut: 0, due: 1, approved: 1, rejected: 2 }',
		],
		['...(binary && { binary }),', ''],
		["resumeUrl.includes('signature=')", 'false'],
		["resumeUrl.includes('signature=')", 'true'],
		['!isLoopback(callbackUrl) || isLoopback(serviceUrl)', 'true'],
		['!isLoopback(callbackUrl) || isLoopback(serviceUrl)', '!isLoopback(callbackUrl)'],
		["outcomeJson(task, 'timedOut')", "outcomeJson(task, 'approved')"],
		['data.data.main = [[parked]];', ''],
		['main: [source, source, source]', 'main: [source]'],
		['await context.putExecutionToWait(plan.deadline);', ''],
		['return [[parked]];', 'return [context.getInputData()];'],
	]),
	...breaking(
		room('receiving'),
		[room('receiving')],
		[
			["return answer(context, 503, 'Not taken now, send it again later');", 'throw error;'],
			[
				'if (!read.ok) return answer(context, read.status, read.message);',
				'if (!read.ok) return answer(context, 200, read.message);',
			],
			['if (!task) return answer(context, 400,', 'if (!task) return answer(context, 500,'],
			["if (typeof awaited !== 'string' || awaited === '') throw", 'if (false) throw'],
			['if (task.id !== awaited) {', 'if (false) {'],
			["if (!callback.isDue(task)) return answer(context, 400, 'Not decided yet');", ''],
			["'keepWaiting') === 'noDecision'", "'keepWaiting') !== 'never'"],
			['await callback.registerAgain(context, task.id, waitUrl(context));', ''],
			[
				'outcomeOutput(outcomeJson(task, outcome), outcome, outputs, binary)',
				"outcomeOutput(outcomeJson(task, 'approved'), outcome, outputs, binary)",
			],
		],
	),
	...breaking(room('waitFields'), WAITING, [
		['const GRACE = 2 * 60_000;', 'const GRACE = 0;'],
		["if (outputs === 'perDecision' && node.alwaysOutputData) {", 'if (false) {'],
		['if (end && end.getTime() - Date.now() < SHORT_WAIT) {', 'if (false) {'],
		['refuseBeyondTimeout(context, deadline);', ''],
		['!(seconds > 0) || deadline.getTime()', 'deadline.getTime()'],
		[
			'deadline.getTime() <= Date.now() + seconds * 1000',
			'deadline.getTime() <= Date.now() + seconds * 1_000_000',
		],
		['end > now &&', ''],
		['&& end <= host.WAIT_INDEFINITELY.getTime()', ''],
		['hours: 3_600_000', 'hours: 60_000'],
		["=== 'atSpecifiedTime'\n", "=== 'never'\n"],
		[
			'end ? new Date(end.getTime() + GRACE) : host.WAIT_INDEFINITELY',
			'new Date((end ?? new Date()).getTime() + GRACE)',
		],
	]),
	...breaking(
		room('waitFields'),
		[room('waitFields')],
		[
			["if (outputs === 'perDecision' && !('checkNodesApiVersion' in host)) {", 'if (false) {'],
			["&& !nodeType.endsWith('HitlTool')", ''],
		],
	),
];
