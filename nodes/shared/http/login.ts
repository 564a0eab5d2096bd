/** Renewing a login that the service calls expired without saying 401, which is all n8n listens to. */
import type { IDataObject } from 'n8n-workflow';

/**
 * A request with this header is never sent: the credential takes the header off and throws what n8n takes for a 401,
 * so that n8n renews the login and sends the request with the new one.
 */
export const RENEW_LOGIN = 'x-renew-login';

interface LoginError extends Error {
	isLoginError: true;
	loginStatus?: number;
	loginHeaders?: IDataObject;
	noRenewal?: boolean;
}

/**
 * What a credential throws when it has no token to attach and none can be had: the words are shown as they are, so
 * they must hold no secret. `loginStatus`: what the service answered, under a name n8n does not know, or it would put
 * words of its own in their place, and the headers of that answer. `response.status` 401: n8n renews once. `noRenewal`:
 * the token is the secret itself.
 */
export const loginError = (
	message: string,
	more: Partial<Omit<LoginError, keyof Error>> & { response?: { status: number } } = {},
): Error => Object.assign(new Error(message), { isLoginError: true as const, ...more });

/** What was entered into a field of the credential. @throws Error that names it when that is nothing */
export function entered(value: unknown, field: string, service: string): string {
	const given = String(value ?? '');
	if (given.trim() !== '') return given;
	throw new Error(`${field} is empty: enter it in the ${service} credential.`);
}

export const isLoginError = (error: unknown): error is LoginError =>
	error instanceof Error && 'isLoginError' in error;
