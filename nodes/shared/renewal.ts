/** Renewing a login that the service calls expired without saying 401, which is all n8n listens to. */

/**
 * A request with this header is never sent: the credential takes the header off and throws what n8n takes for a 401,
 * so that n8n renews the login and sends the request with the new one.
 */
export const RENEW_LOGIN = 'x-renew-login';
