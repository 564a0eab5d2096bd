/* eslint-disable @n8n/community-nodes/no-restricted-globals -- dev-only, never shipped */
import { connect, type N8nRest } from '../../scripts/n8n/rest';
import type { SharedN8n } from './globalSetup';

/** The n8n that all test files share, and a client logged in to it. */
export async function sharedN8n(): Promise<SharedN8n & { rest: N8nRest }> {
	const shared = JSON.parse(process.env.SHARED_N8N ?? '{}') as SharedN8n;
	return { ...shared, rest: await connect(shared.url, shared.login) };
}
