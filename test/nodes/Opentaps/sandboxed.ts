import type { INodeParameters } from 'n8n-workflow';

import { IDA, UMA, type OpentapsOptions, type Sandbox } from '../../../sandbox';
import { engine } from '../../engine';
import { useOpened } from '../useOpened';

type Request = Sandbox['requests'][number];

/** A CRM2 that lives as long as the test, and the ways to run nodes against it. */
export interface Sandboxed {
	sandbox: Sandbox;
	opentaps: Sandbox['opentaps'];
	/** The credential of Ida, who may do everything. */
	ida: Record<string, string | boolean>;
	/** The same, through a temporary token. */
	temporary: Record<string, string | boolean>;
	/** Runs one operation of the action node as Ida. */
	run(
		operation: string,
		parameters?: INodeParameters,
		more?: Partial<Parameters<typeof engine.runNode>[0]>,
	): ReturnType<typeof engine.runNode>;
	/** The requests received, without the exchanges of tokens. */
	received(): Request[];
	/** `METHOD path?query` of the same, without the login. */
	calls(): string[];
	exchanges(): number;
}

export async function openSandbox(options?: Partial<OpentapsOptions>): Promise<Sandboxed> {
	const sandbox = await engine.startSandbox({ opentaps: options });
	const { opentaps } = sandbox;
	const ida = {
		baseUrl: opentaps.url,
		clientDomain: 'acme.example',
		authToken: IDA.authToken,
	};
	const isExchange = ({ path }: Request) => path.startsWith('/oauth/');
	const received = () => opentaps.requests.filter((request) => !isExchange(request));
	return {
		sandbox,
		opentaps,
		ida,
		temporary: { ...ida, useTemporary: true },
		received,
		calls: () =>
			received().map(({ method, path, query }) => {
				const rest = Object.entries(query).filter(([name]) => !(name in LOGIN));
				const text = decodeURIComponent(
					new URLSearchParams(rest as Array<[string, string]>).toString(),
				);
				return `${method} ${path}${text && '?'}${text}`;
			}),
		exchanges: () => opentaps.requests.filter(isExchange).length,
		async run(operation, parameters = {}, more = {}) {
			const [resource, name] = operation.split(':');
			return await engine.runNode({
				type: 'opentaps',
				credential: ida,
				parameters: { resource, operation: name, ...parameters },
				...more,
			});
		},
	};
}

/** Opens a sandbox before each test of the file and closes it after. */
export function useSandbox(options?: Partial<OpentapsOptions>): Sandboxed {
	return useOpened(async () => await openSandbox(options));
}

/** An entry by its ID, as a user picks it in the panel. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

export const LOGIN = { authToken: IDA.authToken, clientDomain: 'acme.example' };

/** The fields of a form, as they arrived. */
export const formOf = ({ rawBody }: Request) => Object.fromEntries(new URLSearchParams(rawBody));

export const UMAS_ID = UMA.contactId;
