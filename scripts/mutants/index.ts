import { gate } from './gate';
import { http } from './http';
import { items } from './items';
import { trigger } from './trigger';
import { vendors } from './vendors';
import type { Mutant } from './mutant';

export const MUTANTS: Mutant[] = [...http, ...items, ...gate, ...trigger, ...vendors];
