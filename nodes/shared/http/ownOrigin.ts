/** A credential's secret goes to the credential's own address only, whoever sends with it. */
import type { IHttpRequestOptions } from 'n8n-workflow';

import { loginError } from './login';

/** A request of a node, or of the HTTP Request node, which speaks n8n's older dialect. */
export type AnyRequest = IHttpRequestOptions & {
	uri?: string | URL;
	followRedirect?: boolean;
	followAllRedirects?: boolean;
};

/** @throws what `loginError` makes, when the request goes elsewhere or cannot be read for certain */
export function requireOwnOrigin(own: string, request: AnyRequest, address: string): void {
	const { origin } = new URL(own);
	const { url, uri } = request;
	const targets = url !== undefined && uri !== undefined ? [url, uri] : [url ?? uri];
	const isOwn = targets.every((given) => {
		const target = targetOf(request, String(given ?? ''));
		return target?.origin === origin && !target.username && !target.password;
	});
	if (!isOwn) throw loginError(`The login is sent to the ${address} of the credential only`);
}

/** No redirect takes the secret along, wherever it leads. */
export function refuseRedirects(request: AnyRequest): void {
	request.disableFollowRedirect = true;
	request.followRedirect = false;
	request.followAllRedirects = false;
}

/** Only what every reader of addresses reads alike: a whole address, or a path below `baseURL`. */
function targetOf({ baseURL }: AnyRequest, given: string): URL | null {
	const isWhole = /^https?:\/\//i.test(given);
	const isPath = /^(\/(?![/\\])|$)/.test(given);
	const target = isWhole ? given : `${baseURL}${given}`;
	return (isWhole || isPath) && URL.canParse(target) ? new URL(target) : null;
}
