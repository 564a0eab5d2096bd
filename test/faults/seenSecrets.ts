import { ADA } from '../../sandbox';
import type { Sandbox } from '../../sandbox';

/** By a name that tells nothing. */
export type Secrets = Record<string, string>;

export interface SeenSecrets {
	/** What no place may hold. */
	nowhere: Secrets;
	/** What n8n keeps in its database, and nowhere else. */
	inDatabase: Secrets;
	/** What every place that stores tasks must hold, to see that the search finds something. */
	harmless: Secrets;
}

/** The search looks for each in each place: a few of a kind from every row will do. */
const OF_A_KIND = 3;

const matches = (texts: string[], pattern: RegExp) => [
	...new Set(texts.flatMap((text) => pattern.exec(text)?.[1] ?? [])),
];

/** What a row's stand-in knows, and nobody else should. */
export function seenSecrets({ appmixer, requests }: Sandbox): SeenSecrets {
	const urls = appmixer.webhooks.map(({ url }) => url);
	const tokens = requests.flatMap(({ path, responseBody }) =>
		path === '/user/auth' ? [(responseBody as { token?: string } | undefined)?.token ?? ''] : [],
	);
	const few = (name: string, values: string[]) =>
		Object.fromEntries(
			values.slice(-OF_A_KIND).map((value) => [`${name} ${value.slice(0, 4)}`, value]),
		);
	return {
		nowhere: {
			'access token': String(ADA.accessToken),
			...few('session token', tokens.filter(Boolean)),
			...few('callback token', matches(urls, /token=([0-9a-f]{64})/)),
			...few(
				'approver secret',
				appmixer.tasks.map(({ approverSecret }) => approverSecret),
			),
			...few(
				'requester secret',
				appmixer.tasks.map(({ requesterSecret }) => requesterSecret),
			),
		},
		inDatabase: few('resume token', matches(urls, /signature=([^/"&]+)/)),
		harmless: few(
			'task',
			appmixer.webhooks.map(({ taskId }) => taskId),
		),
	};
}
