import axios, { type AxiosResponse } from 'axios';

import { MAX, start, type MambuOptions } from '../../sandbox';

export type Json = Record<string, unknown>;
export type Answer = AxiosResponse<Json>;
export type ListAnswer = AxiosResponse<Json[]>;

export const V2 = 'application/vnd.mambu.v2+json';
export const KEY = { apiKey: String(MAX.apiKey) };

/** A sandbox and, for each version, a client that never throws on a status. */
export async function startMambu(options?: Partial<MambuOptions>) {
	const sandbox = await start({ mambu: options });
	const { mambu } = sandbox;
	const client = (accept: string, headers: Record<string, string> = KEY) =>
		axios.create({
			baseURL: `${mambu.url}/api`,
			headers: { accept, ...headers },
			validateStatus: () => true,
			proxy: false,
		});
	return { sandbox, mambu, client, v1: client('application/json'), v2: client(V2) };
}

export type Started = Awaited<ReturnType<typeof startMambu>>;

/** A task as the 2018 document's JSON example sends it. */
export const v1Task = (more: Json = {}) => ({
	task: {
		dueDate: '2099-02-11T15:36:34+0000',
		title: 'Create a new client',
		description: 'Create a new client named John Smith',
		status: 'OPEN',
		assignedUserKey: MAX.encodedKey,
		...more,
	},
});

/** A task as version 2 takes it. */
export const v2Task = (more: Json = {}) => ({
	title: 'Create a new client',
	dueDate: '2099-02-11',
	assignedUserKey: MAX.encodedKey,
	...more,
});

export const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** The encoded key of the client with this ID. */
export const clientKey = ({ mambu }: Started, id: string) =>
	String(mambu.store.clients.find((one) => one.id === id)?.encodedKey);

export const titles = ({ data }: ListAnswer) => data.map(({ title }) => title);
