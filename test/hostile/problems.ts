import { openHostile, type Answer } from './hostileServer';
import type { Outcome, WayIn } from './waysIn';

const SERVICE = /Appmixer|Affinitext|Mambu|Nutrient|opentaps|CRM2/;
/** What only a programmer, or nobody, understands. */
const NO_SENTENCE =
	/undefined|\[object|cannot read prop|call stack|is not a function|is not iterable|ERR_|HPE_|unexpected (token|end)|invalid (string|time|date)|\bat .+:\d+:\d+/i;
const CODE = /\bE[A-Z]{5,}\b/;
const LONGEST = { message: 300, description: 1500 };

/** What is wrong with how something failed; nothing when it is told well. */
export function problemOf({ error }: Outcome): string | null {
	if (error === null) return 'it succeeded';
	const { name, message, description } = error;
	const text = `${message}\n${description}`;
	if (!/^(NodeApiError|NodeOperationError|test|log|hint)$/.test(name))
		return `it is a ${name}: ${message}`;
	if (NO_SENTENCE.test(text) || CODE.test(text)) return `no sentence: ${text.slice(0, 400)}`;
	if (!['test', 'log'].includes(name) && !SERVICE.test(text))
		return `no service: ${text.slice(0, 400)}`;
	if (message.length > (name === 'log' ? 1000 : LONGEST.message))
		return `a message of ${message.length}`;
	if (!description) return `no description: ${message}`;
	if (description.length > LONGEST.description) return `a description of ${description.length}`;
	if (name === 'NodeApiError' && !/could not|may have been done/.test(message)) {
		return `no action: ${message}`;
	}
	return null;
}

/** The outcome of a way in to a server like that. */
export async function actAt(
	way: WayIn,
	answer: Answer,
	{ behind, skip = way.logsIn }: { behind: string; skip?: number },
): Promise<Outcome & { answered: number; ms: number }> {
	const server = await openHostile(answer, { behind, skip });
	const began = performance.now();
	try {
		const outcome = await way.act(server.url);
		return { ...outcome, answered: server.answered(), ms: performance.now() - began };
	} finally {
		await server.close();
	}
}

/** Does each, so many at a time. */
export async function inParallel<T, R>(all: T[], at: number, act: (one: T) => Promise<R>) {
	const results: R[] = [];
	let next = 0;
	const work = async () => {
		while (next < all.length) {
			const index = next++;
			results[index] = await act(all[index]);
		}
	};
	await Promise.all(Array.from({ length: at }, work));
	return results;
}
