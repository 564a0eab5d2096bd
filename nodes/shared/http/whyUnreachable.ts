/** Says why there was no answer, in words for the owner of a credential; never the error's own, which may hold a secret. */

/** What a service and its address are called in messages. */
export interface Place {
	service: string;
	/** What the credential calls the address, such as `Base URL`. */
	address: string;
}

/** By what Node.js calls it. The codes themselves are not told: n8n would put words of its own in the sentence's place. */
const REASONS: Array<[RegExp, (place: Place) => string]> = [
	[
		/ECONNREFUSED/,
		({ address }) =>
			`Nothing answers at this ${address}: check its host and port, and that the server is running`,
	],
	[
		/ENOTFOUND|EAI_AGAIN/,
		({ address }) => `There is no server with this name: check the host in the ${address}`,
	],
	[
		/ECONNABORTED|ETIMEDOUT|timeout/i,
		({ service, address }) =>
			`${service} did not answer in time: check the ${address}, and that n8n may reach it`,
	],
	[
		/SELF_SIGNED/,
		({ address }) =>
			`The server's certificate is self-signed: check the ${address}, or have n8n trust that certificate`,
	],
	[
		/CERT_HAS_EXPIRED/,
		() =>
			"The server's certificate has expired: have it renewed, and check the clock of n8n's machine",
	],
	[
		/CERT_NOT_YET_VALID/,
		() => "The server's certificate is not valid yet: check the clock of n8n's machine",
	],
	[
		/ALTNAME_INVALID/,
		({ address }) =>
			`The server's certificate is for another name: check the host in the ${address}`,
	],
	[
		/UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT)/,
		() =>
			"n8n does not know who issued the server's certificate: have it trust that issuer, and the server send the whole chain",
	],
	[
		/CERT|SIGNATURE|EPROTO|SSL/i,
		({ address }) =>
			`The server did not prove that it is the one in the ${address}: check its certificate`,
	],
	[
		/not allowed|blocked/i,
		({ address }) =>
			`n8n may not send to this ${address}: check Allowed HTTP Request Domains in the credential, and n8n's own limits`,
	],
];

export function whyUnreachable(error: unknown, place: Place): string {
	const { code, message } = Object(error) as { code?: unknown; message?: unknown };
	const text = [code, message].find((one) => typeof one === 'string' && one !== '') ?? '';
	const [, reason] = REASONS.find(([names]) => names.test(String(text))) ?? [];
	return reason?.(place) ?? `The connection to ${place.service} broke: check the ${place.address}`;
}
