import { server as createServer, type Server } from '@hapi/hapi';

import type { Clock } from './clock';
import { createFaults, type Fault, type FaultRule } from './faults';
import { createJournal, type Journal } from './journal';
import { openWire } from './wire';

/** A stand-in on an address of its own. */
export interface Service {
	/** Without a trailing slash. */
	url: string;
	/** Every request received, oldest first. */
	requests: Journal;
	/** Scripts a fault on the wire; it stays until used up or removed. */
	fault(rule: FaultRule): Fault;
	close(): Promise<void>;
}

/** Adds a vendor's routes to the server; gives what tests can see of it and do to it, past the wire. */
export type Mount<Api> = (server: Server, clock: Clock) => Api;

/** Starts one vendor's stand-in on a free port of `host`. */
export async function openService<Api extends object>(
	mount: Mount<Api>,
	clock: Clock,
	host: string,
): Promise<Api & Service> {
	const requests = createJournal();
	const faults = createFaults();
	// Without `debug: false` hapi prints every deliberate 500.
	const services = createServer({ debug: false });
	const api = mount(services, clock);
	await services.initialize();
	const wire = await openWire({ services, journal: requests, faults, clock, host, port: 0 });
	return Object.assign(api, {
		url: wire.url,
		requests,
		fault: (rule: FaultRule) => faults.add(rule),
		async close() {
			await wire.close();
			await services.stop();
		},
	});
}
