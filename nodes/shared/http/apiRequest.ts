/** What a vendor asks a service for, and what it gets. */
import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import type { AnswerKind } from './answerBody';
import type { UploadFile } from './multipart';

/** Every n8n context a request can be made from. */
export type ApiContext =
	IExecuteFunctions | IHookFunctions | IWebhookFunctions | IPollFunctions | ILoadOptionsFunctions;

export interface ApiRequest {
	method: IHttpRequestMethods;
	/** Below the base URL, with a leading slash. */
	path: string;
	/** What is asked for, for error messages: "approve task 123". */
	action: string;
	qs?: IDataObject;
	/** Sent as JSON. */
	body?: IDataObject | IDataObject[];
	/** Sent URL-encoded instead of a JSON body. */
	form?: Record<string, string>;
	/** Sent as a multipart form instead of a JSON body. */
	file?: UploadFile;
	headers?: IDataObject;
	/** What a good answer is; `json` by default. */
	answer?: AnswerKind;
	/** Sent as `Idempotency-Key`; it makes a write safe to repeat, so it is retried like a read. */
	idempotencyKey?: string;
	/** Milliseconds of silence; 30,000 by default. The whole request ends after twice that, of files four times; a shorter one ends it itself. */
	timeout?: number;
	/** Whether it changes nothing, so that it may be sent again and its answer is what is asked for. By default that is so of a GET. */
	reads?: boolean;
	/** Statuses besides 2xx that the caller reads itself. */
	accept?: number[];
}

/** A service may have a GET that does something, and a POST that only asks. */
export const isRead = ({ method, reads = method === 'GET' }: ApiRequest): boolean => reads;

export interface ApiResponse {
	status: number;
	/** Parsed JSON, or the text when it is none; a Buffer when a `file` or `bytes` were asked for. */
	body: unknown;
	/** Names in lower case; empty when there was no answer. */
	headers: IDataObject;
}
