/** Callbacks no service sends. Each claims, as well as it can, that the task was approved. */
import axios from 'axios';

export interface HostileCallback {
	method?: 'GET' | 'HEAD' | 'PUT';
	type?: string;
	body?: string;
}

const JSON_TYPE = 'application/json';
const json = (body: unknown): HostileCallback => ({ type: JSON_TYPE, body: JSON.stringify(body) });
const text = (body: string, type = JSON_TYPE): HostileCallback => ({ type, body });

/** By name. `taskId` is the task the wait is for, `other` one that it is not for. */
export const hostileCallbacks = (
	taskId: string,
	other: string,
): Record<string, HostileCallback> => ({
	'no body': {},
	'no body, said to be JSON': { type: JSON_TYPE },
	null: text('null'),
	'broken JSON': text(`{"taskId":"${taskId}","status":"approved"`),
	text: text('approved', 'text/plain'),
	'JSON said to be text': text(json({ taskId, status: 'approved' }).body ?? '', 'text/plain'),
	form: text(`taskId=${taskId}&status=approved`, 'application/x-www-form-urlencoded'),
	GET: { method: 'GET' },
	HEAD: { method: 'HEAD' },
	PUT: { method: 'PUT', ...json({ taskId, status: 'approved' }) },
	'a string': json('approved'),
	'a list': json([{ taskId, status: 'approved' }]),
	'no task': json({ status: 'approved' }),
	'no status': json({ taskId, approved: true, decision: 'approved' }),
	'unknown status': json({ taskId, status: 'banana' }),
	'status in capitals': json({ taskId, status: 'APPROVED' }),
	'status in a list': json({ taskId, status: ['approved'] }),
	'status of an object': json({ taskId, status: 'constructor' }),
	pending: json({ taskId, status: 'pending' }),
	'5 MB': json({ taskId, status: 'approved', title: 'x'.repeat(5_000_000) }),
	'prototype instead of body': text(`{"__proto__":{"taskId":"${taskId}","status":"approved"}}`),
	'prototype with status': text(`{"taskId":"${taskId}","__proto__":{"status":"approved"}}`),
	'constructor with status': text(
		`{"taskId":"${taskId}","constructor":{"prototype":{"status":"approved"}}}`,
	),
	'two task ids': json({ taskId: other, id: taskId, status: 'approved' }),
	'another task': json({ taskId: other, status: 'approved' }),
});

/** Posts one; resolves with the answer's HTTP status. */
export async function post(url: string, { method, type, body }: HostileCallback): Promise<number> {
	// n8n refuses a token before it has read a long body, and cuts a connection that is not to be kept
	const connection = (body?.length ?? 0) > 1_000_000 ? 'keep-alive' : 'close';
	const { status } = await axios.request<unknown>({
		url,
		method: method ?? 'POST',
		data: body,
		headers: { 'content-type': type ?? false, connection },
		transformRequest: (data: unknown) => data,
		validateStatus: () => true,
		maxRedirects: 0,
		proxy: false,
	});
	return status;
}
