import { doneInRun } from './doneInRun';
import { gate } from './gate';
import { http } from './http';
import { items } from './items';
import { login } from './login';
import type { Mutant } from './mutant';
import { polls } from './polls';
import { trigger } from './trigger';
import { vendors } from './vendors';
import { waits } from './waits';
import { wireDates } from './wireDates';

export const MUTANTS: Mutant[] = [
	http,
	login,
	items,
	doneInRun,
	gate,
	waits,
	trigger,
	polls,
	wireDates,
	vendors,
].flat();
