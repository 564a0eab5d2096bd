import { mountAffinitext, type Affinitext, type AffinitextOptions } from './affinitext';
import { mountAppmixer, type Appmixer, type AppmixerOptions } from './appmixer';
import { createClock, type Clock, type ClockMode } from './clock';
import type { Fault, FaultRule } from './faults';
import { mountInbox } from './inbox';
import { mountDashboard } from './inbox/dashboard';
import type { Journal } from './journal';
import { mountMambu, type Mambu, type MambuOptions } from './mambu';
import { mountNutrient, type Nutrient, type NutrientOptions } from './nutrient';
import { mountOpentaps, type Opentaps, type OpentapsOptions } from './opentaps';
import { openService, type Service } from './service';

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
	const { host = '127.0.0.1', port = 0 } = options;
	const appmixer = await openService(
		(services) => {
			const mounted = mountAppmixer(services, clock, options.appmixer ?? {});
			mountInbox(services, mounted);
			mountDashboard(services, mounted);
			return mounted;
		},
		clock,
		host,
		port,
	).catch((error: unknown) => {
		clock.stop();
		throw error;
	});
	const affinitext = await openService(mountAffinitext(options.affinitext), clock, host);
	const nutrient = await openService(mountNutrient(options.nutrient), clock, host);
	const mambu = await openService(mountMambu(options.mambu), clock, host);
	const opentaps = await openService(mountOpentaps(options.opentaps), clock, host);
	let closed: Promise<void> | undefined;

	return {
		url: appmixer.url,
		clock,
		requests: appmixer.requests,
		fault: appmixer.fault,
		get affinitext() {
			return affinitext.api();
		},
		get appmixer() {
			return appmixer.api().api;
		},
		get mambu() {
			return mambu.api();
		},
		get nutrient() {
			return nutrient.api();
		},
		get opentaps() {
			return opentaps.api();
		},
		close() {
			closed ??= (async () => {
				clock.stop();
				const deliveries = appmixer.used();
				deliveries?.abortDeliveries();
				await appmixer.close();
				await affinitext.close();
				await mambu.close();
				await nutrient.close();
				await opentaps.close();
				await deliveries?.api.callbacksIdle();
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
