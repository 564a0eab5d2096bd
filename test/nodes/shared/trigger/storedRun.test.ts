/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { EventEmitter } from 'node:events';

import { sleep, type IWebhookFunctions } from 'n8n-workflow';

import { followRun } from '../../../../nodes/shared/trigger/storedRun';

/** A call whose answer ends as told. */
function follow() {
	const response = Object.assign(new EventEmitter(), { statusCode: 200, writableFinished: false });
	const context = { getResponseObject: () => response } as unknown as IWebhookFunctions;
	const emission = { write: jest.fn(), end: jest.fn() };
	const onEnd = jest.fn();
	followRun(context, emission, onEnd);
	return { response, emission, onEnd };
}

it.each([
	['was answered 200', { statusCode: 200, writableFinished: true }, true],
	['was answered 500', { statusCode: 500, writableFinished: true }, false],
	['was broken off', { statusCode: 200, writableFinished: false }, 'unknown'],
])('F2: a call that %s', async (_, answer, isStored) => {
	const { response, emission, onEnd } = follow();
	for (let n = 0; n < 200 && emission.write.mock.calls.length < 3; n++) await sleep(1);
	expect(emission.write.mock.calls.length).toBeGreaterThan(2);
	expect(emission.end).not.toHaveBeenCalled();
	Object.assign(response, answer).emit('close');
	expect(emission.end.mock.calls).toEqual([[isStored]]);
	expect(onEnd).toHaveBeenCalledTimes(1);
	const written = emission.write.mock.calls.length;
	await sleep(300);
	expect(emission.write).toHaveBeenCalledTimes(written);
});
