import type { Clock } from '../clock';
import type { OpentapsOptions } from './options';
import type { Store } from './store';

/** What the routes are made of. */
export interface OpentapsParts {
	store: Store;
	options: OpentapsOptions;
	clock: Clock;
}
