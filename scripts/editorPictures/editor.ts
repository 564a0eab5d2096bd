import { randomUUID } from 'node:crypto';
import { selectors, type Browser, type Page } from 'playwright-core';

import type { Login } from '../n8n/session';

export type Theme = 'light' | 'dark';

/** The editor is large; a busy machine takes a while to show it. */
const PATIENCE_MS = 60_000;

selectors.setTestIdAttribute('data-test-id');

/** Opens n8n's editor in one theme, logged in as the owner. */
export async function openEditor(
	browser: Browser,
	url: string,
	{ email, password }: Login,
	theme: Theme,
): Promise<Page> {
	const context = await browser.newContext({
		baseURL: url,
		colorScheme: theme,
		viewport: { width: 1280, height: 960 },
	});
	// n8n ties a login to the browser that made it
	const browserId = randomUUID();
	await context.addInitScript((id) => {
		localStorage.setItem('n8n-browserId', id);
	}, browserId);
	await context.request.post('/rest/login', {
		data: { emailOrLdapLoginId: email, password },
		headers: { 'browser-id': browserId },
	});
	context.setDefaultTimeout(PATIENCE_MS);
	return await context.newPage();
}
