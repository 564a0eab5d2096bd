import type { Request } from '@hapi/hapi';

export type Version = 'v1' | 'v2';

/**
 * The version is chosen by the Accept header, not the URL (docs.mambu.com, "Base URLs").
 * Assumption: every Accept other than version 2's media type means version 1.
 */
export const versionOf = (request: Request): Version =>
	String(request.headers.accept).includes('application/vnd.mambu.v2+json') ? 'v2' : 'v1';
