import axios, { type AxiosResponse } from 'axios';

import { start, type AffinitextOptions } from '../../sandbox';

export type Json = Record<string, unknown>;

/** A sandbox and a client that follows nothing and never throws on a status. */
export async function startAffinitext(options?: Partial<AffinitextOptions>) {
	const sandbox = await start({ affinitext: options });
	const { affinitext } = sandbox;
	const client = (token = affinitext.token) =>
		axios.create({
			baseURL: `${affinitext.url}/api`,
			headers: { accept: 'application/json', authorization: `Bearer ${token}` },
			maxRedirects: 0,
			validateStatus: () => true,
			proxy: false,
		});
	return { sandbox, affinitext, client };
}

export type Started = Awaited<ReturnType<typeof startAffinitext>>;

/** The one call there is. */
export const list = async (started: Started, token?: string, query = '') =>
	(await started.client(token).get(`/tasks${query}`)) as AxiosResponse<Json>;
