import { randomUUID } from 'node:crypto';
import type { INodeParameters } from 'n8n-workflow';
import type { Page } from 'playwright-core';

import { BOB } from '../../sandbox';
import { pressInInbox } from '../demo/people';
import type { Demo } from '../demo/startDemo';
import type { WorkflowJson } from '../n8n/workflows';

const GATE = 'Wait for All Answers';
const SETTLED_MS = 1500;
/** The look that finds the last answer comes two seconds after the call. */
const LOOKED_MS = 8_000;

interface Lines {
	/** Makes the titles of their tasks its own. */
	round: string;
	/** Whether Check Again leads back. */
	isWired?: boolean;
	/** Fields of the gate in place of the example's. */
	fields?: INodeParameters;
}

/** The purchase lines without their form, to be run by the editor's button. */
async function storeLines({ rest, purchaseLines }: Demo, { round, isWired, fields }: Lines) {
	const { nodes, connections } = (await rest.workflow(purchaseLines.id)) as WorkflowJson;
	const lines = ['Desk', 'Chair', 'Sofa'].map((what) => ({ what: `${what} ${round}`, cost: 100 }));
	const start = nodes.find(({ name }) => name === 'Order')!;
	const read = nodes.find(({ name }) => name === 'Read the Lines')!;
	const gate = nodes.find(({ name }) => name === GATE)!;
	const assign = (name: string, value: string, type: string) => ({
		...{ id: randomUUID(), name, value, type },
	});
	const changed = {
		[GATE]: { ...gate, parameters: { ...gate.parameters, ...fields } },
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
	const [, ...outputs] = connections[GATE].main;
	return await rest.createWorkflow({
		name: `Lines by hand ${round}`,
		nodes: nodes.map((node) => changed[node.name as keyof typeof changed] ?? node),
		connections:
			isWired === false ? { ...connections, [GATE]: { main: [[], ...outputs] } } : connections,
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
	await page.locator(`[data-test-id="canvas-node"][data-node-name="${GATE}"]`).dblclick();
	await page.getByTestId('output-panel').first().waitFor();
	await page.waitForTimeout(SETTLED_MS);
};

/** A wait on the canvas and in its panel: while it waits, when it has left, and with its wire forgotten. */
export function waitPictures(page: Page, demo: Demo): Array<[string, () => Promise<void>]> {
	let round = 0;
	const begin = async (lines: Omit<Lines, 'round'> = {}) => {
		const name = `${(round += 1)}${page.viewportSize()?.width ?? ''}`;
		const { id } = await storeLines(demo, { ...lines, round: name });
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
			'run-hint-asked-twice',
			async () => {
				await begin({ fields: { grouping: 'all', rule: 'number', approvalsNeeded: 2 } });
				await openGate(page);
			},
		],
		[
			'run-hint-looks-failed',
			async () => {
				const name = await begin();
				const away = demo.sandbox.fault({ method: 'GET', path: /utils\/tasks/, status: 503 });
				await pressInInbox(demo.sandbox, `Buy: Desk ${name}`, 'approve');
				await page.waitForTimeout(2 * LOOKED_MS);
				await openGate(page);
				away.remove();
			},
		],
		[
			'run-wire-forgotten',
			async () => {
				await begin({ isWired: false });
				await openGate(page);
			},
		],
	];
}
