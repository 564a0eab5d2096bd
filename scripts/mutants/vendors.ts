import { breaking } from './mutant';

const MEANWHILE = ['Appmixer/triggerMeanwhile'];

/** Lines outside of `shared` that guard a person against being asked twice, or an answer against being lost. */
export const vendors = [
	...breaking(
		'Appmixer/withdrawn',
		['Appmixer/withdraw'],
		[
			["status: 'rejected',", "status: 'pending',"],
			["decision === 'rejected' && ", ''],
			['`${MARK} ${title', '`${title'],
		],
	),
	...breaking(
		'Appmixer/actions/task/withdraw.operation',
		['Appmixer/withdraw'],
		[
			['if (task.decision || !isKnownStatus(task.status)) {', 'if (false) {'],
			['if (task.decision || !isKnownStatus(task.status)) {', 'if (task.decision) {'],
			['if (isWithdrawn(task)) return taskOutput(raw, simple);', ''],
			['if (isWithdrawn(toTask(withdrawn))) return', 'return'],
		],
	),
	...breaking(
		'Appmixer/callback',
		['Appmixer/hostileCallbacks'],
		[
			['Promise.race([register(), giveUp()])', 'register()'],
			['const REGISTER_TIMEOUT = 5000;', 'const REGISTER_TIMEOUT = 20_000;'],
			[
				'|| !isKnownStatus(body.status)',
				'',
				'A status nobody knows decides nothing either way, and gets the same 400.',
			],
		],
	),
	...breaking(
		'Appmixer/callback',
		['Appmixer/trigger'],
		[
			['if (isLate) onLate?.(id);', ''],
			['if (isLate) onLate?.(id);', 'onLate?.(id);', 'What is remembered twice has the same ID.'],
		],
	),
	...breaking(
		'Appmixer/receiveTask',
		['Appmixer/trigger'],
		[
			['(registered ? memory : recall(context)).registrations', 'recall(context).registrations'],
			["if (key === '') {", 'if (false) {'],
			['if (task.decision) delete memory.registrations[task.id];', ''],
			['if (!emitted || before) {', 'if (!emitted) {'],
			['if (!isFollowed) endTurn();', ''],
			['if (!isFollowed) endTurn();', 'endTurn();'],
			['if (context.getResponseObject().closed) return { noWebhookResponse: true };', ''],
			['const spent = task.decision ? task.id : null;', 'const spent = null;'],
			['const spent = task.decision ? task.id : null;', 'const spent = task.id;'],
			['task.decision ? undefined : DUE_PATIENCE', 'undefined'],
			['task.decision ? undefined : DUE_PATIENCE', 'DUE_PATIENCE'],
			['const DUE_PATIENCE = 1000;', 'const DUE_PATIENCE = 0;'],
		],
	),
	...breaking(
		'Appmixer/keepRegistered',
		['Appmixer/trigger'],
		[
			[
				'const onLate = (id: string) => remember(context, task.id, made(id));',
				'const onLate = undefined;',
			],
			['if (known?.url === fingerprint && known.answers?.includes(caller)) return false;', ''],
			['known.answers?.includes(caller)', 'known.mark !== undefined'],
			['known.answers?.includes(caller)', 'known.mark !== caller && !!known.mark'],
			['[...(known?.answers ?? []), caller]', '[caller]'],
			['...(known?.earlier ?? []), ', ''],
			['known?.url === fingerprint && known.answers', 'known?.answers'],
		],
	),
	...breaking(
		'Appmixer/api',
		['Appmixer/registerAgain'],
		[
			["if (typeof id === 'string' && id !== '') return", 'if (true) return'],
			[" && id !== ''", ''],
			['\ttimeout: api.timeout,\n\t...request', '\t...request'],
			['? { context, path: known, timeout }', '? { context, path: known }'],
		],
	),
	...breaking(
		'Appmixer/api',
		['Appmixer/trigger'],
		[
			['if (!isDoubtful(error)) return;', ''],
			['if (!isDoubtful(error)) return;', 'return;'],
		],
	),
	...breaking(
		'Appmixer/removeWebhooks',
		['Appmixer/trigger'],
		[
			[
				'workersFor(taskIds.length), async (taskId) => {\n\t\tif (await',
				'5, async (taskId) => {\n\t\tif (await',
			],
			[
				'workersFor(taskIds.length), async (taskId) => {\n\t\tconst isKept',
				'5, async (taskId) => {\n\t\tconst isKept',
			],
			['if (time > 0) await', 'if (true) await'],
			['await removeWithin(time, api, id);', 'await removeWithin(60_000, api, id);'],
			['else left.push(id);', ''],
			['\ttellLeft(api.context, left);\n\treturn left;', '\treturn left;'],
			[
				'\t\tleft.push(...known.earlier);\n\t});\n\ttellLeft(api.context, left);',
				'\t\tleft.push(...known.earlier);\n\t});',
			],
			['known.earlier = await', 'await'],
			['{ ...LEFT_OVER, id,', '{ ...known, id,'],
		],
	),
	...breaking(
		'Appmixer/unwatch',
		['Appmixer/trigger'],
		[
			['Date.now() < began + GIVEN_UP ? began + UNDO_BUDGET : ', ''],
			['Date.now() < began + GIVEN_UP ? began', 'began > 0 ? began'],
			['const UNDO_BUDGET = 75_000;', 'const UNDO_BUDGET = 100_000;'],
		],
	),
	...breaking('Appmixer/unwatch', MEANWHILE, [
		['!isTest && isUntold(context, task)', 'false'],
		['!isTest && isUntold(context, task)', 'isUntold(context, task)'],
		['tellKept(context, memory, left);', ''],
		[
			'const came = await remove(api, memory, addWhatCame(context, memory, known), until, isKept);',
			'const came: string[] = [];',
		],
	]),
	...breaking('Appmixer/watch', MEANWHILE, [
		['addWhatCame(context, memory, known);', ''],
		['await removeEarlier(api, memory, ids.filter(isWatched), deadline);', ''],
		[
			'const timeout = Math.min(deadline - Date.now(), REGISTER_TIMEOUT);',
			'const timeout = REGISTER_TIMEOUT;',
		],
		['Date.now() < deadline ? error : tooLate()', 'error'],
		['!(decidedAfter(task, added) < 0) ||', 'true ||'],
		['isCalled && url === urlFingerprint(signedUrl(memory.url, key, task.id))', 'isCalled'],
		[' || earlier.length > 0', ''],
		['|| (unknown.has(taskId) && !added.has(taskId))', ''],
		[
			'!(decidedAfter(task, added) > 0) || ',
			'',
			'Of two things in one millisecond nothing is known.',
		],
		['&& !decided.has(taskId)', ''],
	]),
	...breaking('Appmixer/removeWebhooks', MEANWHILE, [
		['if (!(await callsOver(context, taskId, until))) return false;', 'return false;'],
		['return task !== undefined && isKept(task);', 'return false;'],
		[
			'const failed = await removeAll(api, idsOf(registrations[taskId]), until);\n\t\ttellLeft',
			'const failed: string[] = [];\n\t\ttellLeft',
		],
	]),
	...breaking('shared/trigger/turns', MEANWHILE, [['=> lines.has(name);', '=> false;']]),
	...breaking('Appmixer/calls', MEANWHILE, [
		['const WRITTEN_MS = 1000;', 'const WRITTEN_MS = 0;'],
		["else response.once('close', () => void sleep(WRITTEN_MS).then(end));", 'else end();'],
	]),
	...breaking('Appmixer/keepRegistered', MEANWHILE, [['...(known ? [known.id] : [])', '']]),
	...breaking(
		'Appmixer/filterById',
		['unreadableTasks'],
		[["if (idOf(there) === '') return false;", '']],
	),
	...breaking(
		'Appmixer/watchedTasks',
		['unreadableTasks'],
		[["if (idOf(task) === '') {", 'if (false) {']],
	),
	...breaking(
		'Appmixer/firstTasks',
		['changingLists'],
		[
			['page.length < PAGE || (await isLast(api, asked, page))', 'true'],
			['rest.length === 1 && ', ''],
			['first = null;', ''],
		],
	),
	...breaking('Opentaps/listActivities', ['changingLists'], [['...filters.slice(0, -1)', '']]),
	...breaking(
		'Nutrient/api',
		['unreadableTasks'],
		[
			[
				'if (list) return list.rows;\n\tthrow notTheApi(context, action);\n}\n\nexport const listRequestFiles',
				'return list?.rows ?? null;\n}\n\nexport const listRequestFiles',
			],
		],
	),
	...breaking(
		'Appmixer/filterById',
		['Appmixer/findTask'],
		[
			['if (known.has(service)) return true;', ''],
			['if (!there) return true;', 'if (!there) return false;'],
			['idOf(found) !== idOf(there)', 'false'],
			['if (!found ||', 'if (false && !found ||'],
			['known.add(service);', ''],
		],
	),
	...breaking(
		'Appmixer/api',
		['Appmixer/findTask'],
		[
			['if (!IS_ID.test(taskId)) return null;', ''],
			['if (!first && (await', 'if ((await'],
		],
	),
	...breaking(
		'Appmixer/pace',
		['Appmixer/trigger'],
		[
			['const [FEW, MOST] = [5, 20];', 'const [FEW, MOST] = [5, 5];'],
			['const [FEW, MOST] = [5, 20];', 'const [FEW, MOST] = [5, 11];'],
			['return ends <= until;', 'return now <= until;'],
			['return ends <= until;', 'return true;'],
		],
	),
	...breaking(
		'Appmixer/watchedTasks',
		['Appmixer/trigger'],
		[['error instanceof DeadlineError ? tooSlow(context) : error', 'error']],
	),
	...breaking(
		'Appmixer/watch',
		['Appmixer/trigger'],
		[['const earlier = idsOf(memory.registrations[taskId]);', 'const earlier: string[] = [];']],
	),
	...breaking(
		'Appmixer/receiveTask',
		['Appmixer/hostileCallbacks'],
		[
			["if (task.id !== taskId) return answer(context, 401, 'The token is for another task');", ''],
			[
				"return answer(context, 401, 'The token is not valid for this task');",
				'',
				'No task has an empty ID, so the next line but three answers 401 as well.',
			],
			["if (!task.decision && !isDue(task)) return answer(context, 400, 'Not decided yet');", ''],
		],
	),
	...[
		'Appmixer/actions/task/decide',
		'Nutrient/actions/request/cancel.operation',
		'Nutrient/actions/task/complete',
		'Nutrient/actions/task/decide.operation',
		'Nutrient/actions/task/decision',
		'Nutrient/actions/task/reassign.operation',
	].flatMap((file) => breaking(file, ['lostAnswers'], [['once: true,', '']])),
	...breaking(
		'Appmixer/api',
		['lostAnswers'],
		[
			[', reads: false', ''],
			[
				'...webhook, id };\n\tthrow await send.refused(api.context, asked, response);',
				'...webhook, id };\n\tthrow notTheApi(api, asked.action);',
			],
		],
	),
	...breaking(
		'Appmixer/standing',
		['Appmixer/failedDecision'],
		[
			["const NOT_ASKED = ['401', '429'];", 'const NOT_ASKED: string[] = [];'],
			['const PATIENCE = 5000;', 'const PATIENCE = 60_000;'],
			[' ?? (await findAgain(api, taskId));', ';'],
			['(secret ? await findAgain(api, taskId, secret) : null) ?? ', ''],
			['mayComeYet ?', 'false ?'],
		],
	),
	...breaking(
		'Appmixer/api',
		['Appmixer/failedDecision'],
		[
			['if (status === undefined || status === DECIDED[verb]) return task;', 'return task;'],
			[
				'if (status < 300 || isUnknownTask(response)) return null;',
				'if (status < 300) return null;',
			],
			[' && !saysNoDashboard(response)', ''],
		],
	),
	...breaking(
		'Appmixer/capitals',
		['Appmixer/addresses'],
		[
			[' || told.has(context)', ''],
			['approver === plain', 'true'],
		],
	),
	...breaking(
		'Mambu/fields',
		['Mambu/badInputs'],
		[['if (title.length <= MAX_TITLE) return title;', 'return title;']],
	),
	...breaking(
		'Mambu/explainError',
		['words'],
		[
			['word(name).toUpperCase() || nameOf(code)', 'word(name).toUpperCase()'],
			["['', 'SUCCESS'].includes(word(returnStatus))", 'true'],
			["['', ...UNKNOWN_TASK].includes(", 'true || [].includes('],
		],
	),
	...breaking(
		'Nutrient/explainError',
		['words'],
		[
			['hintFor(means ?? status,', 'hintFor(status,'],
			['if (body === false) return', 'if (false) return'],
			['if (hasExpired(body)) return', 'if (false) return'],
		],
	),
	...breaking(
		'Nutrient/actions/file/upload.operation',
		['Nutrient/files'],
		[["const DEFAULT_FIELD = 'file-upload';", "const DEFAULT_FIELD = 'file';"]],
	),
	...breaking(
		'Nutrient/readDecision',
		['Nutrient/readDecision'],
		[
			['told.length === 1 ? ', 'told.length > 0 ? '],
			['copies.length === 0 || !copies.every', '!copies.some'],
			["stateOf(status) === 'done' || ", "stateOf(status) !== 'cancelled' || "],
			['(isNamed && !isKnownStatus(status))', '!isKnownStatus(status)'],
			['isApproval(place) === false ? [] : ', ''],
			['if (isIn(approved) === isIn(rejected)) return null;', ''],
			["if (word === '') return null;", ''],
			[
				'words.some((each) => folded(each) === word)',
				'words.some((each) => word.includes(folded(each)))',
			],
			['if (Object.values(option).some((value) => Array.isArray(value))) return [];', ''],
			['labelIn(value) : choicesAmong(value, SURE)', 'labelIn(value) : labelIn(value)'],
			['.filter(([key]) => !FILLED_IN.includes(plain(key)))', ''],
			[
				"if (id !== '') return folded(id) === folded(taskId) ? [answer] : [];",
				'if (folded(id) === folded(taskId)) return [answer];',
			],
			['if (depth < 0) return [];', ''],
			["plain(key) !== '' && plain(key) === plain(name)", 'plain(key) === plain(name)'],
		],
	),
	...breaking(
		'Nutrient/approvalCopies',
		['Nutrient/approvalCopies'],
		[
			["taskId === '' ? [] : ", ''],
			['isApproval(raw) === true', 'isApproval(raw) !== false'],
			['textField(raw, ...INSTANCE_TASK) ?? id', "textField(raw, ...INSTANCE_TASK) ?? ''"],
			["=== 'reassigned'", "=== 'Reassigned'"],
			["if (!isAsked || copy.id === '') continue;", 'if (!isAsked) continue;'],
			['.filter((copy) => same(copy.task, task))', ''],
		],
	),
	...breaking('Opentaps/api', ['words'], [[' && !isNotThere(response.body)', '']]),
	...breaking(
		'Affinitext/waitDesk',
		['Affinitext/wait'],
		[
			['requireWholeList(context, feed, request.idField);', ''],
			['if (found.hasId) return seenAs(found, reading);', 'return seenAs(found, reading);'],
			['knownAs === undefined', 'true'],
			["return isThere ? 'unread' : 'missing';", "return 'missing';"],
			['if (isThere) tellTwin(context, knownAs);', ''],
			["...(isOpen && { state: 'open' as const }),", ''],
			['...(!isDatedWhenDone(raw) && { decidedAt: null }),', ''],
			['tellWaiting(context, sights.filter(isTask).flatMap(whyWaiting));', ''],
		],
	),
	...breaking(
		'Affinitext/whyWaiting',
		['Affinitext/wait'],
		[
			["if (STATES[word] === 'open') return null;", ''],
			['if (!Object.hasOwn(STATES, word)) return', "if (STATES[word] === 'cancelled') return"],
			[' || status === null) return [];', ') return [];'],
			["if (state !== 'open' || status", 'if (status'],
		],
	),
	...breaking(
		'Opentaps/whyWaiting',
		['Opentaps/wait'],
		[
			['status !== null && isKnownStatus(status)', 'status === null || isKnownStatus(status)'],
			['if (status !== null && isKnownStatus(status)) return [];', ''],
		],
	),
	...breaking(
		'Affinitext/verified',
		['Affinitext/wait'],
		[
			["isSomebody(part(raw, 'verifier')) && !isDated", '!isDated'],
			['!isDated(raw) && !WORDS', '!WORDS'],
			[' && !WORDS.includes(wordOf(status))', ''],
			['if (Array.isArray(value)) return value.some(isSomebody);', ''],
			['if (isRecord(value)) return Object.values(value).some(isSomebody);', ''],
		],
	),
	...breaking(
		'shared/gate/parkAgain',
		['Mambu/wait'],
		[['Math.max(Math.min(next, soon), earliest)', 'Math.min(next, soon)']],
	),
	...breaking(
		'shared/gate/readOpen',
		['Affinitext/wait'],
		[
			[
				'last ? { ...asked, knownAs: last.id } : asked',
				'last ? { ...asked, knownAs: asked.id } : asked',
			],
		],
	),
	...breaking(
		'shared/gate/readOpen',
		['Mambu/wait'],
		[['refuseTwice(context, state.groups, state.tasks, ({ last }) => last?.id);', '']],
	),
	...breaking(
		'Opentaps/waitDesk',
		['Opentaps/wait'],
		[
			['[OPEN, [COMPLETED], []]', '[OPEN, []]'],
			['[OPEN, [COMPLETED], []]', '[OPEN, [COMPLETED]]'],
			['wanted.delete(id);', ''],
			['tellWaiting(context, sights.filter(isTask).flatMap(whyWaiting));', ''],
		],
	),
	...breaking(
		'Opentaps/listTasks',
		['Opentaps/wait'],
		[['[...ids].every((id) => tasks.has(id))', 'tasks.size > 0']],
	),
	...breaking(
		'shared/gate/sight',
		['Opentaps/wait'],
		[
			['approver: asked.approver ?? found.approver', 'approver: asked.approver'],
			['approver: asked.approver ?? found.approver', 'approver: found.approver'],
		],
	),
	...breaking('Mambu/api', ['Mambu/badInputs'], [[' The change is made: do not repeat it.', '']]),
	...breaking(
		'Mambu/activities',
		['Mambu/wait'],
		[
			['isRecord(entry.activity) ? entry.activity : entry', 'entry'],
			['headers: { Accept: V1 },', ''],
			['taskKey === task.id', 'true'],
			['type === COMPLETED && timestamp === last', 'type === COMPLETED'],
			['userKey)).size !== 1) return null;', 'userKey)).size < 1) return null;'],
			['changed - DAY', 'changed'],
		],
	),
	...breaking(
		'Mambu/whoCompleted',
		['Mambu/wait'],
		[
			['known.get(key) ?? (await', '(await'],
			['{ ...sight, decidedAt: found.at }', 'sight'],
			['name: userName, email: null', 'name: null, email: null'],
			["provenance: 'verified'", "provenance: 'configured'"],
			["failure || 'it does not name one'", "'it does not name one'"],
		],
	),
	...breaking(
		'Mambu/waitDesk',
		['Mambu/wait'],
		[
			['if (settings.whoCompleted !== true) return looked;', ''],
			[
				'return settings.whoCompleted === true ? await whoCompleted(context, task) : null;',
				'return await whoCompleted(context, task);',
			],
			["			'gone',", "			'missing',"],
			['if (editedParts(questionOf(one), questionOf(other)).length > 0) return false;', ''],
			["return { how: 'page', sights:", "return { how: 'each', sights:"],
			['open[place] ?? found.get(id)!', 'found.get(id)!'],
			['task && sameTask(one, toTask(task))', 'task && toTask(task)'],
			['sameTask(one, page.get(one.id))', 'page.get(one.id) ?? null'],
			["sameTask(one, found.get(one.id)) ?? 'missing'", "found.get(one.id) ?? 'missing'"],
			['if (found.size === wanted.size) break;', ''],
			['[idOf(raw), numberOf(raw)].map(', '[idOf(raw)].map('],
		],
	),
];
