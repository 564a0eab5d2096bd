import type { Clock } from '../clock';
import type { NutrientOptions } from './options';
import type { RestCalls } from './restCalls';
import type { Store } from './store';
import type { Workflow } from './workflow';

/** What the routes are made of. */
export interface NutrientParts {
	store: Store;
	options: NutrientOptions;
	clock: Clock;
	workflow: Workflow;
	calls: RestCalls;
}
