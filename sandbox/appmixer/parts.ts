import type { Clock } from '../clock';
import type { Decide } from './decide';
import type { AppmixerOptions } from './options';
import type { ListQuery } from './selectTasks';
import type { Store } from './store';

/** What a test may hang into the server. */
export interface Hooks {
	/** Called before each list is read, e.g. to insert tasks between two pages. */
	beforeList?: (query: ListQuery) => void | Promise<void>;
}

/** What the routes are made of. */
export interface AppmixerParts {
	store: Store;
	options: AppmixerOptions;
	clock: Clock;
	decide: Decide;
	hooks: Hooks;
}
