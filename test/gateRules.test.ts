import { filesIn, textOf } from './packageSources';

const numbered = (letter: string, last: number) =>
	Array.from({ length: last }, (_, index) => `${letter}${index + 1}`);

/**
 * What a running n8n and the services' own code taught about approval gates: W for waiting, T for the webhook
 * trigger, E for everywhere.
 */
const RULES = [...numbered('W', 21), ...numbered('T', 14), ...numbered('E', 11)];

const titles = filesIn('test', /\.test\.ts$/)
	.filter((file) => !file.endsWith('gateRules.test.ts'))
	.flatMap((file) => [...textOf(file).matchAll(/['"`]((?:[WTE]\d+(?:, | and )?)+): /g)])
	.flatMap(([, rules]) => rules.split(/, | and /));

it.each(RULES)('%s has a test whose title begins with it', (rule) => {
	expect(titles).toContain(rule);
});
