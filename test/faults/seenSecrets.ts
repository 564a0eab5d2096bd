import { ADA } from '../../sandbox';
import type { RowDesk } from './rowDesk';

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

/** What the rows with a Callback Secret have in their credential. */
export const CALLBACK_SECRET = 'the fault tests sign with this';

/** The search looks for each in each place: a few of a kind from every row will do. */
const OF_A_KIND = 3;

const matches = (texts: string[], pattern: RegExp) => [
	...new Set(texts.flatMap((text) => pattern.exec(text)?.[1] ?? [])),
];

/** What a row's stand-in knows, and nobody else should. */
export function seenSecrets({ sandbox, secrets }: RowDesk): SeenSecrets {
	const { appmixer, requests } = sandbox;
	const urls = appmixer.webhooks.map(({ url }) => url);
	const tokens = requests.flatMap(({ path, responseBody }) =>
		path === '/user/auth' ? [(responseBody as { token?: string } | undefined)?.token ?? ''] : [],
	);
	const few = (name: string, values: string[]) =>
		Object.fromEntries(
			// the end tells tokens apart that all begin alike
			values.slice(-OF_A_KIND).map((value) => [`${name} ${value.slice(-4)}`, value]),
		);
	return {
		nowhere: {
			...secrets,
			'access token': String(ADA.accessToken),
			'callback secret': CALLBACK_SECRET,
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
