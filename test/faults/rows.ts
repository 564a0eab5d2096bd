import { faultsOf, type Account, type Allowed } from '../../scripts/faults/account';
import { recordRow } from '../../scripts/faults/countsTable';
import { size } from './size';

export interface Measured {
	account: Account;
	notes?: Record<string, unknown>;
	/** What else is not right, one sentence each. */
	faults?: string[];
}

const TIMEOUT_MS = size(10, 60) * 60_000;

/**
 * A row of the table, and a test: nothing lost, opened or wrong, and nothing else that is not `allowed`.
 * @param allowed what n8n itself does, each said in CONTRIBUTING.md
 */
export function row(name: string, allowed: Allowed, measure: () => Promise<Measured>): void {
	it(
		name,
		async () => {
			const began = Date.now();
			const {
				account,
				notes,
				faults = [],
			} = await measure().catch((error: Error) => {
				recordRow({ row: name, notes: { error: error.message.slice(0, 300) } });
				throw error;
			});
			const seconds = Math.round((Date.now() - began) / 1000);
			recordRow({ row: name, counts: account, notes: { ...notes, seconds } });
			expect([...faultsOf(account, allowed), ...faults]).toEqual([]);
		},
		TIMEOUT_MS,
	);
}
