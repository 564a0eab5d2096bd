/** What leaves a wait: one item for each group, by the output of its outcome. */
import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { editedParts } from './edited';
import type { Outcome } from './parking';
import type { WaitGroup, WaitedTask } from './waitState';

/** The outputs of a wait in their order, for services that know decisions and for those that know only what is done. */
export const WAIT_OUTPUTS = {
	decisions: ['Check Again', 'Approved', 'Rejected', 'No Decision'],
	done: ['Check Again', 'Done', 'No Decision'],
};

const OUTPUT_OF: Partial<Record<Outcome, string>> = {
	approved: 'Approved',
	rejected: 'Rejected',
	done: 'Done',
};

/** Puts items on their outputs; Check Again stays empty. */
export function onOutputs(
	decides: boolean,
	items: Array<{ outcome: Outcome; item: INodeExecutionData }>,
): INodeExecutionData[][] {
	const names = decides ? WAIT_OUTPUTS.decisions : WAIT_OUTPUTS.done;
	const last = names.length - 1;
	const outputs: INodeExecutionData[][] = names.map(() => []);
	for (const { outcome, item } of items) {
		const place = names.indexOf(OUTPUT_OF[outcome] ?? '');
		outputs[place > 0 ? place : last].push(item);
	}
	return outputs;
}

/**
 * The item of a group. With one task it has what Request Approval and Wait gives: the Task record with the outcome.
 * @param by who answered, where that is known; of a group of one
 */
export function groupItem(
	group: WaitGroup & { outcome: Outcome },
	all: WaitedTask[],
	{ decides, by }: { decides: boolean; by: IDataObject | null },
	binary: IBinaryKeyData | undefined,
): INodeExecutionData {
	const tasks = group.tasks.map((place) => all[place]);
	const { outcome } = group;
	const told = { approved: outcome === 'approved', outcome };
	const [only] = tasks;
	const record = tasks.length === 1 && {
		decidedBy: by,
		...(only.last ?? only.asked),
		...unreadOf(only),
		...textsOf(only),
	};
	const question = !group.isAlone && {
		group: group.name,
		rule: { needed: group.rule.needed, veto: group.rule.veto },
		votes: tasks.map((task) => voteJson(task, decides)),
	};
	const json = { ...told, ...record, ...question };
	const paired = tasks.map(({ item }) => ({ item }));
	return {
		json: json as unknown as IDataObject,
		...(binary && { binary }),
		pairedItem: paired.length === 1 ? paired[0] : paired,
	};
}

/** What one of several people has said. @param decides whether the service knows decisions */
export function voteJson(task: WaitedTask, decides: boolean): IDataObject {
	const { asked, last, lost } = task;
	const { email, name, id } = last?.assignee ?? { email: null, name: null, id: null };
	return {
		task: last?.id ?? asked.id,
		title: last?.title ?? null,
		approver: email ?? name ?? id,
		decision: last?.decision ?? null,
		decidedAt: last?.decidedAt ?? null,
		...(!decides && { state: last?.state ?? null }),
		...(lost && { lost }),
		...unreadOf(task),
		...textsOf(task),
	};
}

/** In how many looks on end it could not be read, where it could not at the last. */
const unreadOf = ({ unread }: WaitedTask): IDataObject => (unread ? { unread } : {});

/** What was asked and what was found, where the two differ. */
export function textsOf({ question, found }: WaitedTask): IDataObject {
	if (!question || !found) return {};
	const edited = editedParts(question, found);
	return { edited, asked: { ...question }, found: { ...found } };
}
