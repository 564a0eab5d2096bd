import type { IWebhookFunctions } from 'n8n-workflow';

import { notTaken, refuseBody } from '../../../../nodes/shared/gate/notTaken';

const logged: string[] = [];
const answered: unknown[] = [];
afterEach(() => [logged, answered].forEach((list) => list.splice(0)));

/** A callback to one run of a node. */
const callbackTo = (run: string) => {
	const response = {
		status: (status: number) => ({ json: () => void answered.push(status) }),
	};
	return {
		getNode: () => ({ id: '1', name: 'Ask' }),
		getWorkflow: () => ({ id: 'w' }),
		getExecutionId: () => run,
		getResponseObject: () => response,
		logger: {
			error: (line: string) => logged.push(`error ${line}`),
			warn: (line: string) => logged.push(`warn ${line}`),
		},
	} as unknown as IWebhookFunctions;
};

it('says once for each run why a callback was not taken, and what to do', () => {
	const error = Object.assign(new Error('No network'), { description: 'Try again later.' });
	for (const run of ['7', '7', '8']) notTaken(callbackTo(run), error, 'Still waiting');
	const line = 'error Node "Ask": Still waiting: No network. Try again later.';
	expect([logged, answered]).toEqual([
		[line, line],
		[503, 503, 503],
	]);
});

it('says once that a body was too large, and nothing of other bad ones', () => {
	const refused = (status: number, message: string) =>
		refuseBody(callbackTo('9'), { ok: false, status, message });
	for (const status of [413, 413, 415]) refused(status, 'Too large');
	expect([logged, answered]).toEqual([
		['warn Node "Ask": Callback refused: Too large'],
		[413, 413, 415],
	]);
});
