import { whyUnreachable } from '../../../../nodes/shared/http/whyUnreachable';

const PLACE = { service: 'Service', address: 'Tenant' };

it.each([
	['ECONNREFUSED', /^Nothing answers at this Tenant: /],
	['EAI_AGAIN', /^There is no server with this name: check the host in the Tenant/],
	['ENOTFOUND', /^There is no server with this name: /],
	['ETIMEDOUT', /^Service did not answer in time: check the Tenant, /],
	['ECONNABORTED', /^Service did not answer in time: /],
	['DEPTH_ZERO_SELF_SIGNED_CERT', /^The server's certificate is self-signed: check the Tenant, /],
	['SELF_SIGNED_CERT_IN_CHAIN', /certificate is self-signed/],
	['CERT_HAS_EXPIRED', /certificate has expired/],
	['CERT_NOT_YET_VALID', /certificate is not valid yet/],
	['ERR_TLS_CERT_ALTNAME_INVALID', /certificate is for another name: .* Tenant/],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /does not know who issued/],
	['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', /does not know who issued/],
	['CERT_REVOKED', /did not prove that it is the one in the Tenant/],
	['EPROTO', /did not prove/],
	['ECONNRESET', /^The connection to Service broke: check the Tenant$/],
])('says what %s means, and not its name', (code, sentence) => {
	const said = whyUnreachable({ code, message: 'secret' }, PLACE);
	expect(said).toMatch(sentence);
	expect(said).not.toContain(code);
	expect(said).not.toContain('secret');
});

it.each([
	['timeout of 30000ms exceeded', /did not answer in time/],
	['Domain not allowed: own.example', /^n8n may not send to this Tenant: /],
	['The request was blocked', /^n8n may not send to this Tenant: /],
	['socket hang up', /^The connection to Service broke/],
])('reads what is said where there is no code: %s', (message, sentence) => {
	for (const error of [new Error(message), { message, code: '' }]) {
		expect(whyUnreachable(error, PLACE)).toMatch(sentence);
	}
});

it.each([undefined, null, 7, {}])('%j is a broken connection', (thrown) => {
	expect(whyUnreachable(thrown, PLACE)).toMatch(/^The connection to Service broke/);
});
