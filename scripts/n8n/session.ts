/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { randomUUID } from 'node:crypto';
import axios, { type AxiosResponse, type Method } from 'axios';

/** The owner account of a test n8n. */
export interface Login {
	email: string;
	password: string;
}

/** The account every n8n started by these scripts gets. */
export const OWNER: Login = { email: 'owner@example.com', password: 'Test-Owner-1' };

/** Plain JSON objects as n8n's REST API takes and gives them. */
export type Json = Record<string, unknown>;

/** A logged-in connection to n8n's own REST API, the one its editor uses. */
export interface Session {
	url: string;
	/** `path` starts with a slash, e.g. `/rest/workflows`. Resolves with what is under `data`, if anything is. */
	get<T = Json>(path: string, query?: Json): Promise<T>;
	post<T = Json>(path: string, body?: unknown): Promise<T>;
	patch<T = Json>(path: string, body?: unknown): Promise<T>;
	delete<T = Json>(path: string): Promise<T>;
	/** Sets up the owner on a new n8n, then logs in; to be called again after a restart. */
	login(login?: Login): Promise<void>;
	/** The cookie of the login, `name=value`, for a browser or another client. */
	cookie(): string;
}

const TIMEOUT_MS = 120_000;

function reason(response: AxiosResponse<unknown>): string {
	const { data } = response;
	if (typeof data === 'string') return data.slice(0, 500);
	const { message, description } = (data ?? {}) as { message?: string; description?: string };
	return [message, description].filter(Boolean).join(' – ') || JSON.stringify(data).slice(0, 500);
}

/** A session that is not logged in yet. Every call throws an Error with method, path, status and n8n's reason unless it is 2xx. */
export function openSession(url: string): Session {
	const browserId = randomUUID();
	let cookie = '';

	async function call<T>(method: Method, path: string, data?: unknown, params?: Json): Promise<T> {
		const response = await axios.request<unknown>({
			baseURL: url,
			url: path,
			method,
			data,
			params,
			proxy: false,
			timeout: TIMEOUT_MS,
			// a kept connection may be closed by n8n at the moment it is used again
			headers: { 'browser-id': browserId, connection: 'close', ...(cookie ? { cookie } : {}) },
			validateStatus: () => true,
		});
		if (response.status >= 300) {
			throw new Error(`n8n: ${method} ${path} answered ${response.status}: ${reason(response)}`);
		}
		const fresh = response.headers['set-cookie']?.find((line) => line.startsWith('n8n-auth='));
		if (fresh !== undefined) cookie = fresh.split(';')[0];
		const body = response.data;
		const wrapped = typeof body === 'object' && body !== null && 'data' in body;
		return (wrapped ? body.data : body) as T;
	}

	return {
		url,
		get: async (path, query) => await call('GET', path, undefined, query),
		post: async (path, body = {}) => await call('POST', path, body),
		patch: async (path, body = {}) => await call('PATCH', path, body),
		delete: async (path) => await call('DELETE', path),
		cookie: () => cookie,
		async login({ email, password } = OWNER) {
			cookie = '';
			const settings = await call<{ userManagement: { showSetupOnFirstLoad?: boolean } }>(
				'GET',
				'/rest/settings',
			);
			if (settings.userManagement.showSetupOnFirstLoad) {
				const person = { email, password, firstName: 'Test', lastName: 'Owner' };
				await call('POST', '/rest/owner/setup', person);
			}
			await call('POST', '/rest/login', { emailOrLdapLoginId: email, password });
		},
	};
}
