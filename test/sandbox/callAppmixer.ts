import axios, { type AxiosResponse } from 'axios';

import { ADA, BOB, CAROL, start, type AppmixerOptions, type Sandbox } from '../../sandbox';

export const PLUGIN = '/plugins/appmixer/utils/tasks';
export const LEGACY = '/people-task';

/** What the wire answers, as loosely as it comes. */
export type Answer = AxiosResponse<Record<string, unknown>>;
export type ListAnswer = AxiosResponse<Array<Record<string, unknown>>>;

/** A sandbox and a client for it that never throws on a status. */
export async function startSandbox(appmixer?: Partial<AppmixerOptions>) {
	const sandbox: Sandbox = await start({ appmixer });
	const client = axios.create({ baseURL: sandbox.url, validateStatus: () => true, proxy: false });
	const as = (email: string) => ({
		headers: { authorization: `Bearer ${sandbox.appmixer.issueToken(email)}` },
	});
	return { sandbox, client, ada: as(ADA.email), bob: as(BOB.email), carol: as(CAROL.email) };
}

export type Started = Awaited<ReturnType<typeof startSandbox>>;

export const newTask = (more: Record<string, unknown> = {}) => ({
	title: 'Invoice 7',
	requester: ADA.email,
	approver: BOB.email,
	decisionBy: '2099-01-01T10:00:00.000Z',
	...more,
});
