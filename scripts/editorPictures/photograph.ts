/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';

import { FILES } from '../demo/examples';
import type { Demo } from '../demo/startDemo';
import { openEditor, type Theme } from './editor';
import { STATES, type State } from './states';
import { waitPictures } from './waitPictures';

const PACKAGE = 'n8n-nodes-task-approvals';
/** The editor fades and slides things in. */
const SETTLED_MS = 700;

/** The demo's credential for a node, an action or a trigger. */
async function credentialOf({ rest }: Demo, nodeType = 'appmixer') {
	const wanted = `${nodeType.replace(/(Polling)?Trigger$/, '')}Api`;
	const found = (await rest.credentials()).find(({ type }) => type === wanted);
	if (!found) throw new Error(`The demo has no credential ${wanted}`);
	return found;
}

/** Stores a workflow of one node; returns the address of its open panel. */
async function panelAddress(demo: Demo, { name, type, parameters }: State): Promise<string> {
	const id = randomUUID();
	const credential = await credentialOf(demo, type);
	const node = {
		...{
			id,
			name,
			type: `${PACKAGE}.${type}`,
			parameters,
			typeVersion: type === 'appmixer' ? 1.1 : 1,
		},
		position: [0, 0] as [number, number],
		credentials: { [credential.type]: { id: credential.id, name: credential.name } },
	};
	const workflow = await demo.rest.createWorkflow({ name, nodes: [node], connections: {} });
	return `/workflow/${workflow.id}/${id}`;
}

async function shoot(page: Page, file: string): Promise<void> {
	await page.waitForTimeout(SETTLED_MS);
	await page.screenshot({ path: file });
}

async function openPanel(page: Page, demo: Demo, state: State): Promise<void> {
	await page.goto(await panelAddress(demo, state));
	await page.getByTestId('node-credentials-select').first().waitFor();
	await page.waitForTimeout(SETTLED_MS);
	const fields = page.getByTestId('node-parameters').first();
	if (state.scrolled) {
		await page.mouse.move(640, 480);
		await page.mouse.wheel(0, 5000);
	}
	if (state.menu !== undefined) {
		await fields.getByTestId('collection-parameter-add').nth(state.menu).click();
	}
}

async function openCanvas(page: Page, workflowId: string): Promise<void> {
	await page.goto(`/workflow/${workflowId}`);
	await page.getByTestId('canvas-node').first().waitFor();
	await page.getByTestId('zoom-to-fit').click();
}

async function openCredential(page: Page, id: string, firstField = 'Base URL'): Promise<void> {
	await page.goto(`/home/credentials/${id}`);
	await page.getByText(firstField, { exact: false }).first().waitFor();
}

const FIRST_FIELDS = {
	mambu: 'Tenant',
	affinitext: 'Library',
	opentaps: 'Base URL',
	nutrient: 'Base URL',
};

/** The canvas of each example. */
const canvases = (page: Page, demo: Demo): Array<[string, () => Promise<void>]> =>
	Object.entries(FILES).map(([name, file]) => [
		`canvas-${file}`,
		async () => await openCanvas(page, demo[name as keyof typeof FILES].id),
	]);

/** The credentials of the other systems. */
const vendorCredentials = (page: Page, demo: Demo): Array<[string, () => Promise<void>]> =>
	Object.entries(FIRST_FIELDS).map(([name, firstField]) => [
		`credential-${name}`,
		async () => await openCredential(page, (await credentialOf(demo, name)).id, firstField),
	]);

/** Photographs the panels, the canvases and the credential in one theme: those whose name contains `wanted`. */
export async function photograph(
	demo: Demo,
	browser: Browser,
	theme: Theme,
	folder: string,
	wanted: string,
): Promise<void> {
	const page = await openEditor(browser, demo.n8n.url, demo.n8n.login, theme);
	const pictures: Array<[string, () => Promise<void>]> = [
		...STATES.filter(({ lightOnly }) => theme === 'light' || lightOnly !== true).map(
			(state): [string, () => Promise<void>] => [
				state.name,
				async () => await openPanel(page, demo, state),
			],
		),
		...canvases(page, demo),
		...waitPictures(page, demo),
		...(theme === 'light' ? vendorCredentials(page, demo) : []),
		['credential', async () => await openCredential(page, (await credentialOf(demo)).id)],
	];
	for (const [name, open] of pictures.filter(([name]) => name.includes(wanted))) {
		await open();
		await shoot(page, join(folder, `${name}.png`));
	}
	await page.context().close();
}
