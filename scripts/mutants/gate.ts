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
			['if (!isOneMailbox(one, other)) return null;', 'return null;'],
			['if (!isOneMailbox(one, other)) return null;', ''],
			[".replaceAll('.', '')", ''],
			["name = text.slice(0, at).replace(/\\+.*$/s, '')", 'name = text.slice(0, at)'],
			['if (why === null) return null;', 'return null;'],
			['`${words} requester', '`The requester'],
		],
	),
	...breaking(
		room('edited'),
		['Appmixer/editedRequest'],
		[
			['approver: nameOf(assignee),', 'approver: null,'],
			['requester: nameOf(requester),', 'requester: null,'],
			["		.replace(/\\r\\n?/g, '\\n')\n", ''],
			["		.replace(/[^\\S\\n]+$/gm, '')\n", ''],
			['plain(asked[part]) !== plain(now[part])', 'false'],
		],
	),
	...breaking(
		room('groupOutput'),
		['Appmixer/editedRequest'],
		[
			['if (!question || !found) return {};', 'return {};'],
			['...(lost && { lost }),', ''],
		],
	),
	...breaking(
		room('policy'),
		['Appmixer/editedRequest'],
		[
			["option(editedOption) === 'accept'", 'true'],
			["option(editedOption) === 'accept'", 'false'],
			['option(ownApprovalField) === true', 'true'],
			[
				'if (!isGuarded(context.getNode())) return { ...ANY, endsWhenDue, isDue };\n\tconst option',
				'const option',
			],
		],
	),
	...breaking(
		room('sameAsRead'),
		['Appmixer/editedRequest'],
		[
			[
				'if (acceptsEdited || isCredentialGone(error)) return',
				'if (isCredentialGone(error)) return',
			],
			['if (acceptsEdited || isCredentialGone(error)) return', 'if (acceptsEdited) return'],
			['if (acceptsEdited || isCredentialGone(error)) return', 'if (true) return'],
			['return isSame ?', 'return true ?'],
			['return isSame ?', 'return false ?'],
		],
	),
	...breaking(
		room('request'),
		['Appmixer/editedRequest'],
		[
			['return isRefused ?', 'return false ?'],
			['...textsOf(first)', ''],
			['rule: rule ?? ALONE }', 'rule: ALONE }'],
		],
	),
	...breaking(
		room('customData'),
		['Appmixer/editedRequest'],
		[['context.customData.set(name, value.slice(0, MOST));', '']],
	),
	...breaking(
		'Appmixer/actions/task/asListed',
		['Appmixer/editedRequest'],
		[
			['if (policy.seesEdits && isSaved) return { ...one, now: found };', ''],
			['raw.mtime !== found.mtime', 'true'],
		],
	),
	...breaking(
		'Appmixer/actions/task/ask',
		['Appmixer/editedRequest'],
		[['{ ...wanted, ...result }', 'result']],
	),
	...breaking(
		room('oneAtATime'),
		[room('oneAtATime')],
		[
			['const SETTLED = 2000;', 'const SETTLED = 1000;'],
			['known.calls += 1;', ''],
			['if (known) {', 'if (false) {'],
			['looks.delete(name);', ''],
		],
	),
	...breaking(
		room('endOnce'),
		['Appmixer/endOnce'],
		[
			['const STORED = 5 * 60_000;', 'const STORED = 0;'],
			['const STORED = 5 * 60_000;', 'const STORED = 15 * 60_000;'],
			['if (given && isHeld(given))', 'if (given)'],
			['if (given && isHeld(given))', 'if (given && isHeld(given) && ends.size < 0)'],
			['if (isClockNear(context)) {', 'if (false) {'],
			['if (isClockNear(context))\n\t\t\tthrow', 'if (false)\n\t\t\tthrow'],
			['outputs.deref() !== undefined :', 'true :'],
			['outputs.deref() !== undefined :', 'outputs.deref() === null :'],
			['...(!wasAnswered && { response })', ''],
			['...(!wasAnswered && { response })', 'response'],
			['response.statusCode >= 400', 'true'],
			['whenStored(workflowData,', 'void (workflowData,'],
			['[context.getExecutionId(), context.getNode().id, ...taskIds]', "['']"],
		],
	),
	...breaking(
		room('clock'),
		[room('clock'), room('waiting')],
		[
			['.wakesAt = time.getTime();', '.wakesAt = 0;'],
			['const TIMER = 75_000;', 'const TIMER = 60_000;'],
			['const TIMER = 75_000;', 'const TIMER = 90_000;'],
			["typeof kept?.wakesAt === 'number' &&", 'kept?.wakesAt != null &&'],
			['await context.putExecutionToWait(time);', ''],
		],
	),
	...breaking(
		room('clock'),
		['Appmixer/waitRules'],
		[
			[
				"(context.getContext('node') as Kept).wakesAt;",
				"(context.getContext('node') as Kept).wakesAt! + 1e9;",
			],
		],
	),
	...breaking(
		room('clock'),
		['Appmixer/endOnce'],
		[["Reflect.deleteProperty(outputs, 'toJSON');", '']],
	),
	...breaking(
		room('sameForAll'),
		['Appmixer/waitRules'],
		[
			['if (isSame(read(fields), value)) continue;', 'continue;'],
			['fieldsOf(context, first)', 'fieldsOf(context, 0)'],
		],
	),
	...breaking(room('clock'), ['Appmixer/manyEntries'], [['entry.node = { ...entry.node };', '']]),
	...breaking(
		room('waitsAhead'),
		[room('wakeUp'), 'Appmixer/waitRules'],
		[
			['...Object.keys(waitingExecution)', ''],
			['...later.map((node) => node.name), ', ''],
			['[...later, ...behind]', 'behind'],
			['node.name !== name &&', ''],
			['&& !node.disabled', ''],
			['WAITING.test(type) ||', ''],
			["/wait/i.test(String(operation ?? ''))", 'false'],
		],
	),
	...breaking(
		room('readAnswers'),
		['Appmixer/severalApprovers'],
		[
			['answer(context, 503,', 'answer(context, 200,'],
			['(await oneAtATime(nameOfWait(context, ids), look)) ?? ANSWERED', '(await look())!'],
			['if (isCredentialGone(error)) return', 'if (false) return'],
			["'error', `The answers", "'info', `The answers"],
			['oneVoteEach(each)', 'each'],
			['missing.length > 0 && request.rule?.veto', 'false'],
		],
	),
	...breaking(
		room('request'),
		['Appmixer/severalApprovers'],
		[
			['policy.endsWhenDue && policy.isDue(sight)', 'false'],
			['policy.endsWhenDue && policy.isDue(sight)', 'policy.isDue(sight)'],
			['decidedBy: null,', ''],
			["outcome === 'timedOut' ? who :", 'false ? who :'],
			['{ ...json, ...ofAll, assignee: null }', 'json'],
			["isRepeated ? { ...task, lost: 'changed' } : task", 'task'],
			['policy.seesEdits ? now : others', 'now'],
			['...(webhookIds.length > 0 && { webhookIds }),', ''],
			['rule ? undefined : webhookIds[0]', 'webhookIds[0]'],
			['if (!rule || !votes) return', 'if (true) return'],
		],
	),
	...breaking(
		room('goOn'),
		['Appmixer/severalApprovers'],
		[['outputsOf(chosen, node.type)', "'single'"]],
	),
	...breaking(
		room('unheard'),
		[room('receiving')],
		[['context.logger.error(`${error.message}', 'void (`${error.message}']],
	),
	...breaking(
		'Appmixer/approvers',
		['Appmixer/severalApprovers'],
		[
			['if (before === undefined) return;', 'return;'],
			['const MOST = 20;', 'const MOST = 21;'],
			['if (login === requester ||', 'if (true ||'],
			['if (login === null) {', 'if (false) {'],
		],
	),
	...breaking(
		'Appmixer/actions/task/ask',
		['Appmixer/severalApprovers'],
		[
			["isAlone ? 'ask' : `ask ${String(wanted.approver)}`", "'ask'"],
			['if (asked.length === 0) throw', 'if (true) throw'],
		],
	),
	...breaking(
		'Appmixer/actions/task/asListed',
		['Appmixer/severalApprovers'],
		[
			['if (rule && !isSaved)', 'if (false)'],
			['if (!one) return asked;', 'return asked;'],
			['other.now === other.raw ? raw : other.now', 'other.now'],
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
		'Appmixer/actions/task/requestApproval',
		['Appmixer/whoMayApprove'],
		[
			['if (!policy.requesterMayApprove) wanted.forEach((one) => refuseOwn(context, one));', ''],
			['if (!policy.requesterMayApprove) refuseOwn(context, raw);', ''],
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
	...breaking('Appmixer/actions/task/requestApproval', ANSWERABLE, [
		['wanted.forEach((one) => refuseUnanswerable(context.getNode(), one, messageField, 0));', ''],
		['if (notHeard) throw notHeard;', ''],
	]),
	...breaking('Appmixer/actions/task/create.operation', ANSWERABLE, [
		['if (notify) refuseUnanswerable', 'if (true) refuseUnanswerable'],
		['if (notify) refuseUnanswerable', 'if (false) refuseUnanswerable'],
	]),
	...breaking('Appmixer/actions/task/ask', ASKING, [
		['if (asked.every(({ isNew }) => isNew)) return asked;', 'return asked;'],
	]),
	...breaking('Appmixer/actions/task/requestApproval', ASKING, [
		['isKnown ? null : endedOutput', 'true ? null : endedOutput'],
	]),
	...breaking('Appmixer/actions/task/listen', ASKING, [
		['const LOOKS = 3;', 'const LOOKS = 1;'],
		['const LOOK_TIMEOUT = 10_000;', 'const LOOK_TIMEOUT = 20_000;'],
		['if (attempt < LOOKS) {', 'if (true) {'],
		['api.context.logger.warn(', 'void Boolean('],
		['endedOutput(context, looked, waiting, webhookIds)', 'endedOutput(context, looked, waiting)'],
	]),
	...breaking(
		room('endWait'),
		[room('receiving')],
		[
			['if (parked) parked.metadata', 'if (false) parked.metadata'],
			['return [[]];', 'return [[{ json: {} }]];'],
			['thrown instanceof Error && GONE.test(thrown.message)', 'thrown instanceof Error'],
			['thrown instanceof Error && GONE.test(thrown.message)', 'false'],
		],
	),
	...breaking(
		room('onceFor'),
		[room('notTaken'), room('receiving'), 'Appmixer/trigger'],
		[
			['if (onceFor(key)) context', 'context'],
			['if (onceFor(key)) context', 'if (false) context'],
			['context.getExecutionId(), line]', 'line]'],
		],
	),
	...breaking(
		room('notTaken'),
		[room('notTaken'), room('receiving'), 'Appmixer/trigger'],
		[
			["if (status === 413) logOnce(context, 'warn'", "if (false) logOnce(context, 'warn'"],
			['if (isCredentialGone(thrown)) {', 'if (false) {'],
			['[message ?? String(thrown), description]', '[message ?? String(thrown)]'],
			["answer(context, status, 'Not", "answer(context, 200, 'Not"],
		],
	),
	...breaking(room('outputs'), WAITING, [
		["operation === 'sendAndWait' && kind", 'kind'],
		["&& kind === 'perDecision'", ''],
		["operation === 'wait' ? waiting :", ''],
		["'request approval and wait'", "''"],
		['(${subtitle})($parameter, ${JSON.stringify(WAITING[kind])})', '(() => 1)()'],
		[
			"operation === 'sendAndWait'\n\t\t\t? 'Waiting",
			"operation !== 'sendAndWait'\n\t\t\t? 'Waiting",
		],
	]),
	...breaking(room('parking'), WAITING, [
		["const approved = outcome === 'approved';", "const approved = outcome !== 'rejected';"],
		["approved || outcome === 'rejected'", 'true'],
		['data: { approved }', 'data: {}'],
		["if (outputs === 'single') return [[item]];", ''],
		['OUTPUT_OF[outcome] ?? 0', 'OUTPUT_OF[outcome] ?? 1'],
		['...(binary && { binary }),', ''],
		["resumeUrl.includes('signature=')", 'false'],
		["resumeUrl.includes('signature=')", 'true'],
		['!isLoopback(callbackUrl) || isLoopback(serviceUrl)', 'true'],
		['!isLoopback(callbackUrl) || isLoopback(serviceUrl)', '!isLoopback(callbackUrl)'],
		['webhookId !== undefined && { webhookId }', '{ webhookId }'],
		['data.data.main = [[parked]];', ''],
		['main: [source, source, source]', 'main: [source]'],
		['await sleepUntil(context, plan.deadline);', ''],
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
			['context.logger.info(`Task ${taskId} is due', 'void (`Task ${taskId} is due'],
			[
				'if (!read.ok) return refuseBody(context, read);',
				'if (!read.ok) return answer(context, 200, read.message);',
			],
			['if (!task) return answer(context, 400,', 'if (!task) return answer(context, 500,'],
			["if (typeof awaited !== 'string' || awaited === '') throw", 'if (false) throw'],
			['if (!ids.includes(task.id)) {', 'if (false) {'],
			["if (!task.decision && !isDue) return answer(context, 400, 'Not decided yet');", ''],
			['if (!task.decision && !policy.endsWhenDue) {', 'if (!task.decision) {'],
			['await callback.registerAgain(context, taskId, waitUrl(context));', "'';"],
		],
	),
	...breaking(
		room('goOn'),
		[room('receiving')],
		[['requestJson(request, outcome)', "requestJson(request, 'approved')"]],
	),
	...breaking(
		'Appmixer/actions/task/requestOutput',
		['Appmixer/editedRequest'],
		[['{ title, description, approver, requester } : {}', '{} : {}']],
	),
	...breaking(
		'Appmixer/actions/task/requestOutput',
		['Appmixer/requestApproval'],
		[["requestJson(request, 'timedOut', webhookIds)", "requestJson(request, 'timedOut')"]],
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
		['seconds > 0 && deadline.getTime()', 'deadline.getTime()'],
		[
			'deadline.getTime() > Date.now() + seconds * 1000',
			'deadline.getTime() > Date.now() + seconds * 1_000_000',
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
