import type { INodeParameters } from 'n8n-workflow';

import { openDesk, type Desk } from './gateDesk';
import { publishGate, refusal, type Gate } from './refusal';

jest.setTimeout(180_000);

let desk: Desk;
beforeAll(async () => void (desk = await openDesk()));
afterAll(async () => await desk.sandbox.close());

const MINUTE = 60_000;
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE).toISOString();

/** When n8n gives up, and until when the approver was asked to decide. */
async function deadlines(title: string, gate: Gate): Promise<{ n8n: number; task: number }> {
	const workflow = await publishGate(desk, title, gate);
	await workflow.begin();
	const { waitTill } = await workflow.parked();
	const { decisionBy } = desk.taskOf(title);
	return { n8n: Date.parse(waitTill ?? ''), task: decisionBy?.getTime() ?? NaN };
}

describe('W15', () => {
	const settings = { executionTimeout: 3600 };

	it('W15: refuses a limit beyond the time-out of the workflow', async () => {
		const { message, description } = await refusal(desk, { settings });
		expect(message).toBe('The workflow times out after 3600 seconds, before Limit Wait Time ends');
		expect(description).toContain('n8n would cancel the run instead of going on');
	});

	it('W15: refuses no limit at all under a time-out', async () => {
		const parameters = { limitWaitTime: false, decisionBy: inMinutes(5) };
		expect((await refusal(desk, { settings, parameters })).message).toContain(
			'times out after 3600',
		);
	});

	it('W15: refuses a limit whose two minutes of grace end after the time-out', async () => {
		const parameters = { resumeAmount: 59, resumeUnit: 'minutes' };
		expect((await refusal(desk, { settings, parameters })).message).toContain(
			'times out after 3600',
		);
	});

	it('W15: takes a limit that ends before it', async () => {
		const parameters = { resumeAmount: 57, resumeUnit: 'minutes' };
		const { n8n } = await deadlines('in time', { settings, parameters });
		expect(n8n).toBeLessThan(Date.now() + 3600_000);
	});
});

describe('W16', () => {
	it('W16: waits seven days by default, asks for a decision until then and gives up two minutes later', async () => {
		const begun = Date.now();
		const { n8n, task } = await deadlines('by default', {});
		const week = 7 * 24 * 60 * MINUTE;
		expect(task).toBeGreaterThanOrEqual(begun + week);
		expect(task).toBeLessThan(Date.now() + week);
		expect(n8n - task).toBe(2 * MINUTE);
	});

	it('W16: takes an earlier Decision By, and leaves the limit as it is', async () => {
		const decisionBy = inMinutes(30);
		const limit = { limitType: 'atSpecifiedTime', maxDateAndTime: inMinutes(60) };
		const { n8n, task } = await deadlines('earlier', { parameters: { decisionBy, ...limit } });
		expect(new Date(task).toISOString()).toBe(decisionBy);
		expect(n8n).toBe(Date.parse(limit.maxDateAndTime) + 2 * MINUTE);
	});

	it('W16: refuses a later Decision By', async () => {
		const decisionBy = inMinutes(61);
		const parameters = { decisionBy, resumeAmount: 60, resumeUnit: 'minutes' };
		const { message, description } = await refusal(desk, { parameters });
		expect(message).toContain(`Decision By ${decisionBy} is later than the end of Limit Wait Time`);
		expect(description).toBe(
			'An answer after the wait would be lost. Make Decision By earlier, or Limit Wait Time longer.',
		);
	});

	it.each<[string, INodeParameters, string]>([
		[
			'a limit in the past',
			{ limitType: 'atSpecifiedTime', maxDateAndTime: '2020-01-01T00:00:00.000Z' },
			'Limit Wait Time lies in the past or is not a time',
		],
		[
			'a limit of nothing',
			{ resumeAmount: 0 },
			'Limit Wait Time lies in the past or is not a time',
		],
		['no limit and no date', { limitWaitTime: false }, 'Decision By is empty'],
	])('W16: refuses %s', async (_, parameters, message) => {
		expect((await refusal(desk, { parameters })).message).toBe(message);
	});
});

/** What the editor shows beside the output while the gate waits. */
async function hints(parameters: INodeParameters): Promise<string[]> {
	const workflow = await publishGate(desk, JSON.stringify(parameters), { parameters });
	await workflow.begin();
	const { runData } = await workflow.parked();
	return (runData.Ask[0].hints ?? []).map(({ message }) => message);
}

it('W12: warns of a wait under 15 minutes', async () => {
	expect(await hints({ resumeAmount: 14, resumeUnit: 'minutes' })).toEqual([
		'Limit Wait Time is under 15 minutes. An answer that arrives while n8n is busy saving is sent again after 10 minutes, which may be too late.',
	]);
	expect(await hints({ resumeAmount: 16, resumeUnit: 'minutes' })).toEqual([]);
});

it('W21: warns when the requester is the approver', async () => {
	expect(await hints({ requester: 'Bob@example.com' })).toEqual([
		'The requester is also the approver: nobody else looks at this request.',
	]);
});
