import type { IWebhookFunctions } from 'n8n-workflow';

import { answer, readCallbackBody } from '../../../../nodes/shared/gate/callbackBody';

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

const read = (headers: Record<string, string>, body: unknown) =>
	readCallbackBody({
		getHeaderData: () => headers,
		getBodyData: () => body,
	} as unknown as IWebhookFunctions);
const statusOf = (headers: Record<string, string>, body: unknown) => {
	const result = read(headers, body);
	return result.ok ? 'taken' : result.status;
};

it('takes one JSON object', () => {
	expect(read(JSON_TYPE, { taskId: '1' })).toEqual({ ok: true, body: { taskId: '1' } });
	expect(statusOf({ 'content-type': 'Application/JSON' }, {})).toBe('taken');
});

it('T13: takes 64 KB and no more, also when the body comes in chunks, which have no length', () => {
	const ofSize = (bytes: number) => ({ more: 'x'.repeat(bytes - '{"more":""}'.length) });
	expect(statusOf(JSON_TYPE, ofSize(65_536))).toBe('taken');
	expect(statusOf(JSON_TYPE, ofSize(65_537))).toBe(413);
	expect(statusOf({ ...JSON_TYPE, 'content-length': '65536' }, {})).toBe('taken');
	expect(statusOf({ ...JSON_TYPE, 'content-length': '65537' }, {})).toBe(413);
});

it.each(['審', '😀', 'ü'])('T13: counts bytes, not letters, of %s', (letter) => {
	const each = Buffer.byteLength(letter);
	const ofBytes = (bytes: number) => {
		const rest = bytes - '{"more":""}'.length;
		return { more: letter.repeat(Math.floor(rest / each)) + 'x'.repeat(rest % each) };
	};
	expect(statusOf(JSON_TYPE, ofBytes(65_536))).toBe('taken');
	expect(statusOf(JSON_TYPE, ofBytes(65_537))).toBe(413);
});

it('refuses other types and what is no object', () => {
	expect(statusOf({}, {})).toBe(415);
	expect(statusOf({ 'content-type': 'text/plain, application/json' }, {})).toBe(415);
	for (const body of [[], null, undefined, 'text', 7]) expect(statusOf(JSON_TYPE, body)).toBe(400);
});

it('answers the caller and starts nothing', () => {
	const said: unknown[] = [];
	const response = {
		status(code: number) {
			said.push(code);
			return { json: (body: unknown) => said.push(body) };
		},
	};
	const context = { getResponseObject: () => response } as unknown as IWebhookFunctions;
	expect(answer(context, 401, 'No')).toEqual({ noWebhookResponse: true });
	expect(said).toEqual([401, { message: 'No' }]);
});
