/**
 * The tenant's address from what people paste: a name, a host, the API's URL or that of a page.
 * `acme` is completed to `acme.mambu.com` and `acme.sandbox` to `acme.sandbox.mambu.com`.
 * @throws Error with a sentence for the user when there is none
 */
export function tenantUrl(value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text === '') throw new Error('The Tenant is empty');
	return text
		.replace(/[?#].*$/, '')
		.replace(/\/+$/, '')
		.replace(/\/api$/i, '')
		.replace(/^([a-z0-9-]+(\.sandbox)?)$/i, '$1.mambu.com')
		.replace(/^(?!https?:\/\/)/i, 'https://');
}
