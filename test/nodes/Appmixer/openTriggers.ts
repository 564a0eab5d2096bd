import type { IDataObject } from 'n8n-workflow';

import { engine, type Trigger } from '../../engine';
import type { Sandboxed } from './sandboxed';

type TriggerSketch = Parameters<typeof engine.openTrigger>[0];

/** Opens triggers that want every event, and closes them after each test, in which none may have thrown. */
export function useTriggers(used: Sandboxed) {
	const opened: Trigger[] = [];
	afterEach(async () => {
		engine.clockAhead(0);
		for (const trigger of opened) expect(trigger.server.thrown).toEqual([]);
		await Promise.all(opened.splice(0).map(async (trigger) => await trigger.close()));
	});
	return async (parameters: IDataObject = {}, more: Partial<TriggerSketch> = {}) => {
		const events = ['approved', 'due', 'rejected'];
		const trigger = await engine.openTrigger({
			parameters: { events, ...parameters } as TriggerSketch['parameters'] & object,
			credential: used.ada,
			...more,
		});
		opened.push(trigger);
		return trigger;
	};
}
