/** @jest-environment ./test/engine/environment.ts */
import fc from 'fast-check';

import { engine } from '../../engine';
import { FUZZ } from '../../fuzz';
import { useTriggers } from './openTriggers';
import { NEW_TASK, useSandbox } from './sandboxed';

const used = useSandbox();
const openTrigger = useTriggers(used);

const odd = fc.oneof(
	fc.anything({ withNullPrototype: true }),
	fc.constantFrom<unknown>('approved', 'rejected', 'pending', 'Approved', ['approved'], '', null),
);
const key = fc.constantFrom(
	'taskId',
	'id',
	'status',
	'decision',
	'__proto__',
	'constructor',
	'toJSON',
);
const headers = fc.record(
	{
		'content-type': fc.constantFrom(
			'application/json',
			'application/json; charset=x',
			'text/plain',
			'',
		),
		'content-length': fc.constantFrom('0', '-1', '1e9', 'x', '70000'),
	},
	{ requiredKeys: [] },
);

/** What of a request and its answer the nodes see, without a wire between. */
function callback(body: unknown, query: unknown, given: object) {
	const answered: number[] = [];
	const response = {
		closed: false,
		status(code: number) {
			answered.push(code);
			return response;
		},
		json: () => response,
		once: () => response,
		on: () => response,
	};
	const request = { method: 'POST', headers: given, body, query, params: {} };
	return { answered, passed: { httpRequest: request, httpResponse: response } as never };
}

/** JSON with the task's own ID in it as often as not. */
const bodyOf = (taskId: string) =>
	fc.oneof(
		fc
			.array(fc.tuple(key, fc.oneof(odd, fc.constant(taskId))), { maxLength: 5 })
			.map((all) => Object.fromEntries(all) as Record<string, unknown>),
		odd,
	);

const decides = (body: unknown, taskId: string) => {
	const { taskId: own, id, status } = Object(body) as Record<string, unknown>;
	return (own ?? id) === taskId && ['approved', 'rejected', 'due'].includes(status as string);
};

it('T1: the trigger starts nothing without a right token for a decided task, and always answers', async () => {
	const { taskId } = used.sandbox.appmixer.createTask();
	const trigger = await openTrigger();
	await trigger.create();
	const { searchParams } = new URL(used.sandbox.appmixer.webhooks[0].url);
	const token = searchParams.get('token')!;
	const part = fc.oneof(
		odd,
		fc.constantFrom<unknown>(token, token.slice(1), [token], taskId, [taskId]),
	);
	const query = fc.oneof(
		fc.record({ task: part, token: part }),
		fc.constant({ task: taskId, token }),
		odd,
	);
	await fc.assert(
		fc.asyncProperty(bodyOf(taskId), query, headers, async (body, asked, given) => {
			const { task, token: signed } = Object(asked) as Record<string, unknown>;
			fc.pre(!(task === taskId && signed === token && decides(body, taskId)));
			const { answered, passed } = callback(body, asked, given);
			const answer = await trigger.server.take(passed);
			if (answer.workflowData || trigger.emitted.length > 0) throw new Error('It started');
			if (!answer.noWebhookResponse || answered.length !== 1) throw new Error('No answer');
			if (answered[0] < 400 || answered[0] > 503) throw new Error(`Answered ${answered[0]}`);
		}),
		{ ...FUZZ, numRuns: FUZZ.numRuns },
	);
});

it('W9: the wait goes on after anything but the decision of its own task, and always answers', async () => {
	const wait = await engine.openWait({
		...{ type: 'appmixer', credential: used.ada },
		parameters: { resource: 'task', operation: 'sendAndWait', ...NEW_TASK, decisionBy: '' },
	} as never);
	const [{ taskId }] = used.sandbox.appmixer.tasks.slice(-1);
	await fc.assert(
		fc.asyncProperty(bodyOf(taskId), odd, headers, async (body, query, given) => {
			fc.pre(!decides(body, taskId));
			const { answered, passed } = callback(body, query, given);
			const answer = await wait.server.take(passed);
			if (answer.workflowData || wait.resumed.length > 0) throw new Error('It went on');
			if (!answer.noWebhookResponse || answered.length !== 1) throw new Error('No answer');
			if (answered[0] !== 200 && (answered[0] < 400 || answered[0] > 503))
				throw new Error(`${answered[0]}`);
		}),
		FUZZ,
	);
	await wait.close();
});
