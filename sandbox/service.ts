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

/** A stand-in that listens. */
export interface OpenService<Api> extends Service {
	/** What tests can see of it and do to it. */
	api(): Api & Service;
	/** Undefined as long as nobody has asked it or for it. */
	used(): Api | undefined;
}

/**
 * Starts one vendor's stand-in on `host`. Its routes are made when it is first asked: hapi checks each of them, and a
 * test that speaks to one vendor would wait longer for the routes of all than for its own answers.
 */
export async function openService<Api extends object>(
	mount: Mount<Api>,
	clock: Clock,
	host: string,
	port = 0,
): Promise<OpenService<Api>> {
	const requests = createJournal();
	const faults = createFaults();
	let mounted: { api: Api; ready: Promise<Server> } | undefined;
	function mountOnce() {
		if (!mounted) {
			// Without `debug: false` hapi prints every deliberate 500.
			const services = createServer({ debug: false });
			const api = mount(services, clock);
			mounted = { api, ready: services.initialize().then(() => services) };
		}
		return mounted;
	}
	const services = async () => await mountOnce().ready;
	const wire = await openWire({ services, journal: requests, faults, clock, host, port });
	const service: Service = {
		url: wire.url,
		requests,
		fault: (rule) => faults.add(rule),
		async close() {
			await wire.close();
			await (await mounted?.ready)?.stop();
		},
	};
	return {
		...service,
		api: () => Object.assign(mountOnce().api, service),
		used: () => mounted?.api,
	};
}
