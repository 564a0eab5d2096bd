/** Cuts a result to what may be kept with an execution, no secrets and a few thousand characters, and tells what is missing. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { hasFiles, type OperationResult } from './operations';

const MAX_LENGTH = 4000;
/** Of a result, when there are many. */
export const SHORT = 200;
/** The longest field kept, tried in turn: a long text goes before an ID does. */
const LONGEST = [MAX_LENGTH, 200, 50, 0];

/**
 * The result as JSON. Files are left out, then the longest fields until the rest fits.
 * @returns `left`: the names of the fields left out
 */
export function whatFits(
	result: OperationResult,
	secrets: string[],
	most = MAX_LENGTH,
): { json: string; left: string[] } {
	const left = new Set<string>(hasFiles(result) ? ['binary'] : []);
	const whole = hasFiles(result) ? result.json : result;
	let json = '';
	for (const longest of LONGEST) {
		const cut = (record: IDataObject) =>
			Object.fromEntries(
				Object.entries(record).filter(([name, value]) => {
					const stays = !secrets.includes(name) && lengthOf(value) <= longest;
					if (!stays) left.add(name);
					return stays;
				}),
			);
		json = JSON.stringify(Array.isArray(whole) ? whole.map(cut) : cut(whole));
		if (json.length <= most) break;
	}
	return { json, left: [...left] };
}

const lengthOf = (value: unknown) => (JSON.stringify(value) ?? '').length;

/** The result of an earlier try, which says for itself what it lacks: a workflow can ask for it. */
export function withNote(result: OperationResult, notKept: string[]): IDataObject | IDataObject[] {
	const note = (record: IDataObject) => ({ ...record, notKept });
	if (Array.isArray(result)) return result.map(note);
	return note(hasFiles(result) ? result.json : result);
}

/** Says on the node which items lack something. */
export function tellNotKept(context: IExecuteFunctions, items: INodeExecutionData[]): void {
	const lists = items.flatMap(({ json }) => (Array.isArray(json.notKept) ? [json.notKept] : []));
	if (lists.length === 0) return;
	const names = [...new Set(lists.flat())].join(', ');
	context.addExecutionHints({
		message: `${lists.length} of these items were made by an earlier try. What is not kept between tries is missing: ${names}.`,
		type: 'warning',
		location: 'outputPane',
	});
}
