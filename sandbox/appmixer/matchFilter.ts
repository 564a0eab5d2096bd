import type { Flavour } from './options';
import type { Task } from './store';

type Test = (value: string, operand: string) => boolean;

// Longest first: `$in` also begins with the operator `$`.
// Assumption: the operators are those the vendor documents for flows ("Flows Metadata & Filtering"), built by the
// same closed-source generic query builder; what `^ $ ~` mean and that `$in` takes a list with `|` is a guess.
const OPERATORS: Array<[string, Test]> = [
	['$in', (value, operand) => operand.split('|').includes(value)],
	['!', (value, operand) => value !== operand],
	['^', (value, operand) => value.startsWith(operand)],
	['$', (value, operand) => value.endsWith(operand)],
	['~', (value, operand) => value.includes(operand)],
	['>', (value, operand) => value > operand],
	['<', (value, operand) => value < operand],
	['', (value, operand) => value === operand],
];

/** The name a field has in the store. */
export function storedField(name: string, flavour: Flavour): string {
	return flavour === 'legacy' && name === 'id' ? 'taskId' : name;
}

/** A field of a task by a name that came over the wire; undefined when there is none. */
export function fieldOf(task: Task, name: string): unknown {
	return Object.hasOwn(task, name) ? Reflect.get(task, name) : undefined;
}

/**
 * Compiles `field:value,field:!value`: every part must hold. A value cannot contain `,` or `:`.
 *
 * Assumption: a date never equals and never compares with the text of a filter, and a part without `:` matches nothing.
 */
export function compileFilter(filter: string, flavour: Flavour): (task: Task) => boolean {
	const parts = filter.split(',').map((part) => {
		const [name, expression = ''] = part.split(':');
		const [symbol, test] =
			OPERATORS.find(([prefix]) => expression.startsWith(prefix)) ?? OPERATORS[7];
		return {
			name: storedField(name, flavour),
			symbol,
			test,
			operand: expression.slice(symbol.length),
		};
	});
	return (task) =>
		parts.every(({ name, symbol, test, operand }) => {
			const value = fieldOf(task, name);
			return typeof value === 'string' ? test(value, operand) : symbol === '!';
		});
}
