/** What must not be seen of a request: what the credential calls a password, what the request calls a secret, and what a node was told as one. */
import type { ICredentialDataDecryptedObject, INodePropertyTypeOptions } from 'n8n-workflow';

import type { ApiContext, ApiRequest } from './apiRequest';
import { bareToken } from './keptToken';

const SECRET_NAME = /secret|token|passw|pwd|api[-_]?key|authorization|signature/i;
const IS_ADDRESS = /^https?:\/\//i;
/** A node that reads a list may meet thousands. */
const MAX_TOLD = 1000;

/** Every field that the editor hides or that is called a secret, and the token that n8n keeps in one. @param type the credential's name */
export function credentialSecrets(
	context: Partial<Pick<ApiContext, 'getCredentialsProperties'>>,
	type: string,
	credentials: ICredentialDataDecryptedObject,
): unknown[] {
	const hidden = context.getCredentialsProperties?.(type).filter(isSecretField) ?? [];
	const names = new Set(hidden.map(({ name }) => name));
	return Object.entries(credentials)
		.filter(([name]) => names.has(name) || SECRET_NAME.test(name))
		.flatMap(([, value]) => [value, bareToken(value)]);
}

export const isSecretField = ({ typeOptions }: { typeOptions?: INodePropertyTypeOptions }) =>
	typeOptions?.password === true;

/** What is sent under the name of a secret, and the query of every address that is sent: it may hold a token. */
export const requestSecrets = ({ path, qs, body, form, headers }: ApiRequest): string[] => [
	...secretsIn([qs, body, form, headers]),
	...queryOf(`https://own${path}`).flatMap(([name, value]) => secretsIn({ [name]: value })),
];

/** Texts under the name of a secret, and what addresses carry in their query, at any depth. */
export function secretsIn(value: unknown, name = ''): string[] {
	if (typeof value === 'string') {
		const carried = IS_ADDRESS.test(value) ? queryOf(value).flatMap(([, one]) => one) : [];
		return SECRET_NAME.test(name) ? [value, ...carried] : carried;
	}
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, one]) =>
		secretsIn(one, Array.isArray(value) ? name : key),
	);
}

/** Of an address with a path behind its query, as some callbacks have, each part. */
function queryOf(address: string): Array<[name: string, value: string]> {
	if (!URL.canParse(address)) return [];
	return [...new URL(address).searchParams].flatMap(([name, value]) => [
		[name, value],
		...value.split('/').map((part): [string, string] => [name, part]),
	]);
}

const told = new WeakMap<object, Set<string>>();

/** Notes secrets that a node was given or has read; they are forgotten with the context. */
export function noteSecrets(context: object, secrets: unknown[]): void {
	const known = told.get(context) ?? new Set<string>();
	for (const secret of secrets) {
		if (typeof secret !== 'string' || secret === '') continue;
		known.add(secret);
		for (const oldest of known) {
			if (known.size <= MAX_TOLD) break;
			known.delete(oldest);
		}
	}
	told.set(context, known);
}

export const notedSecrets = (context: object): string[] => [...(told.get(context) ?? [])];
