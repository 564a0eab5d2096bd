/* eslint-disable @n8n/community-nodes/no-restricted-globals -- dev-only, never shipped */

/** Ends the shared n8n, also after failed tests. */
export default async function globalTeardown(): Promise<void> {
	await globalThis.sharedInstance?.stop();
}
