import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import {
	isFirstDelivery,
	persist,
	recall,
	release,
} from '../../../../nodes/shared/trigger/triggerMemory';

/** One handler's view of a workflow: n8n hands each a copy of the static data and saves the last one written. */
function handlerOf(stored: { data: IDataObject }, id: string, mode = 'trigger') {
	const copy = structuredClone(stored.data);
	const context = {
		getMode: () => mode,
		getNode: () => ({ id: 'node' }),
		getWorkflow: () => ({ id }),
		getWorkflowStaticData: () => copy,
	} as unknown as IWebhookFunctions;
	return { context, save: () => void (stored.data = structuredClone(copy)) };
}

const turn = async () => await Promise.resolve();

it('T6: of 50 concurrent appends 50 survive', async () => {
	const stored = { data: {} };
	await Promise.all(
		Array.from({ length: 50 }, async (_, index) => {
			const { context, save } = handlerOf(stored, 'fifty');
			for (let i = 0; i < index % 7; i++) await turn();
			isFirstDelivery(recall(context), `event ${index}`);
			await turn();
			persist(context);
			save();
		}),
	);
	expect((stored.data as { seen: string[] }).seen).toHaveLength(50);
});

it('knows a delivery it has seen, also after a restart', () => {
	const stored = { data: {} };
	const first = handlerOf(stored, 'restart');
	expect(isFirstDelivery(recall(first.context), 'e')).toBe(true);
	expect(isFirstDelivery(recall(first.context), 'e')).toBe(false);
	const registration = { id: 'w', status: 'pending', url: 'u', earlier: [] };
	recall(first.context).registrations = { 7: registration };
	release(first.context);
	first.save();
	expect(recall(handlerOf({ data: {} }, 'restart').context).seen).toEqual([]);
	release(handlerOf({ data: {} }, 'restart').context);
	const second = handlerOf(stored, 'restart');
	expect(isFirstDelivery(recall(second.context), 'e')).toBe(false);
	expect(recall(second.context).registrations).toEqual({ 7: registration });
});

it('T7: keeps its key over a restart, and has one of its own per workflow', () => {
	const stored = { data: {} };
	const first = handlerOf(stored, 'key');
	const { key } = recall(first.context);
	release(first.context);
	first.save();
	expect(recall(handlerOf(stored, 'key').context).key).toBe(key);
	expect(recall(handlerOf({ data: {} }, 'other').context).key).not.toBe(key);
});

it('T11: a test run remembers apart from production', () => {
	const live = handlerOf({ data: {} }, 'both');
	isFirstDelivery(recall(live.context), 'e');
	const test = handlerOf({ data: {} }, 'both', 'manual');
	expect(isFirstDelivery(recall(test.context), 'e')).toBe(true);
});

it('drops the oldest of more than 1,000', () => {
	const memory = recall(handlerOf({ data: {} }, 'many').context);
	for (let index = 0; index < 1001; index++) isFirstDelivery(memory, `e${index}`);
	expect(memory.seen).toHaveLength(1000);
	expect(isFirstDelivery(memory, 'e1000')).toBe(false);
	expect(isFirstDelivery(memory, 'e0')).toBe(true);
});
