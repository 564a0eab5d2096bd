/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { Readable } from 'node:stream';
import axios from 'axios';

/** One call as a stranger may make it. */
export interface Call {
	/** `POST` by default. */
	method?: string;
	/** The text exactly as sent; no body when absent. */
	body?: string;
	/** The Content-Type; none when absent. */
	type?: string;
	/** Sends the body without saying how long it is. */
	chunked?: boolean;
}

/** Makes the call and gives whatever is answered. */
export async function callBack(
	url: string,
	{ method = 'POST', body, type, chunked = false }: Call,
): Promise<{ status: number; data: unknown }> {
	const data = chunked && body !== undefined ? Readable.from([body]) : body;
	const headers = { 'Content-Type': type ?? false };
	const { status, data: answer } = await axios.request<unknown>({
		...{ url, method, data, headers, proxy: false, timeout: 60_000, maxRedirects: 0 },
		maxBodyLength: Infinity,
		transformRequest: (given: unknown) => given,
		validateStatus: () => true,
	});
	return { status, data: answer };
}
