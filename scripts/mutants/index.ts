import { done } from './done';
import { gate } from './gate';
import { http } from './http';
import { items } from './items';
import { login } from './login';
import type { Mutant } from './mutant';
import { polls } from './polls';
import { trigger } from './trigger';
import { vendors } from './vendors';

export const MUTANTS: Mutant[] = [http, login, items, done, gate, trigger, polls, vendors].flat();
