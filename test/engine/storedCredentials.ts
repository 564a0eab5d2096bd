import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeProperties,
} from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { credentialNameOf, credentialTypeOf } from './loadedPackage';

export interface Stored {
	data: ICredentialDataDecryptedObject;
	/** The time limit of every request sent with it, in milliseconds. */
	timeouts: number[];
	/** It is not there any more; n8n says so in these words. */
	deleted?: boolean;
}

/** What n8n does with a credential: decrypt, renew an empty or refused expirable field, attach. */
export interface Credentials extends ICredentialsHelper {
	stored: Stored;
}

/** The node that n8n's Test button runs. */
export const TESTED_NODE = 'n8n-nodes-base.noOp';

const withDefaults = (
	type: ICredentialType,
	given: ICredentialDataDecryptedObject,
): ICredentialDataDecryptedObject =>
	Object.fromEntries(
		type.properties.map(({ name, default: value }) => [name, given[name] ?? (value as string)]),
	);

/**
 * Holds the one credential of a node type.
 * @param impatience every request's time limit is divided by it before it is sent
 */
export function storedCredential(
	nodeType: string,
	given: ICredentialDataDecryptedObject,
	impatience = 1,
): Credentials {
	const type = credentialTypeOf(credentialNameOf(nodeType));
	const stored: Stored = { data: withDefaults(type, given), timeouts: [] };
	const expirable = type.properties.find(({ typeOptions }) => typeOptions?.expirable)?.name ?? '';

	async function renew(
		this: void,
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	) {
		const fresh = await type.preAuthentication?.call(helpers, credentials);
		if (fresh?.[expirable] === undefined) return undefined;
		stored.data = Object.assign(credentials, fresh);
		return stored.data;
	}

	return {
		stored,
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		getCredentialsProperties: (): INodeProperties[] => type.properties,
		async getDecrypted(_additional: unknown, _node: unknown, name: string) {
			if (!stored.deleted) return { ...stored.data };
			throw new UserError(`Credential with ID "1" does not exist for type "${name}".`);
		},
		async authenticate(credentials: ICredentialDataDecryptedObject, _type: string, options) {
			if (typeof type.authenticate !== 'function') return options as IHttpRequestOptions;
			const request = await type.authenticate(credentials, options as IHttpRequestOptions);
			stored.timeouts.push(request.timeout ?? 0);
			return request.timeout ? { ...request, timeout: request.timeout / impatience } : request;
		},
		async preAuthentication(
			helpers: IHttpRequestHelper,
			credentials: ICredentialDataDecryptedObject,
			_type: string,
			node: INode,
			expired: boolean,
		) {
			const isTest = node.type === TESTED_NODE && node.parameters.temp === '';
			if (credentials[expirable] !== '' && !expired && !isTest) return undefined;
			return await renew(helpers, credentials);
		},
		runPreAuthentication: renew,
		async getCredentials() {
			throw new Error('Not needed by a node');
		},
		async updateCredentials() {},
		async updateCredentialsOauthTokenData() {},
	} as Credentials;
}
