import { exportedFunctions, functionsAt } from '../../scripts/mutants/exportedFunctions';

const TEXT = `
export interface Shape { area: number }
const LIMIT = 5;
const helper = (n: number) => n < LIMIT;
export const NAMES = ['a'];
export const isSmall = (n: number) => helper(n);
export async function first(n: number) { return isSmall(n) ? 1 : 2; }
export function* second() { yield 7; }
function unused() {}
`;
const at = (part: string) => functionsAt(TEXT, TEXT.indexOf(part));

it('takes functions for what is exported, not types or values', () => {
	expect(exportedFunctions(TEXT)).toEqual(['isSmall', 'first', 'second']);
});

it('finds whoever runs a line, also by way of what is not exported', () => {
	expect(at('yield 7')).toEqual(['second']);
	expect(at('5;')).toEqual(['isSmall', 'first']);
	expect(at('unused')).toEqual([]);
	expect(at("'a'")).toEqual([]);
});
