import type { Clock } from '../clock';
import type { MambuOptions } from './options';
import type { Store } from './store';

/** What the routes are made of. */
export interface MambuParts {
	store: Store;
	options: MambuOptions;
	clock: Clock;
}
