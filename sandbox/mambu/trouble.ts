import type { Server } from '@hapi/hapi';

import type { MambuOptions } from './options';
import { refusal } from './refuse';

/**
 * States of a tenant in which calls are refused, by their names in MambuApiResponseCode (github.com/mambu-gmbh/Mambu-APIs-Java).
 * Assumption: their statuses, and that only changes are refused where the name says so.
 */
export type Trouble =
	| 'FEATURE_DISABLED'
	| 'EXCESSIVE_INVALID_REQUESTS'
	| 'READ_ONLY_MODE'
	| 'BLOCKING_OPERATION_IN_PROGRESS';

const STATUS: Record<Trouble, number> = {
	FEATURE_DISABLED: 403,
	EXCESSIVE_INVALID_REQUESTS: 403,
	READ_ONLY_MODE: 403,
	BLOCKING_OPERATION_IN_PROGRESS: 409,
};
const CHANGES_ONLY: Trouble[] = ['READ_ONLY_MODE', 'BLOCKING_OPERATION_IN_PROGRESS'];

export function refuseInTrouble(server: Server, options: MambuOptions): void {
	server.ext('onPostAuth', (request, h) => {
		const { trouble } = options;
		if (trouble === undefined) return h.continue;
		if (request.method === 'get' && CHANGES_ONLY.includes(trouble)) return h.continue;
		throw refusal(STATUS[trouble], trouble);
	});
}
