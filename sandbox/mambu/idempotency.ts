import { createHash } from 'node:crypto';

import type { MambuParts } from './parts';
import { refusal } from './refuse';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

interface Performed {
	request: string;
	answer: object;
	at: number;
}

/** Performs a create, or repeats the answer of the one with the same key. */
export type Once = (
	key: string | undefined,
	caller: string,
	payload: unknown,
	perform: () => object,
) => object;

/**
 * `Idempotency-Key` on POST: a UUID, valid for exactly the same request (github.com/Backbase/stream-mambu,
 * clients_v2_swagger.json). The documented 102, "still being processed", is an informational status and never final;
 * this stand-in performs a create at once and has no use for it.
 * Assumption: a create that was refused leaves nothing behind under its key.
 */
export function createIdempotency({ clock, options }: MambuParts): Once {
	const performed = new Map<string, Performed>();
	return (key, caller, payload, perform) => {
		if (key === undefined) return perform();
		if (!UUID.test(key)) throw refusal(400, 'INVALID_PARAMETERS', 'Idempotency-Key');
		const request = createHash('sha256')
			.update(JSON.stringify([caller, payload]))
			.digest('hex');
		const known = performed.get(key);
		const alive = known && clock.now() - known.at < options.idempotencyLifetimeSeconds * 1000;
		if (known && alive) {
			if (known.request !== request && options.idempotencyMismatch === 'refused') {
				throw refusal(400, 'INVALID_PARAMETERS', 'Idempotency-Key');
			}
			return known.answer;
		}
		const answer = perform();
		performed.set(key, { request, answer, at: clock.now() });
		return answer;
	};
}
