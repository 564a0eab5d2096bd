import { breaking } from './mutant';

/** What is done once in a run. */
export const done = [
	...breaking(
		'shared/items/onceInRun',
		['shared/items/onceInRun'],
		[
			['if (!execution) return null;', ''],
			[', context.getWorkflowDataProxy(0).$runIndex]', ']'],
			['context.getNode().id, ', ''],
			['if (done.has(what)) return done.get(what) as T;', ''],
			['const MAX_RUNS = 500;', 'const MAX_RUNS = 5000;'],
			['if (key !== null) runs.delete(key);', ''],
		],
	),
	...breaking(
		'shared/items/askOnce',
		['shared/items/onceInRun'],
		[
			['[context.getWorkflowDataProxy(0).$runIndex, asked]', '[asked]'],
			['if (memory.asked?.question === question) return', 'if (memory.asked) return'],
			['withoutSecrets(task) };', 'task };'],
			["delete (context.getContext('node') as { asked?: Asked }).asked;", ''],
		],
	),
];
