import type { Browser } from 'playwright-core';

import { openBrowser } from '../../scripts/browser';
import { branches, seen } from './branches';
import { openDesk, type Desk } from './gateDesk';

jest.setTimeout(6 * 60_000);

let desk: Desk;
let browser: Browser;
beforeAll(async () => {
	desk = await openDesk();
	browser = await openBrowser();
});
afterAll(async () => {
	await browser?.close();
	await desk?.sandbox.close();
});

it.each([
	['Approve', 'Approved', 'approved'],
	['Reject', 'Rejected', 'rejected'],
])('goes on when the approver clicks %s in the inbox', async (button, lane, outcome) => {
	const title = `Click ${button}`;
	const { nodes, edges } = branches('perDecision');
	const asking = desk.ask(title, { outputs: 'perDecision' });
	const workflow = await desk.publish([asking, ...nodes], edges);
	await workflow.begin();
	await workflow.parked();

	const page = await browser.newPage();
	await page.goto(`${desk.sandbox.url}/inbox?approver=bob%40example.com`);
	await page.getByRole('button', { name: `${button}: ${title}` }).click();
	await page.getByRole('status').getByText(`“${title}” is ${outcome}.`).waitFor();
	await page.close();

	const run = await workflow.ended();
	expect(run.status).toBe('success');
	expect(seen(run)).toEqual({ [lane]: [expect.objectContaining({ outcome })] });
});
