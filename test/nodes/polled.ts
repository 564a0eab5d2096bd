import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { FaultRule, Sandbox } from '../../sandbox';
import { POLLED, type PolledVendor } from '../faults/polledVendors';
import { engine, type Polling } from '../engine';
import { VENDORS } from './eachVendor';

type Opened = ReturnType<PolledVendor['open']>;

/** A polling trigger and what it polls, for what holds in all of them. */
export interface Polled extends Opened {
	sandbox: Sandbox;
	/** @param stored what n8n kept of another */
	trigger(parameters?: INodeParameters, stored?: IDataObject): Promise<Polling>;
	/** Of every request to the service, unless it names a path. */
	fault(rule: Partial<FaultRule>): { remove(): void };
	/** IDs of what one tick gives; `null` when it is silent. */
	ids(polling: Polling): Promise<unknown[] | null>;
}

/** Each vendor's trigger at a sandbox of its own, which lives as long as a test. */
export function usePolled() {
	const used = {} as { sandbox: Sandbox };
	beforeEach(async () => {
		used.sandbox = await engine.startSandbox();
		engine.logged();
	});
	afterEach(async () => await used.sandbox.close());

	return function open(vendor: PolledVendor): Polled {
		const opened = vendor.open(used.sandbox);
		const { service } = VENDORS.find(({ trigger }) => trigger === vendor.node)!;
		return {
			...opened,
			sandbox: used.sandbox,
			trigger: async (parameters = {}, stored) =>
				await engine.openPolling({
					type: vendor.node,
					credential: opened.credential as Record<string, string>,
					parameters: { ...opened.parameters, ...parameters },
					staticData: stored && (JSON.parse(JSON.stringify(stored)) as IDataObject),
				}),
			fault: (rule) => service(used.sandbox).fault({ path: /./, ...rule }),
			ids: async (polling) => (await polling.poll())?.map(({ id }) => id) ?? null,
		};
	};
}

export { POLLED };
