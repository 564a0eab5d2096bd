import { breaking } from './mutant';

const room = (name: string) => `shared/gate/${name}`;
const WAITING = [room('waiting')];
const ANSWERABLE = ['Appmixer/answerable'];
const ASKING = ['Appmixer/requestApproval'];

/** Asking a person and waiting. */
export const gate = [
	...breaking(
		room('tally'),
		[room('tally')],
		[
			['vote === word', 'vote !== word'],
			['Math.max(1, ', '('],
			["if (veto && count('rejected') > 0) return 'rejected';", ''],
			["if (veto && count('rejected') > 0)", "if (count('rejected') > 0)"],
			["if (count('approved') >= enough) return 'approved';", ''],
			["count('approved') >= enough", "count('approved') > enough"],
			["count('rejected') < enough", "count('rejected') <= enough"],
		],
	),
	...breaking(
		room('ownApproval'),
		['Appmixer/whoMayApprove'],
		[
			['if (plain(one) === plain(other)) return', 'if (one === other) return'],
			['if (mailbox(one) !== mailbox(other)) return null;', 'return null;'],
			['if (mailbox(one) !== mailbox(other)) return null;', ''],
			[".replaceAll('.', '')", ''],
			["name = text.slice(0, at).replace(/\\+.*$/s, '')", 'name = text.slice(0, at)'],
			['if (why === null) return null;', 'return null;'],
			['`${words} requester', '`The requester'],
		],
	),
	...breaking(
		room('nobodyAsked'),
		['Appmixer/whoMayApprove'],
		[['`Nobody was asked: ${why}`', 'why']],
	),
	...breaking(
		'Appmixer/whoMayApprove',
		['Appmixer/whoMayApprove'],
		[
			['!isGuarded(node) || read', 'read'],
			['!isGuarded(node) || read', '!isGuarded(node) && read'],
			['(secret ? await findTask(api, taskId, secret) : null) ??', ''],
			['if (refusal) throw refusal;', ''],
		],
	),
	...breaking(
		'Appmixer/actions/task/sendAndWait.operation',
		['Appmixer/whoMayApprove'],
		[
			['if (!known && !mayBeOwn) refuseOwn(context, wanted);', ''],
			['if (!mayBeOwn) refuseOwn(context, task);', ''],
		],
	),
	...breaking(
		'Appmixer/actions/task/create.operation',
		['Appmixer/whoMayApprove'],
		[
			['if (refusal) throw refusal;', ''],
			['withLinks && !requesterMayApprove', '!requesterMayApprove'],
		],
	),
	...breaking(
		'Appmixer/actions/task/decide',
		['Appmixer/whoMayApprove'],
		[
			['if (checks) await', 'if (false) await'],
			["verb === 'approve' && !requester", '!requester'],
		],
	),
	...breaking(
		room('nodeVersion'),
		['Appmixer/nodeVersions'],
		[
			['typeVersion >= GUARDED', 'true'],
			['typeVersion >= GUARDED', 'false'],
			['{ _cnd: { gte: GUARDED } }', '{ _cnd: { lt: GUARDED } }'],
			['{ _cnd: { lt: GUARDED } }', '{ _cnd: { gte: GUARDED } }'],
		],
	),
	...breaking(room('waitFields'), WAITING, [
		['isGuarded(node) ? OUTPUTS.guarded : OUTPUTS.v1', 'OUTPUTS.v1'],
		['isGuarded(node) ? OUTPUTS.guarded : OUTPUTS.v1', 'OUTPUTS.guarded'],
	]),
	...breaking(room('outputs'), WAITING, [
		["version >= 1.1 ? 'perDecision' : 'single'", "'single'"],
		["version >= 1.1 ? 'perDecision' : 'single'", "'perDecision'"],
	]),
	...breaking(
		room('callbackBody'),
		[room('callbackBody')],
		[
			["if (Number(headers['content-length'] ?? 0) > MAX_BYTES) return TOO_LARGE;", ''],
			['if (bytesOf(body) > MAX_BYTES) return TOO_LARGE;', ''],
			['const MAX_BYTES = 64 * 1024;', 'const MAX_BYTES = 64 * 1024 - 1;'],
			[
				"Buffer.byteLength(JSON.stringify(value) ?? '', 'utf8')",
				"(JSON.stringify(value) ?? '').length",
			],
			['/^application\\/json\\b/i', '/application\\/json\\b/i'],
			['/^application\\/json\\b/i', '/^application\\/json\\b/'],
			['|| Array.isArray(body)', ''],
			['body === null ||', ''],
			['return { noWebhookResponse: true };', 'return {};'],
			['.status(status)', '.status(200)'],
		],
	),
	...breaking(room('answerable'), ANSWERABLE, [
		['const ROOM = 4 * 1024;', 'const ROOM = 0;'],
		['if (bytes <= MOST) return null;', 'if (bytes < MOST) return null;'],
		['if (bytes <= MOST) return null;', 'return null;'],
		['other - one', 'one - other'],
		['labels[key] ?? key', 'key'],
	]),
	...breaking('Appmixer/answerable', ANSWERABLE, [
		['if (!found) return;', 'return;'],
		['description: about.displayName,', ''],
		['title: titleField.displayName,', ''],
		['unanswerable(withoutSecrets(task))', 'null'],
	]),
	...breaking('Appmixer/watchedTasks', ANSWERABLE, [
		['return found.filter((task) => isHeard(context, task));', 'return found;'],
		['.slice(0, cap)\n\t\t\t.filter((task) => isHeard(context, task))', '.slice(0, cap)'],
		['if (why) throw why;', ''],
		['if (why) context.logger.warn', 'if (false) context.logger.warn'],
	]),
	...breaking('Appmixer/actions/task/sendAndWait.operation', ANSWERABLE, [
		['if (!known) refuseUnanswerable(context.getNode(), wanted, messageField, 0);', ''],
		['if (notHeard) throw notHeard;', ''],
	]),
	...breaking('Appmixer/actions/task/create.operation', ANSWERABLE, [
		['if (notify) refuseUnanswerable', 'if (true) refuseUnanswerable'],
		['if (notify) refuseUnanswerable', 'if (false) refuseUnanswerable'],
	]),
	...breaking('Appmixer/actions/task/sendAndWait.operation', ASKING, [
		['isNew ? created : await', 'true ? created : await'],
		['isNew ? null : endedOutput', 'true ? null : endedOutput'],
	]),
	...breaking('Appmixer/actions/task/listen', ASKING, [
		['const LOOKS = 3;', 'const LOOKS = 1;'],
		['const LOOK_TIMEOUT = 10_000;', 'const LOOK_TIMEOUT = 20_000;'],
		['if (attempt < LOOKS) {', 'if (true) {'],
		['api.context.logger.warn(', 'void Boolean('],
		['endedOutput(context, now, plan, webhookId)', 'endedOutput(context, now, plan)'],
	]),
	...breaking(
		room('endWait'),
		[room('receiving')],
		[
			['if (parked) parked.metadata', 'if (false) parked.metadata'],
			['return { workflowData: [[]] };', 'return { workflowData: [[{ json: {} }]] };'],
			['thrown instanceof Error && GONE.test(thrown.message)', 'thrown instanceof Error'],
			['thrown instanceof Error && GONE.test(thrown.message)', 'false'],
		],
	),
	...breaking(
		room('notTaken'),
		[room('notTaken'), room('receiving'), 'Appmixer/trigger'],
		[
			["if (status === 413) logOnce(context, 'warn'", "if (false) logOnce(context, 'warn'"],
			['if (onceFor(key)) context', 'context'],
			['if (onceFor(key)) context', 'if (false) context'],
			['if (isCredentialGone(thrown)) {', 'if (false) {'],
			['context.getExecutionId(), line]', 'line]'],
			['[message ?? String(thrown), description]', '[message ?? String(thrown)]'],
			['return answer(context, 503,', 'return answer(context, 200,'],
		],
	),
	...breaking(room('outputs'), WAITING, [
		["operation === 'sendAndWait' &&\n", 'true &&\n'],
		["'single')) === 'perDecision'", "'single')) !== ''"],
		["operation === 'sendAndWait'\n\t\t? 'Waiting", "operation !== 'sendAndWait'\n\t\t? 'Waiting"],
	]),
	...breaking(room('parking'), WAITING, [
		["const approved = outcome === 'approved';", "const approved = outcome !== 'rejected';"],
		["approved || outcome === 'rejected'", 'true'],
		['data: { approved }', 'data: {}'],
		["if (outputs === 'single') return [[item]];", ''],
		['{ approved: 1, rejected: 2 }', '{ due: 1, approved: 1, rejected: 2 }'],
		['...(binary && { binary }),', ''],
		["resumeUrl.includes('signature=')", 'false'],
		["resumeUrl.includes('signature=')", 'true'],
		['!isLoopback(callbackUrl) || isLoopback(serviceUrl)', 'true'],
		['!isLoopback(callbackUrl) || isLoopback(serviceUrl)', '!isLoopback(callbackUrl)'],
		["outcomeJson(task, 'timedOut', webhookId)", "outcomeJson(task, 'approved', webhookId)"],
		["outcomeJson(task, 'timedOut', webhookId)", "outcomeJson(task, 'timedOut')"],
		['webhookId !== undefined && { webhookId }', '{ webhookId }'],
		['data.data.main = [[parked]];', ''],
		['main: [source, source, source]', 'main: [source]'],
		['await context.putExecutionToWait(plan.deadline);', ''],
		['return [[parked]];', 'return [context.getInputData()];'],
	]),
	...breaking(
		room('receiving'),
		[room('receiving')],
		[
			[
				'} catch (error) {\n\t\treturn notTaken(context, error, NOT_TAKEN);',
				'} catch (error) {\n\t\tthrow error;',
			],
			['Callback for another task ignored', 'Callback for ${task.id} ignored'],
			['if (isCredentialGone(error)) return endWait', 'return endWait'],
			['if (isCredentialGone(error)) return endWait', 'if (false) return endWait'],
			['context.logger.info(`Task ${task.id} is due', 'void (`Task ${task.id} is due'],
			[
				'if (!read.ok) return refuseBody(context, read);',
				'if (!read.ok) return answer(context, 200, read.message);',
			],
			['if (!task) return answer(context, 400,', 'if (!task) return answer(context, 500,'],
			["if (typeof awaited !== 'string' || awaited === '') throw", 'if (false) throw'],
			['if (task.id !== awaited) {', 'if (false) {'],
			["if (!callback.isDue(task)) return answer(context, 400, 'Not decided yet');", ''],
			["'keepWaiting') === 'noDecision'", "'keepWaiting') !== 'never'"],
			['await callback.registerAgain(context, task.id, waitUrl(context));', "'';"],
			[
				'outcomeOutput(outcomeJson(task, outcome), outcome, outputs, binary)',
				"outcomeOutput(outcomeJson(task, 'approved'), outcome, outputs, binary)",
			],
		],
	),
	...breaking(room('waitPlan'), WAITING, [
		['const GRACE = 2 * 60_000;', 'const GRACE = 0;'],
		["if (outputs === 'perDecision' && node.alwaysOutputData) {", 'if (false) {'],
		['if (end && end.getTime() - Date.now() < SHORT_WAIT) {', 'if (false) {'],
		["refuseBeyondTimeout(context, deadline, ' (it ends 2 minutes after the time you set)');", ''],
		[
			'end ? new Date(end.getTime() + GRACE) : host.WAIT_INDEFINITELY',
			'new Date((end ?? new Date()).getTime() + GRACE)',
		],
	]),
	...breaking(room('waitEnd'), WAITING, [
		['!(seconds > 0) || deadline.getTime()', 'deadline.getTime()'],
		[
			'deadline.getTime() <= Date.now() + seconds * 1000',
			'deadline.getTime() <= Date.now() + seconds * 1_000_000',
		],
		['end > now &&', ''],
		['&& end <= WAIT_INDEFINITELY.getTime()', ''],
		['hours: 3_600_000', 'hours: 60_000'],
		["=== 'atSpecifiedTime'\n", "=== 'never'\n"],
	]),
	...breaking(
		room('waitPlan'),
		[room('waitPlan')],
		[
			["if (outputs === 'perDecision' && !('checkNodesApiVersion' in host)) {", 'if (false) {'],
			["&& !nodeType.endsWith('HitlTool')", ''],
		],
	),
];
