import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';

import { BOB } from '../../sandbox';
import { pressInInbox } from '../demo/people';
import type { Demo } from '../demo/startDemo';
import type { WorkflowJson } from '../n8n/workflows';

const SETTLED_MS = 1500;
/** The look that finds the last answer comes two seconds after the call. */
const LOOKED_MS = 8_000;

/** The purchase lines without their form, to be run by the editor's button. @param isWired whether Check Again leads back */
async function storeLines({ rest, purchaseLines }: Demo, isWired: boolean, round: string) {
	const { nodes, connections } = (await rest.workflow(purchaseLines.id)) as WorkflowJson;
	const lines = ['Desk', 'Chair', 'Sofa'].map((what) => ({ what: `${what} ${round}`, cost: 100 }));
	const start = nodes.find(({ name }) => name === 'Order')!;
	const read = nodes.find(({ name }) => name === 'Read the Lines')!;
	const assign = (name: string, value: string, type: string) => ({
		...{ id: randomUUID(), name, value, type },
	});
	const changed = {
		Order: { ...start, type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		'Read the Lines': {
			...read,
			parameters: {
				assignments: {
					assignments: [
						assign('lines', JSON.stringify(lines), 'array'),
						assign('approver', BOB.email, 'string'),
					],
				},
				options: {},
			},
		},
	};
	const gate = 'Wait for All Answers';
	const [, ...outputs] = connections[gate].main;
	return await rest.createWorkflow({
		name: `Lines by hand ${round}`,
		nodes: nodes.map((node) => changed[node.name as keyof typeof changed] ?? node),
		connections: isWired ? connections : { ...connections, [gate]: { main: [[], ...outputs] } },
	});
}

const run = async (page: Page, id: string) => {
	await page.goto(`/workflow/${id}`);
	await page.getByTestId('canvas-node').first().waitFor();
	await page.getByTestId('zoom-to-fit').click();
	await page.getByTestId('execute-workflow-button').first().click();
	await page.waitForTimeout(LOOKED_MS);
};

const openGate = async (page: Page) => {
	await page
		.locator('[data-test-id="canvas-node"][data-node-name="Wait for All Answers"]')
		.dblclick();
	await page.getByTestId('output-panel').first().waitFor();
	await page.waitForTimeout(SETTLED_MS);
};

/** A wait on the canvas and in its panel: while it waits, when it has left, and with its wire forgotten. */
export function waitPictures(page: Page, demo: Demo): Array<[string, () => Promise<void>]> {
	let round = 0;
	const begin = async (isWired = true) => {
		const name = `${(round += 1)}${page.viewportSize()?.width ?? ''}`;
		const { id } = await storeLines(demo, isWired, name);
		await run(page, id);
		return name;
	};
	const decide = async (name: string) => {
		await pressInInbox(demo.sandbox, `Buy: Desk ${name}`, 'approve');
		await pressInInbox(demo.sandbox, `Buy: Chair ${name}`, 'approve');
		await pressInInbox(demo.sandbox, `Buy: Sofa ${name}`, 'reject');
		await page.waitForTimeout(2 * LOOKED_MS);
	};
	return [
		['run-waiting-canvas', async () => void (await begin())],
		[
			'run-waiting-panel',
			async () => {
				await begin();
				await openGate(page);
			},
		],
		['run-left-canvas', async () => await decide(await begin())],
		[
			'run-left-panel',
			async () => {
				await decide(await begin());
				await openGate(page);
			},
		],
		[
			'run-wire-forgotten',
			async () => {
				await begin(false);
				await openGate(page);
			},
		],
	];
}
