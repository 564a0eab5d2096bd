import axios, { type AxiosResponse } from 'axios';

import { IDA, start, type OpentapsOptions } from '../../sandbox';

export type Json = Record<string, unknown>;
export type Answer = AxiosResponse<Json>;

type Sent = Record<string, string>;

/** A sandbox and a client that sends what the vendor's own scripts send, and never throws on a status. */
export async function startOpentaps(options?: Partial<OpentapsOptions>, authToken = IDA.authToken) {
	const sandbox = await start({ opentaps: options });
	const { opentaps } = sandbox;
	const client = axios.create({
		baseURL: opentaps.url,
		validateStatus: () => true,
		proxy: false,
	});
	const login = { authToken, clientDomain: 'acme.example' };
	const form = (sent: Sent) => new URLSearchParams({ ...login, ...sent });
	return {
		sandbox,
		opentaps,
		client,
		get: async (path: string, sent: Sent = {}): Promise<Answer> =>
			await client.get(path, { params: { ...login, ...sent } }),
		post: async (path: string, sent: Sent = {}): Promise<Answer> =>
			await client.post(path, form(sent)),
		put: async (path: string, sent: Sent = {}): Promise<Answer> =>
			await client.put(path, form(sent)),
		/** As `curl -X DELETE -d`. */
		remove: async (path: string, sent: Sent = {}): Promise<Answer> =>
			await client.delete(path, { data: form(sent) }),
	};
}

export type Started = Awaited<ReturnType<typeof startOpentaps>>;

/** The entries of a list in the common envelope. */
export const rows = ({ data }: Answer): Json[] =>
	((data.result as Json | undefined)?.resultValue ?? []) as Json[];

export const row = ({ data }: Answer): Json => (data.result as Json).resultValue as Json;

export const texts = (answer: Answer) => rows(answer).map(({ noteText }) => noteText);

/** Status and words of a failure, in whichever shape. */
export const failure = ({ status, data }: Answer) => [
	status,
	data.message ?? data.error ?? (data.errors as string[] | undefined)?.[0],
];
