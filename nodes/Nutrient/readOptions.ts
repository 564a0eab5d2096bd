/**
 * Reads which options were chosen, at the least cost: the rows of the requests are there, other places are asked only
 * for what has ended and is not told by them, first where something was told before.
 */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isPassing } from '../shared/http/nodeErrors';
import { forEachParallel } from '../shared/items/parallel';
import type { ApprovalCopy } from './approvalCopies';
import { chosenOption, toldOptions, type DecisionSources } from './readDecision';
import { readDetail, readOwnAnswer } from './readRequest';

const AT_ONCE = 5;

/** Where decisions are told, as far as a wait has found out. */
export type Place = 'rows' | 'approval' | 'request';

/** A copy, with what its request is known to say. */
export interface Asking {
	copy: ApprovalCopy;
	request: string;
	rows: IDataObject[];
	/** The request itself, where it was read already. */
	detail?: IDataObject;
}

export interface Answered {
	/** The label; `null` while nothing, or not one thing, is told. */
	option: string | null;
	sources: DecisionSources;
	/** Whether a place could not be asked now. */
	isUnread: boolean;
}

/**
 * What is told of each, in their order.
 * @param place where something was told before
 */
export async function readOptions(
	context: IExecuteFunctions,
	asking: Asking[],
	place: Place = 'rows',
	path?: string,
): Promise<{ place: Place; answered: Answered[] }> {
	const details = new Map<string, Promise<IDataObject | null>>();
	const detailOf = async ({ request, detail }: Asking) => {
		if (detail) return detail;
		const known = details.get(request) ?? readDetail(context, request);
		details.set(request, known);
		return await known;
	};
	const more: Record<'approval' | 'request', (one: Asking) => Promise<Partial<DecisionSources>>> = {
		approval: async ({ copy }) => ({ approval: await readOwnAnswer(context, copy.id) }),
		request: async (one) => ({ request: await detailOf(one) }),
	};
	const order = place === 'request' ? (['request'] as const) : (['approval', 'request'] as const);
	const answered = asking.map(({ copy, rows, detail }): Answered => {
		const sources = { rows, ...(detail && { request: detail }) };
		return { option: chosenOption(copy.id, sources, path), sources, isUnread: false };
	});
	const failure = await forEachParallel(asking, AT_ONCE, async (one, index) => {
		const { copy } = one;
		const answer = answered[index];
		for (const next of order) {
			if (copy.state !== 'done' || toldOptions(copy.id, answer.sources, path).length > 0) return;
			const later = async (error: unknown) =>
				isPassing(error) ? null : await Promise.reject(error as Error);
			const found = await more[next](one).catch(later);
			answer.isUnread = found === null;
			if (found === null) return;
			Object.assign(answer.sources, found);
			answer.option = chosenOption(copy.id, answer.sources, path);
			if (answer.option !== null) place = next;
		}
	});
	return failure ? await Promise.reject(failure) : { place, answered };
}
