import { server as createServices } from '@hapi/hapi';

import { mountAffinitext, type Affinitext, type AffinitextOptions } from './affinitext';
import { mountAppmixer, type Appmixer, type AppmixerOptions } from './appmixer';
import { createClock, type Clock, type ClockMode } from './clock';
import { createFaults, type Fault, type FaultRule } from './faults';
import { mountInbox } from './inbox';
import { mountDashboard } from './inbox/dashboard';
import { createJournal, type Journal } from './journal';
import { mountMambu, type Mambu, type MambuOptions } from './mambu';
import { mountNutrient, type Nutrient, type NutrientOptions } from './nutrient';
import { mountOpentaps, type Opentaps, type OpentapsOptions } from './opentaps';
import { openService, type Service } from './service';
import { openWire } from './wire';

export interface SandboxOptions {
	/** Default 0: any free port. */
	port?: number;
	/** Default `127.0.0.1`: reachable from this machine only. */
	host?: string;
	/** Default `manual`: jobs run only in `clock.advance`. */
	clock?: ClockMode;
	affinitext?: Partial<AffinitextOptions>;
	appmixer?: Partial<AppmixerOptions>;
	mambu?: Partial<MambuOptions>;
	nutrient?: Partial<NutrientOptions>;
	opentaps?: Partial<OpentapsOptions>;
}

/** A running stand-in for the services. State lives in memory and ends with it. */
export interface Sandbox {
	/** Base URL without a trailing slash. The inbox is at `<url>/inbox`, what e-mailed links open at `<url>/dashboard`. */
	url: string;
	clock: Clock;
	/** Every request received, oldest first. */
	requests: Journal;
	/** Scripts a fault on the wire; it stays until used up or removed. */
	fault(rule: FaultRule): Fault;
	/** On an address of its own. */
	affinitext: Affinitext & Service;
	appmixer: Appmixer;
	/** On an address of its own. */
	mambu: Mambu & Service;
	/** On an address of its own. */
	nutrient: Nutrient & Service;
	/** On an address of its own. */
	opentaps: Opentaps & Service;
	/** Aborts the callbacks in flight, destroys every connection, stops the timer. May be called twice. */
	close(): Promise<void>;
}

/** Starts the sandbox; rejects when the port is taken. */
export async function start(options: SandboxOptions = {}): Promise<Sandbox> {
	const clock = createClock(options.clock);
	const journal = createJournal();
	const faults = createFaults();
	// Without `debug: false` hapi prints every deliberate 500.
	const services = createServices({ debug: false });
	const appmixer = mountAppmixer(services, clock, options.appmixer ?? {});
	mountInbox(services, appmixer);
	mountDashboard(services, appmixer);
	await services.initialize();

	const { host = '127.0.0.1', port = 0 } = options;
	const wire = await openWire({ services, journal, faults, clock, host, port }).catch(
		async (error: unknown) => {
			clock.stop();
			await services.stop();
			throw error;
		},
	);
	const affinitext = await openService(mountAffinitext(options.affinitext), clock, host);
	const nutrient = await openService(mountNutrient(options.nutrient), clock, host);
	const mambu = await openService(mountMambu(options.mambu), clock, host);
	const opentaps = await openService(mountOpentaps(options.opentaps), clock, host);
	let closed: Promise<void> | undefined;

	return {
		url: wire.url,
		clock,
		requests: journal,
		fault: (rule) => faults.add(rule),
		affinitext,
		appmixer: appmixer.api,
		mambu,
		nutrient,
		opentaps,
		close() {
			closed ??= (async () => {
				clock.stop();
				appmixer.abortDeliveries();
				await wire.close();
				await affinitext.close();
				await mambu.close();
				await nutrient.close();
				await opentaps.close();
				await appmixer.api.callbacksIdle();
				await services.stop();
			})();
			return closed;
		},
	};
}

export { ANN, TAU, VIC, type AffinitextOptions, type AffinitextTask } from './affinitext';
export type { Appmixer, AppmixerOptions, AppmixerUser, Delivery, Flavour } from './appmixer';
export type { Task, Webhook } from './appmixer/store';
export { ADA, BOB, CAROL } from './appmixer/options';
export type { Nutrient, NutrientOptions } from './nutrient';
export type { Clock, ClockMode } from './clock';
export type { Fault, FaultRule } from './faults';
export type { Journal, RecordedRequest } from './journal';
export { LINK_TYPES, MAX, VERA, type MambuOptions, type MambuTask } from './mambu';
export { IDA, LEO, UMA, type Activity, type OpentapsOptions } from './opentaps';
