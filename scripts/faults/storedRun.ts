/** Reads an execution as n8n stores it. */
import { parse } from 'flatted';
import type { INodeExecutionData, IRunExecutionData } from 'n8n-workflow';

/** `data` is what n8n's engine keeps, as `flatted` text; `null` when there is none. */
export interface StoredRun {
	id: string;
	status: string;
	data: string | null;
}

const read = ({ data }: Pick<StoredRun, 'data'>) =>
	parse(data ?? '[{}]') as Partial<IRunExecutionData>;

/** Of a node that had ended when n8n was killed n8n knows that, and no more: it shows an item of its own making. */
const isMadeUp = ({ json }: INodeExecutionData) => json.isArtificialRecoveredEventItem === true;

/** The items it began with, wherever n8n keeps them: as what ran first, or as what was to be run. */
export function itemsOf(run: Pick<StoredRun, 'data'>): INodeExecutionData[] {
	const { resultData, executionData } = read(run);
	const ran = Object.values(resultData?.runData ?? {})[0]?.[0]?.data?.main;
	const begun = executionData?.nodeExecutionStack?.[0]?.data?.main;
	for (const outputs of [ran, begun]) {
		const items = (outputs ?? []).flatMap((output) => output ?? []);
		if (items.length > 0 && !items.some(isMadeUp)) return items;
	}
	return [];
}

/** What a run shows of its nodes when it is opened: each by its name, `!` behind those that are shown as failed. */
export function shownNodes(run: Pick<StoredRun, 'data'>): string[] {
	return Object.entries(read(run).resultData?.runData ?? {}).map(
		([name, times]) => `${name}${times.some(({ error }) => error) ? '!' : ''}`,
	);
}

/** Why it failed. */
export const failureOf = (run: Pick<StoredRun, 'data'>): string | undefined =>
	read(run).resultData?.error?.message;
