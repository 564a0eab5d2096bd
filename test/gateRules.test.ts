import { filesIn, textOf } from './packageSources';

const numbered = (letter: string, last: number, without: number[] = []) =>
	Array.from({ length: last }, (_, index) => index + 1)
		.filter((number) => !without.includes(number))
		.map((number) => `${letter}${number}`);

/**
 * What a running n8n and the services' own code taught about approval gates: W for waiting, T for the webhook
 * trigger, E for everywhere. E5 is about a service that has no node yet.
 */
const RULES = [...numbered('W', 21), ...numbered('T', 14), ...numbered('E', 11, [5])];

const titles = filesIn('test', /\.test\.ts$/)
	.filter((file) => !file.endsWith('gateRules.test.ts'))
	.flatMap((file) => [...textOf(file).matchAll(/['"`]((?:[WTE]\d+(?:, | and )?)+): /g)])
	.flatMap(([, rules]) => rules.split(/, | and /));

it.each(RULES)('%s has a test whose title begins with it', (rule) => {
	expect(titles).toContain(rule);
});
